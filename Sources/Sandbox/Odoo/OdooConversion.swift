/// Reads the values that clients write, each by the kind of its field. `false` and null empty a field.
struct OdooConversion {
    let state: OdooState

    /// - Parameter now: what a many2many holds, for commands that add or remove.
    func value(_ json: JSON, _ field: OdooField, now: OdooValue?) throws(OdooError) -> OdooValue? {
        if field.kind == .boolean { return .flag(json.flag ?? (json.isNull ? false : json != 0)) }
        if json == false || json.isNull { return nil }
        switch field.kind {
        case .char, .text: return try text(json, field).flatMap { $0.isEmpty ? nil : .text($0) }
        case .html: return try text(json, field).map { .text(OdooHTML.sanitized($0)) }
        case .selection: return try .text(selection(json, field))
        case .integer: return json.wholeNumber.map { .integer($0) }
        case .float: return json.decimal.map { .number($0) }
        case .datetime, .date: return try .integer(time(json, field))
        case .many2one: return try .integer(related(json, field))
        case .many2many, .one2many: return try .ids(commands(json, field, now: now?.ids ?? []))
        case .boolean: return nil
        }
    }

    private func text(_ json: JSON, _ field: OdooField) throws(OdooError) -> String? {
        guard let text = json.identifier ?? json.flag.map({ "\($0)" }) else {
            throw .type("expected a text for \(field.name)")
        }
        guard !text.unicodeScalars.contains("\0") else {
            throw .value("A string literal cannot contain NUL (0x00) characters.")
        }
        return text
    }

    private func selection(_ json: JSON, _ field: OdooField) throws(OdooError) -> String {
        guard let text = json.text, field.options.contains(where: { $0.first == text }) else {
            throw .value("Wrong value for \(field.name): \(String(decoding: JSONWriter.bytes(json), as: UTF8.self))")
        }
        return text
    }

    private func time(_ json: JSON, _ field: OdooField) throws(OdooError) -> Int64 {
        guard let text = json.text, let time = OdooTime.milliseconds(text) else {
            throw .value("time data does not match format '%Y-%m-%d %H:%M:%S'")
        }
        return time
    }

    private func related(_ json: JSON, _ field: OdooField) throws(OdooError) -> Int64 {
        guard case .integer(let id) = json else { throw .type("Wrong value for \(field.name)") }
        guard let relation = field.relation, let table = state.tables[relation], table[id] != nil else {
            throw .missing(field.relation ?? "", [id], user: state.user)
        }
        return id
    }

    /// `[6, 0, ids]` replace, `[4, id]` add, `[3, id]` and `[2, id]` take away, `[5]` empty. A bare list of ids
    /// replaces.
    private func commands(_ json: JSON, _ field: OdooField, now: [Int64]) throws(OdooError) -> [Int64] {
        guard let items = json.items else { throw .value("Wrong value for \(field.name)") }
        var ids = now
        if !items.isEmpty, items.allSatisfy({ $0.items == nil }) { ids = items.compactMap(\.wholeNumber) }
        for command in items.compactMap(\.items) {
            let id = command.count > 1 ? command[1].wholeNumber : nil
            switch command.first?.wholeNumber {
            case 6: ids = (command.last?.items ?? []).compactMap(\.wholeNumber)
            case 5: ids = []
            case 4: if let id, !ids.contains(id) { ids.append(id) }
            case 2, 3: ids.removeAll { $0 == id }
            case 0, 1: throw .user("The sandbox does not make records through a relation.")
            default: throw .value("Wrong value for \(field.name)")
            }
        }
        for id in ids {
            guard let relation = field.relation, let table = state.tables[relation] else { continue }
            if table[id] == nil { throw .missing(relation, [id], user: state.user) }
        }
        return ids
    }
}

/// What Odoo makes of HTML.
enum OdooHTML {
    /// Scripts go, and a text without a tag becomes a paragraph.
    static func sanitized(_ html: String) -> String {
        var text = html
        while let start = text.firstRange(of: "<script"),
            let end = text[start.lowerBound...].firstRange(of: "</script>")
        {
            text.removeSubrange(start.lowerBound..<end.upperBound)
        }
        return text.hasPrefix("<") || text.isEmpty ? text : "<p>\(text)</p>"
    }

    static func escaped(_ text: String) -> String {
        var result = ""
        for character in text {
            switch character {
            case "&": result += "&amp;"
            case "<": result += "&lt;"
            case ">": result += "&gt;"
            case "\"": result += "&#34;"
            case "'": result += "&#39;"
            default: result.append(character)
            }
        }
        return result
    }
}
