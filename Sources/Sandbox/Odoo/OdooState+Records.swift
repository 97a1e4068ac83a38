/// What stands beside records: external ids, messages, and merging partners.
extension OdooState {
    /// Rows of `ir.model.data` that name this record.
    func externalIDs(of id: Int64, in model: String) -> [OdooRecord] {
        guard let table = tables["ir.model.data"], let field = table.book.number(of: "res_id") else { return [] }
        return table.ids(with: String(id), in: field).compactMap { table[$0] }
            .filter { text("model", of: $0, in: table) == model }
    }

    /// The record that `module.name` stands for; nil when there is none.
    func record(externalID: String) -> (model: String, id: Int64)? {
        let parts = externalID.split(separator: ".", maxSplits: 1)
        guard parts.count == 2, let row = externalIDRow(module: String(parts[0]), name: String(parts[1])),
            let table = tables["ir.model.data"], let model = text("model", of: row, in: table),
            let id = table.book.number(of: "res_id").flatMap({ row[$0]?.integer }), tables[model]?[id] != nil
        else { return nil }
        return (model, id)
    }

    private func externalIDRow(module: String, name: String) -> OdooRecord? {
        guard let table = tables["ir.model.data"], let field = table.book.number(of: "name") else { return nil }
        return table.ids(with: name, in: field).compactMap { table[$0] }.first {
            text("module", of: $0, in: table) == module && text("name", of: $0, in: table) == name
        }
    }

    /// Written with the rights of the system, as `load` does it.
    mutating func nameRecord(_ externalID: String, model: String, id: Int64) {
        let parts = externalID.split(separator: ".", maxSplits: 1).map(String.init)
        guard parts.count == 2 else { return }
        if let row = externalIDRow(module: parts[0], name: parts[1]) { tables["ir.model.data"]?.remove(row.id) }
        _ = insert(
            "ir.model.data",
            ["module": .text(parts[0]), "name": .text(parts[1]), "model": .text(model), "res_id": .integer(id)])
    }

    /// The ids of the messages on a partner, oldest first.
    func messages(of partner: Int64) -> [Int64] {
        guard let table = tables["mail.message"], let field = table.book.number(of: "res_id") else { return [] }
        return table.ids(with: String(partner), in: field).filter { id in
            table[id].flatMap { text("model", of: $0, in: table) } == "res.partner"
        }
    }

    /// As the wizard for merging does it: what points to the others points to the target, which takes over what it
    /// lacks; then the others are deleted.
    mutating func merge(_ others: [Int64], into target: Int64) throws(OdooError) {
        let table = try table("res.partner")
        guard var survivor = table[target] else { throw .missing("res.partner", [target], user: user) }
        for id in others where id != target {
            guard let loser = table[id] else { throw .missing("res.partner", [id], user: user) }
            if Self.ownPartners.contains(id) { throw .user("You cannot merge a contact of a user.") }
            for message in messages(of: id) { repoint("mail.message", message, ["res_id"], to: target) }
            repointAuthors(from: id, to: target)
            for row in externalIDs(of: id, in: "res.partner") {
                repoint("ir.model.data", row.id, ["res_id"], to: target)
            }
            for (number, field) in table.book.fields.enumerated()
            where !field.isComputed && !field.isReadonly && survivor[number] == nil {
                survivor[number] = loser[number]
            }
            for row in externalIDs(of: id, in: "res.partner") { tables["ir.model.data"]?.remove(row.id) }
            tables["res.partner"]?.remove(id)
            events.append(.deleted(id))
        }
        survivor.writtenAt = now
        survivor.writtenBy = user
        tables["res.partner"]?.replace(survivor)
        try write("res.partner", [target], [:])
    }

    private mutating func repoint(_ model: String, _ id: Int64, _ names: [String], to target: Int64) {
        guard let table = tables[model], var record = table[id] else { return }
        for name in names { if let field = table.book.number(of: name) { record[field] = .integer(target) } }
        tables[model]?.replace(record)
    }

    /// The target's timeline holds all that was on the others' by now.
    private mutating func repointAuthors(from loser: Int64, to target: Int64) {
        guard let table = tables["mail.message"], let author = table.book.number(of: "author_id") else { return }
        for id in messages(of: target) where table[id]?[author]?.integer == loser {
            repoint("mail.message", id, ["author_id"], to: target)
        }
    }
}
