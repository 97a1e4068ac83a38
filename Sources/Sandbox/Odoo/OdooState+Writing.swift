/// `create`, `write` and `unlink` as Odoo's ORM does them. The caller commits or rolls back.
extension OdooState {
    typealias Values = [(field: Int, value: OdooValue?)]

    mutating func create(_ model: String, _ json: JSON) throws(OdooError) -> Int64 {
        try checkMayCreate(model)
        try checkIsTaken(model)
        let table = try table(model)
        let given = try values(json, for: nil, in: table)
        let all = defaults(in: table, given: given) + given
        try checkRequired(all, in: table)
        let record = table.insert(at: now, by: user) { record in
            for (field, value) in all { record[field] = value }
            Self.compute(&record, in: table)
        }
        try finish(record, in: table)
        countWrite(of: model, isNew: true)
        return record.id
    }

    mutating func write(_ model: String, _ ids: [Int64], _ json: JSON) throws(OdooError) {
        if model == "mail.message", user == Self.bridgeUID, !options.mayWriteMessages {
            throw .notAllowed(to: "modify", model, "Message")
        }
        let table = try table(model)
        for id in ids {
            try checkIsTaken(model)
            guard var record = table[id] else { throw .missing(model, [id], user: user) }
            for (field, value) in try values(json, for: record, in: table) { record[field] = value }
            record.writtenAt = now
            record.writtenBy = user
            try checkRequired(table.book.fields.indices.map { (field: $0, value: record[$0]) }, in: table)
            Self.compute(&record, in: table)
            table.replace(record)
            try finish(record, in: table)
            countWrite(of: model, isNew: false)
        }
    }

    mutating func unlink(_ model: String, _ ids: [Int64]) throws(OdooError) {
        for id in ids {
            guard try table(model)[id] != nil else { throw .missing(model, [id], user: user) }
            if model == "res.partner" {
                try checkMayDelete(partner: id)
                for message in messages(of: id) { tables["mail.message"]?.remove(message) }
                events.append(.deleted(id))
            }
            for external in externalIDs(of: id, in: model) { tables["ir.model.data"]?.remove(external.id) }
            tables[model]?.remove(id)
        }
    }

    private func checkMayDelete(partner id: Int64) throws(OdooError) {
        guard Self.ownPartners.contains(id) else { return }
        throw .user(
            "You cannot delete contacts linked to an active user.\nYou should rather archive them after archiving their "
                + "associated user.")
    }

    private func checkMayCreate(_ model: String) throws(OdooError) {
        guard user == Self.bridgeUID else { return }
        if model == "ir.model.fields", !options.mayCreateFields { throw .notAllowed(to: "create", model, "Fields") }
        if model == "ir.model.data", !options.mayUseExternalIDs { throw .notAllowed(to: "create", model, "Model Data") }
    }

    /// As if a rule of the company's own forbade this one.
    private func checkIsTaken(_ model: String) throws(OdooError) {
        guard user == Self.bridgeUID, ["res.partner", "mail.message"].contains(model), refusesRecord() else { return }
        throw .validation("The operation cannot be completed. (A fault of the sandbox.)")
    }

    // MARK: - Values

    private func values(_ json: JSON, for record: OdooRecord?, in table: OdooTable) throws(OdooError) -> Values {
        guard let members = json.members?.members else { throw .type("values are a dictionary") }
        var values: Values = []
        for member in members {
            guard let number = table.book.number(of: member.key), !table.book.fields[number].isHidden else {
                // Commands for the choices of a new selection: read where the field is made.
                if table.model == "ir.model.fields", member.key == "selection_ids" { continue }
                throw .invalidField(member.key, table.model)
            }
            let field = table.book.fields[number]
            guard !field.isComputed || field.name == "company_type", number > OdooFieldBook.displayName else {
                continue
            }
            let value = try OdooConversion(state: self).value(member.value, field, now: record?[number])
            if field.name == "company_type", let isCompany = table.book.number(of: "is_company") {
                values.append((field: isCompany, value: .flag(value == .text("company"))))
            } else {
                values.append((field: number, value: value))
            }
        }
        return values
    }

    private func defaults(in table: OdooTable, given values: Values) -> Values {
        var wanted: [(String, OdooValue)] = [
            ("active", .flag(true)), ("type", .text("contact")), ("state", .text("manual")),
        ]
        // The context's zone is a new partner's own, unless it names another or none.
        let zone = context["default_tz"] ?? context["tz"]
        if table.model == "res.partner", let zone = zone?.text { wanted.append(("tz", .text(zone))) }
        return wanted.compactMap { name, value -> (field: Int, value: OdooValue?)? in
            guard let number = table.book.number(of: name), !values.contains(where: { $0.field == number }) else {
                return nil
            }
            return (field: number, value: value)
        }
    }

    private func checkRequired(_ values: Values, in table: OdooTable) throws(OdooError) {
        let given = Dictionary(values.map { ($0.field, $0.value) }, uniquingKeysWith: { $1 })
        if table.model == "res.partner", let name = table.book.number(of: "name"), given[name] ?? nil == nil {
            throw .validation("Contacts require a name")
        }
        for (number, field) in table.book.fields.enumerated() where field.isRequired {
            guard given[number] ?? nil == nil else { continue }
            throw .validation(
                "The operation cannot be completed:\n- Create/update: a mandatory field is not set.\n"
                    + "- Delete: another model requires the record being deleted.\n\nModel: "
                    + "\(OdooModel.label(of: table.model)) (\(table.model))\nField: \(field.label) (\(field.name))\n")
        }
    }

    // MARK: - What follows from a write

    private mutating func finish(_ record: OdooRecord, in table: OdooTable) throws(OdooError) {
        switch table.model {
        case "res.partner": events.append(.written(record.id))
        case "ir.model.data": try checkUnique(record, by: ["module", "name"], in: table)
        case "phone.blacklist": try checkUnique(record, by: ["number"], in: table)
        default: break
        }
    }

    private func checkUnique(_ record: OdooRecord, by names: [String], in table: OdooTable) throws(OdooError) {
        let fields = names.compactMap { table.book.number(of: $0) }
        guard let last = fields.last, let key = record[last]?.indexKey else { return }
        let isTwin = table.ids(with: key, in: last).contains { id in
            id != record.id && fields.allSatisfy { table[id]?[$0] == record[$0] }
        }
        guard isTwin else { return }
        throw .validation(
            "The operation cannot be completed: duplicate key value violates unique constraint "
                + "\"\(table.model.split(separator: ".").joined(separator: "_"))_\(names.joined(separator: "_"))_uniq\""
        )
    }

    /// Numbers in E.164, addresses in lower case. `mobile` goes before `phone`.
    private static func compute(_ record: inout OdooRecord, in table: OdooTable) {
        guard table.model == "res.partner" else { return }
        let book = table.book
        let (phone, mobile, address) = (
            book.number(of: "phone").flatMap { record[$0]?.text },
            book.number(of: "mobile").flatMap { record[$0]?.text },
            book.number(of: "email").flatMap { record[$0]?.text }
        )
        let email = address.map { $0.lowercased().filter { !$0.isWhitespace } }
        let computed: [(String, String?)] = [
            ("phone_sanitized", OdooPhone.sanitized(mobile) ?? OdooPhone.sanitized(phone)),
            ("email_normalized", email.flatMap { $0.contains("@") ? $0 : nil }),
            ("~phone", phone.flatMap(OdooPhone.tail)), ("~mobile", mobile.flatMap(OdooPhone.tail)),
        ]
        for (name, value) in computed {
            if let field = book.number(of: name) { record[field] = value.map { .text($0) } }
        }
    }
}
