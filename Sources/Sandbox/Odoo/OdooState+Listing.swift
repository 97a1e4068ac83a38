/// What the sandbox's controls show of Odoo.
extension OdooState {
    /// Records of a model, oldest first, from an id on, each with the moment when it came (Odoo itself shows seconds); of
    /// partners not the company's own, with the names of their tags.
    /// - Returns: the id that the next page begins with; nil after the last one.
    func page(of model: String, after: Int64, limit: Int) -> (items: [JSON], next: Int64?) {
        guard let table = tables[model] else { return ([], nil) }
        let fields = table.book.fields.indices.filter { !table.book.fields[$0].isHidden }
        let first = model == "res.partner" ? Self.ownPartners.upperBound + 1 : 1
        var items: [JSON] = []
        for id in max(after, first, table.ids.lowerBound)..<max(after, first, table.ids.upperBound) {
            guard let record = table[id] else { continue }
            if items.count == limit { return (items, id) }
            items.append(listed(record, fields, in: table))
        }
        return (items, nil)
    }

    private func listed(_ record: OdooRecord, _ fields: [Int], in table: OdooTable) -> JSON {
        var shown = json(record, fields, in: table)
        shown["received_at"] = JSON(record.createdAt)
        if let field = table.book.number(of: "category_id"), let tags = tables["res.partner.category"] {
            let names = (record[field]?.ids ?? []).compactMap { tags[$0] }.map { displayName(of: $0, in: tags) }
            shown["tags"] = JSON(names)
        }
        return shown
    }

    func count(of model: String) -> Int {
        guard let table = tables[model] else { return 0 }
        return table.ids.count { table[$0] != nil }
    }
}
