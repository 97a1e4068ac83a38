package import Domain

/// Makes the fields of contacts by the Tooling API, where our user may customise the org. A field that was made so is seen by
/// nobody: a permission set shows it to our user. The object for messages cannot be made so: its package is deployed by people.
/// Source: Salesforce, Tooling API, "CustomField"; Object Reference, "FieldPermissions" and "PermissionSet".
extension SalesforceConnector {
    private static let permissionSet = "Puente_Fields"

    package var ownFields: Set<String> { Set(SalesforceField.allCases.map(\.name)) }

    package func prepare() async throws(CallFailure) -> [String] {
        let missing = try await api.schema(isFresh: true).missing
        guard !missing.isEmpty else { return [] }
        var made: [SalesforceField] = []
        var refusal: CallFailure?
        for field in missing where refusal == nil {
            do throws(CallFailure) {
                try await make(field)
                made.append(field)
            } catch {
                refusal = error
            }
        }
        do throws(CallFailure) {
            // Where an edition has room for so many fields only, those that were made are shown.
            if !made.isEmpty { try await show(made) }
            if let refusal { throw refusal }
        } catch {
            try await settle(error)
        }
        let rest = try await api.schema(isFresh: true).missing
        return missing.filter { !rest.contains($0) }.map(\.name)
    }

    /// Only the upsert key is needed for certain: without the others less is written, and the check says so.
    private func settle(_ failure: CallFailure) async throws(CallFailure) {
        guard failure.kind == .permanent || failure.kind == .accountWide else { throw failure }
        let schema = try await api.schema(isFresh: true)
        guard !schema.hasContactKey else { return }
        throw SalesforceAdvice.administratorNeeded(schema.missing.map { "Contact.\($0.name)" }, failure)
    }

    private func make(_ field: SalesforceField) async throws(CallFailure) {
        do throws(CallFailure) {
            let _: SalesforceResult = try await api.send(
                "POST", "/tooling/sobjects/CustomField", field.definition, effect: .repeatable)
        } catch {
            // It is there and hidden, or somebody made it meanwhile.
            guard error.code == "DUPLICATE_DEVELOPER_NAME" else { throw error }
        }
    }

    private func show(_ fields: [SalesforceField]) async throws(CallFailure) {
        let set = try await permissionSet()
        for field in fields {
            try await add(
                "FieldPermissions",
                [
                    "ParentId": .text(set), "SobjectType": .text("Contact"), "Field": .text("Contact.\(field.name)"),
                    "PermissionsRead": .flag(true), "PermissionsEdit": .flag(true),
                ])
        }
        guard let user = try await api.session.access().userID, SalesforceRecordID.isID(user) else { return }
        try await add("PermissionSetAssignment", ["AssigneeId": .text(user), "PermissionSetId": .text(set)])
    }

    private func permissionSet() async throws(CallFailure) -> String {
        let name = SOQL.text(Self.permissionSet)
        let found = try await api.records("SELECT Id FROM PermissionSet WHERE Name = \(name) LIMIT 1")
        if let id = found.first?.id { return id }
        let made: SalesforceResult = try await api.send(
            "POST", "/sobjects/PermissionSet",
            ["Name": SetupValue.text(Self.permissionSet), "Label": .text("Puente fields")], effect: .repeatable)
        guard let id = made.id else { throw SalesforceAdvice.unmentioned(isRepeatable: true) }
        return id
    }

    private func add(_ type: String, _ values: [String: SetupValue]) async throws(CallFailure) {
        do throws(CallFailure) {
            let _: SalesforceResult = try await api.send("POST", "/sobjects/\(type)", values, effect: .repeatable)
        } catch {
            // It says so already.
            guard error.code == CallFailure.RecordCode.conflict else { throw error }
        }
    }
}

/// A value of a set-up record.
private enum SetupValue: Encodable {
    case text(String)
    case flag(Bool)

    func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        switch self {
        case .text(let text): try container.encode(text)
        case .flag(let flag): try container.encode(flag)
        }
    }
}
