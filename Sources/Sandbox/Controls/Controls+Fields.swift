import Synchronization

/// `/sandbox/crm/{name}/fields/{field}`: what an administrator of a CRM does with a field of its contacts.
extension Controls {
    private enum Act {
        case take, retype(String), putBack
    }

    /// DELETE takes the field away, with its values out of sight; PATCH `{"type": …}` makes it one of another kind, in the
    /// vendor's word; POST undoes either.
    /// - Parameter call: its path begins with the CRM's name.
    func field(_ call: Call) throws(ControlError) -> Answer {
        guard call.segments.count == 3, let crm = call.segments.first else {
            throw ControlError("Name the field: /sandbox/crm/{name}/fields/{field}.", status: 404)
        }
        let name = call.segments[2]
        guard try carryOut(Self.act(call), on: name, of: crm) else {
            throw ControlError("There is no such field, or it is as it was.", status: 404)
        }
        return .noContent
    }

    private static func act(_ call: Call) throws(ControlError) -> Act {
        switch call.method {
        case .delete: return .take
        case .post: return .putBack
        case .patch:
            guard let kind = try body(call)["type"]?.text else { throw ControlError("'type' is the field's new kind.") }
            return .retype(kind)
        default: throw ControlError("DELETE, PATCH or POST of a field.", status: 405)
        }
    }

    private func carryOut(_ act: Act, on name: String, of crm: String) throws(ControlError) -> Bool {
        switch crm {
        case "hubspot": return try hubSpotField(act, name)
        case "salesforce": return try salesforceField(act, name)
        case "zoho": return try zohoField(act, name)
        case "odoo": return try odooField(act, name)
        default: throw ControlError("CRMs with fields are hubspot, salesforce, zoho and odoo.", status: 404)
        }
    }

    private static func kind<Kind: RawRepresentable>(_ text: String) throws(ControlError) -> Kind
    where Kind.RawValue == String {
        guard let kind = Kind(rawValue: text) else {
            throw ControlError("'\(text.prefix(40))' is no kind of field of this CRM.")
        }
        return kind
    }

    private func hubSpotField(_ act: Act, _ name: String) throws(ControlError) -> Bool {
        let contacts = ObjectType.contacts.rawValue
        switch act {
        case .take: return world.hubSpot.state.withLock { $0.books[contacts].take(name) }
        case .putBack: return world.hubSpot.state.withLock { $0.books[contacts].putBack(name) }
        case .retype(let text):
            let kind: PropertyDefinition.Kind = try Self.kind(text)
            return world.hubSpot.state.withLock { $0.books[contacts].retype(name, kind) }
        }
    }

    private func zohoField(_ act: Act, _ name: String) throws(ControlError) -> Bool {
        let contacts = ZohoModule.contacts.rawValue
        switch act {
        case .take: return world.zoho.state.withLock { $0.books[contacts].take(name) }
        case .putBack: return world.zoho.state.withLock { $0.books[contacts].putBack(name) }
        case .retype(let text):
            let kind: ZohoField.Kind = try Self.kind(text)
            return world.zoho.state.withLock { $0.books[contacts].retype(name, kind) }
        }
    }

    private func salesforceField(_ act: Act, _ name: String) throws(ControlError) -> Bool {
        switch act {
        case .take: return changeContact { $0.take(name) }
        case .putBack: return changeContact { $0.putBack(name) }
        case .retype(let text):
            let kind: SObjectField.Kind = try Self.kind(text)
            return changeContact { $0.retype(name, kind) }
        }
    }

    private func changeContact(_ work: @Sendable (inout SObjectSchema) -> Bool) -> Bool {
        world.salesforce.state.withLock { state in
            guard let object = state.number(of: "Contact") else { return false }
            return state.changeSchema(of: object, work)
        }
    }

    private func odooField(_ act: Act, _ name: String) throws(ControlError) -> Bool {
        switch act {
        case .take: return changePartner { $0.take(name) }
        case .putBack: return changePartner { $0.putBack(name) }
        case .retype(let text):
            let kind: OdooField.Kind = try Self.kind(text)
            return changePartner { $0.retype(name, kind) }
        }
    }

    private func changePartner(_ work: @Sendable (inout OdooFieldBook) -> Bool) -> Bool {
        world.odoo.state.withLock { state in
            guard let table = state.tables["res.partner"] else { return false }
            return work(&table.book)
        }
    }
}
