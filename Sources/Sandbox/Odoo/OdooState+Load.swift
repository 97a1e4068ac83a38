import Foundation

/// `load`: rows of text, as in an import. Odoo's one true upsert: a row with an external id updates the record that it
/// names or makes it; a row with `.id` updates that record. All or nothing: one bad row undoes the others.
/// Source: Odoo, `BaseModel.load`.
extension OdooState {
    private struct Row {
        var externalID: String?
        var id: Int64?
        var values = JSONObject()
    }

    mutating func load(_ call: OdooCall, in table: OdooTable) throws(OdooError) -> JSON {
        let names = (try call.argument("fields").items ?? []).compactMap(\.text)
        let data = try call.argument("data").items ?? []
        try checkColumns(names, in: table)
        var messages: [JSON] = []
        var rows: [Row] = []
        for (index, cells) in data.enumerated() {
            var row = Row()
            for (name, cell) in zip(names, cells.items ?? []) {
                do throws(OdooError) {
                    try read(cell.text ?? "", name, into: &row, in: table, context: call.context)
                } catch {
                    messages.append(Self.message(error, row: index, field: name))
                }
            }
            rows.append(row)
        }
        let ids = put(rows, in: table, &messages)
        guard messages.isEmpty else {
            // The savepoint of the whole: what the good rows did is undone.
            rollBack()
            return ["ids": false, "messages": .array(messages), "nextrow": 0]
        }
        return ["ids": .array(ids), "messages": [], "nextrow": 0]
    }

    /// A column that is not there is no row's fault: the whole call stumbles over it.
    private func checkColumns(_ names: [String], in table: OdooTable) throws(OdooError) {
        for name in names where !["id", ".id"].contains(name) {
            let field = String(name.prefix { $0 != "/" }.prefix(120))
            guard table.book.number(of: field) == nil else { continue }
            throw options.version <= 16 ? .server("'\(field)'") : .value("Invalid field name '\(field)'")
        }
    }

    /// Those that could not be read whole, too. What all of them together ran into stands first, blamed on the first row.
    /// After ten bad ones Odoo looks no further.
    private mutating func put(_ rows: [Row], in table: OdooTable, _ messages: inout [JSON]) -> [JSON] {
        var ids: [JSON] = []
        var errors: [(row: Int, error: OdooError)] = []
        for (index, row) in rows.enumerated() {
            do throws(OdooError) {
                ids.append(JSON(try put(row, in: table)))
            } catch {
                errors.append((index, error))
                messages.append(Self.message(error, row: index))
                if errors.count >= 10, errors.count * 10 > index { break }
            }
        }
        if let first = errors.first, first.row > 0, first.error.isRaised {
            messages.insert(Self.message(first.error, row: 0), at: 0)
        }
        return ids
    }

    private static func message(_ error: OdooError, row: Int, field: String? = nil) -> JSON {
        [
            "type": "error", "message": JSON(error.message), "record": JSON(row),
            "rows": ["from": JSON(row), "to": JSON(row)], "field": field.map { JSON($0) },
        ]
    }

    private func read(
        _ text: String, _ name: String, into row: inout Row, in table: OdooTable, context: JSON
    ) throws(OdooError) {
        switch name {
        case "id": row.externalID = text.isEmpty ? nil : text.contains(".") ? text : "__import__.\(text)"
        case ".id": row.id = try known(text, in: table, context: context)
        default: try read(text, name, into: &row, in: table, zone: Self.zone(context))
        }
    }

    /// Archived records are unknown unless the context asks for them.
    private func known(_ text: String, in table: OdooTable, context: JSON) throws(OdooError) -> Int64? {
        guard !text.isEmpty else { return nil }
        let record = Int64(text).flatMap { table[$0] }
        let isActive = table.book.number(of: "active").flatMap { record?[$0]?.flag } ?? true
        guard let record, isActive || context["active_test"]?.flag == false else {
            throw .value("Unknown database identifier '\(text.prefix(40))'")
        }
        return record.id
    }

    /// An empty cell empties the field.
    private func read(
        _ text: String, _ name: String, into row: inout Row, in table: OdooTable, zone: TimeZone
    ) throws(OdooError) {
        let parts = name.split(separator: "/").map(String.init)
        guard let first = parts.first, let number = table.book.number(of: first) else {
            throw .invalidField(name, table.model)
        }
        let field = table.book.fields[number]
        let json: JSON = if text.isEmpty { false } else { try value(text, field, by: parts.dropFirst().first, zone) }
        row.values.append(field.name, json)
    }

    /// Times in rows are of the user's zone, unless the context names another.
    private static func zone(_ context: JSON) -> TimeZone {
        TimeZone(identifier: context["tz"]?.text ?? "Europe/Madrid") ?? .gmt
    }

    private func value(
        _ text: String, _ field: OdooField, by key: String?, _ zone: TimeZone
    ) throws(OdooError) -> JSON {
        switch field.kind {
        case .datetime:
            guard let local = OdooTime.milliseconds(text) else {
                throw .value("'\(text.prefix(40))' does not seem to be a valid datetime")
            }
            let moment = Date(timeIntervalSince1970: Double(local / 1000))
            return JSON(OdooTime.text(local - Int64(zone.secondsFromGMT(for: moment)) * 1000))
        case .boolean: return JSON(["1", "true", "yes"].contains(text.lowercased()))
        case .integer, .float:
            guard let number = Double(text) else { throw .value("'\(text.prefix(40))' does not seem to be a number") }
            return field.kind == .integer ? JSON(Int64(exactly: number) ?? 0) : JSON(number)
        case .selection:
            guard let option = field.options.first(where: { $0.contains(text) })?.first else {
                throw .value("Value '\(text.prefix(40))' not found in selection field '\(field.label)'")
            }
            return JSON(option)
        case .many2one: return JSON(try related(text, field, by: key))
        case .many2many:
            var ids: [JSON] = []
            for part in text.split(separator: ",") { ids.append(JSON(try related(String(part), field, by: key))) }
            return [[6, 0, .array(ids)]]
        default: return JSON(text)
        }
    }

    private func related(_ text: String, _ field: OdooField, by key: String?) throws(OdooError) -> Int64 {
        guard let relation = field.relation, let table = tables[relation] else { throw .value("no relation") }
        let id: Int64? =
            switch key {
            case "id": record(externalID: text)?.id
            case ".id": Int64(text).flatMap { table[$0]?.id }
            default: table.ids.first { id in table[id].map { displayName(of: $0, in: table) == text } ?? false }
            }
        guard let id else {
            throw .value("No matching record found for name '\(text.prefix(60))' in field '\(field.label)'")
        }
        return id
    }

    private mutating func put(_ row: Row, in table: OdooTable) throws(OdooError) -> Int64 {
        if let externalID = row.externalID {
            if let known = record(externalID: externalID), known.model == table.model {
                try write(table.model, [known.id], .object(row.values))
                return known.id
            }
            let id = try create(table.model, .object(row.values))
            nameRecord(externalID, model: table.model, id: id)
            return id
        }
        guard let id = row.id else { return try create(table.model, .object(row.values)) }
        try write(table.model, [id], .object(row.values))
        return id
    }
}
