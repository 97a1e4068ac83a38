import Domain
import Synchronization

/// `/sandbox/crm/odoo/…`: which Odoo it is, what it holds, and what people there do.
extension Controls {
    func odoo(_ call: Call) throws(ControlError) -> Answer {
        let id = call.segments.dropFirst().first
        switch (call.method, call.segments.first) {
        case (.get, nil): return .json(odooSettings)
        case (.put, nil):
            try playOdoo(Self.body(call))
            return .json(odooSettings)
        case (.get, "contacts") where id == nil: return odooRecords("res.partner", call)
        case (.get, "activities"): return odooRecords("mail.message", call)
        case (_, "contacts"): return try odooPerson(id, call)
        case (.post, "merge"): return try odooMerge(Self.body(call))
        case (.post, "crowd"): return try crowd(call, odooCrowd)
        default: throw ControlError("Odoo has contacts, activities, merge and crowd.", status: 404)
        }
    }

    // MARK: - Settings

    private var odooSettings: JSON {
        let options = world.odoo.options
        return [
            "version": JSON(options.version), "database": JSON(options.database), "login": JSON(options.login),
            "may_create_fields": JSON(options.mayCreateFields), "may_write_messages": JSON(options.mayWriteMessages),
            "may_use_external_ids": JSON(options.mayUseExternalIDs),
            "calls_per_second": options.callsPerSecond.map { JSON($0) } ?? .null,
            "key_ends_in_days": options.keyEndsInDays.map { JSON($0) } ?? .null,
        ]
    }

    /// Another version, or another end of the key, begins with an empty database.
    private func playOdoo(_ body: JSON) throws(ControlError) {
        var options = world.odoo.options
        for member in body.members?.members ?? [] {
            switch member.key {
            case "version":
                guard let version = member.value.wholeNumber.map({ Int(clamping: $0) }),
                    SandboxConfiguration.Odoo.versions.contains(version)
                else { throw ControlError("'version' is 16, 17, 18 or 19.") }
                options.version = version
            case "may_create_fields": options.mayCreateFields = member.value.flag ?? true
            case "may_write_messages": options.mayWriteMessages = member.value.flag ?? true
            case "may_use_external_ids": options.mayUseExternalIDs = member.value.flag ?? true
            case "calls_per_second": options.callsPerSecond = try Self.number(member.value, 1...10_000)
            case "key_ends_in_days": options.keyEndsInDays = try Self.number(member.value, 0...3650)
            default: throw ControlError("Odoo has no setting '\(member.key.prefix(60))'; GET lists them.")
            }
        }
        world.odoo.play(options)
    }

    private static func number(_ json: JSON, _ range: ClosedRange<Int64>) throws(ControlError) -> Int? {
        if json.isNull { return nil }
        guard let number = json.wholeNumber, range.contains(number) else {
            throw ControlError("A number from \(range.lowerBound) to \(range.upperBound), or null.")
        }
        return Int(number)
    }

    // MARK: - Records

    /// All records, oldest first: partners but the company's own, archived ones among them; notes on partners.
    private func odooRecords(_ model: String, _ call: Call) -> Answer {
        let limit = call.number("limit", in: 1...10_000) ?? 1000
        let after = call.query["after"].flatMap { Int64($0) } ?? 0
        let (items, next) = world.odoo.state.withLock { $0.page(of: model, after: after, limit: limit) }
        return .json(["data": .array(items), "next": next.map { JSON($0) } ?? .null])
    }

    /// A person in Odoo makes, changes, archives (`{"active": false}`) or deletes a contact: the body holds its fields, and
    /// `tags` its tags by their names.
    private func odooPerson(_ id: String?, _ call: Call) throws(ControlError) -> Answer {
        let body = try withTags(Self.body(call))
        switch (call.method, id.flatMap { Int64($0) }) {
        case (.post, nil) where id == nil: return try actInOdoo("create", [], ["vals_list": body], status: 201)
        case (.patch, let id?): return try actInOdoo("write", [[JSON(id)]], ["vals": body])
        case (.delete, let id?): return try actInOdoo("unlink", [[JSON(id)]], [:])
        default: throw ControlError("POST, or PATCH and DELETE with an id.", status: 405)
        }
    }

    private func withTags(_ body: JSON) throws(ControlError) -> JSON {
        guard let names = body["tags"]?.items?.compactMap(\.text) else { return body }
        var ids: [JSON] = []
        for name in names { ids.append(try tag(name)) }
        var body = body
        body["tags"] = nil
        body["category_id"] = [[6, 0, .array(ids)]]
        return body
    }

    /// One that is not there is made.
    private func tag(_ name: String) throws(ControlError) -> JSON {
        let model = "res.partner.category"
        let known = try odooCall(model, "search", [], ["domain": [["name", "=", JSON(name)]]])
        if let id = known.items?.first { return id }
        return try odooCall(model, "create", [], ["vals_list": ["name": JSON(name)]])
    }

    /// `{"primary": ID, "other": ID}`: by the wizard, as people do it.
    private func odooMerge(_ body: JSON) throws(ControlError) -> Answer {
        guard let primary = body["primary"]?.wholeNumber, let other = body["other"]?.wholeNumber else {
            throw ControlError("'primary' and 'other' are ids of contacts.")
        }
        let model = "base.partner.merge.automatic.wizard"
        let wizard = try odooCall(
            model, "create", [],
            ["vals_list": ["partner_ids": [[6, 0, [JSON(primary), JSON(other)]]], "dst_partner_id": JSON(primary)]])
        return .json(try odooCall(model, "action_merge", [[wizard]], [:]))
    }

    private func actInOdoo(
        _ method: String, _ arguments: [JSON], _ named: JSON, status: Int = 200
    ) throws(ControlError) -> Answer {
        let result = try odooCall("res.partner", method, arguments, named)
        return .json(method == "create" ? ["id": result] : ["done": result], status: status)
    }

    func odooCall(
        _ model: String, _ method: String, _ arguments: [JSON], _ named: JSON
    ) throws(ControlError) -> JSON {
        do throws(OdooError) {
            let call = try OdooCall(
                model: model, method: method, arguments: arguments, named: named.members ?? JSONObject())
            return try world.odoo.run(call, as: OdooState.personUID).get()
        } catch {
            throw ControlError(error.message, status: 422)
        }
    }

    var odooSummary: JSON {
        let (partners, notes, writes) = world.odoo.state.withLock {
            ($0.count(of: "res.partner"), $0.count(of: "mail.message"), $0.contactWrites)
        }
        return [
            "version": JSON(world.odoo.options.version), "res.partner": JSON(partners), "mail.message": JSON(notes),
            "contact_writes": writes.json, "answers": world.answerCounts(of: .odoo),
        ]
    }
}
