/// What a record's fields show: those that are computed when they are read, names of other records, and JSON.
extension OdooState {
    /// The field's value, computed where it is not stored.
    func value(_ field: Int, of record: OdooRecord, in table: OdooTable) -> OdooValue? {
        let definition = table.book.fields[field]
        guard definition.isComputed else { return record[field] }
        switch definition.name {
        case "display_name", "complete_name": return .text(displayName(of: record, in: table))
        case "company_type":
            let isCompany = table.book.number(of: "is_company").flatMap { record[$0]?.flag } ?? false
            return .text(isCompany ? "company" : "person")
        case "commercial_company_name": return companyName(of: record, in: table).map { .text($0) }
        case "phone_sanitized_blacklisted": return .flag(isBlacklisted(record, in: table))
        default: return nil
        }
    }

    func text(_ name: String, of record: OdooRecord, in table: OdooTable) -> String? {
        table.book.number(of: name).flatMap { record[$0]?.text }
    }

    func displayName(of record: OdooRecord, in table: OdooTable) -> String {
        let name = text("name", of: record, in: table) ?? "\(table.model),\(record.id)"
        guard table.model == "res.partner", let field = table.book.number(of: "parent_id"),
            let parent = record[field]?.integer.flatMap({ table[$0] })
        else { return name }
        return "\(displayName(of: parent, in: table)), \(name)"
    }

    /// Of the company at the top; where there is none, what was typed for it.
    private func companyName(of record: OdooRecord, in table: OdooTable) -> String? {
        guard let parentID = table.book.number(of: "parent_id"), let isCompany = table.book.number(of: "is_company")
        else { return nil }
        var top = record
        for _ in 0..<100 where top[isCompany]?.flag != true {
            guard let parent = top[parentID]?.integer.flatMap({ table[$0] }) else { break }
            top = parent
        }
        if top[isCompany]?.flag == true { return text("name", of: top, in: table) }
        return text("company_name", of: record, in: table)
    }

    /// The name of the record that a many2one points to; nil when it is gone.
    private func displayName(_ id: Int64, in model: String?) -> String? {
        guard let model, let table = tables[model], let record = table[id] else { return nil }
        return displayName(of: record, in: table)
    }

    private func isBlacklisted(_ record: OdooRecord, in table: OdooTable) -> Bool {
        guard let number = text("phone_sanitized", of: record, in: table), let list = tables["phone.blacklist"],
            let field = list.book.number(of: "number"), let active = list.book.number(of: "active")
        else { return false }
        return list.ids(with: number, in: field).contains { list[$0]?[active]?.flag == true }
    }

    // MARK: - Comparing

    func matches(_ record: OdooRecord, _ domain: OdooDomain, in table: OdooTable) -> Bool {
        switch domain {
        case .all(let parts): parts.allSatisfy { matches(record, $0, in: table) }
        case .any(let parts): parts.contains { matches(record, $0, in: table) }
        case .not(let part): !matches(record, part, in: table)
        case .term(let term): matches(record, term, in: table)
        }
    }

    private func matches(_ record: OdooRecord, _ term: OdooTerm, in table: OdooTable) -> Bool {
        let field = table.book.fields[term.field]
        if field.name == "phone_mobile_search" { return hasPhone(record, like: term, in: table) }
        let value = value(term.field, of: record, in: table)
        if term.comparison == .childOf { return isChild(record, of: term, in: table) }
        let shown =
            field.kind == .many2one ? value?.integer.flatMap { displayName($0, in: field.relation) } : value?.text
        // A many2one may be compared by the name of what it points to.
        if field.kind == .many2one, let name = term.value.text {
            let byName = OdooTerm(field: term.field, comparison: term.comparison, value: JSON(name))
            return byName.matches(shown.map { .text($0) }, kind: .char, shown: shown)
        }
        return term.matches(value, kind: field.kind, shown: shown)
    }

    /// Compares digits only, in `phone` and `mobile`; with a leading `+` or `00` in either form.
    private func hasPhone(_ record: OdooRecord, like term: OdooTerm, in table: OdooTable) -> Bool {
        guard let wanted = term.value.text, wanted.filter(\.isASCIIDigit).count >= 3 else { return false }
        let digits = OdooPhone.bare(wanted)
        return ["phone", "mobile"].contains { name in
            guard let text = text(name, of: record, in: table) else { return false }
            let own = OdooPhone.bare(text)
            return term.comparison == .is ? own == digits : own.contains(digits)
        }
    }

    private func isChild(_ record: OdooRecord, of term: OdooTerm, in table: OdooTable) -> Bool {
        let roots = (term.value.items ?? [term.value]).compactMap(\.wholeNumber)
        guard let parent = table.book.number(of: "parent_id") else { return roots.contains(record.id) }
        var next: Int64? = term.field == OdooFieldBook.id ? record.id : record[term.field]?.integer
        for _ in 0..<100 {
            guard let id = next else { return false }
            if roots.contains(id) { return true }
            next = table[id]?[parent]?.integer
        }
        return false
    }

    // MARK: - JSON

    /// One record as `read` gives it. An empty field is `false`; a many2one a pair, or the bare id for `load=None`.
    func json(_ record: OdooRecord, _ fields: [Int], in table: OdooTable, bareRelations: Bool = false) -> JSON {
        var object = JSONObject()
        object.reserve(fields.count + 1)
        object.append("id", JSON(record.id))
        for number in fields where number != OdooFieldBook.id {
            let field = table.book.fields[number]
            let value = value(number, of: record, in: table)
            object.append(field.name, json(value, field, bareRelations: bareRelations))
        }
        return .object(object)
    }

    private func json(_ value: OdooValue?, _ field: OdooField, bareRelations: Bool) -> JSON {
        switch (field.kind, value) {
        case (.integer, nil): 0
        case (.float, nil): JSON(0.0)
        case (.many2many, nil), (.one2many, nil): []
        case (_, nil): false
        case (.datetime, .integer(let time)?): JSON(OdooTime.text(time))
        case (.date, .integer(let time)?): JSON(String(OdooTime.text(time).prefix(10)))
        case (.many2one, .integer(let id)?) where !bareRelations:
            displayName(id, in: field.relation).map { [JSON(id), JSON($0)] } ?? false
        case (_, .text(let text)?): JSON(text)
        case (_, .integer(let number)?): JSON(number)
        case (_, .number(let number)?): JSON(number)
        case (_, .flag(let flag)?): JSON(flag)
        case (_, .ids(let ids)?): .array(ids.map { JSON($0) })
        }
    }
}
