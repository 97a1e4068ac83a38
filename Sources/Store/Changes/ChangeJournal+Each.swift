import Domain

extension ChangeJournal {
    /// What becomes of one row.
    struct RowChange {
        let key: SQLArguments
        let set: SQLArguments
        let contact: ContactID
    }

    /// Changes rows of many contacts, each to something of its own, as by ``update(_:key:set:of:)``: one statement reads
    /// them, and one for each set of columns writes them.
    /// - Returns: whose rows changed.
    @discardableResult
    mutating func updateEach(_ relation: JournalRelation, _ changes: [RowChange]) throws -> Set<ContactID> {
        let known = try images(relation, of: changes.map(\.contact))
        var groups: [[String]: [SQLArguments]] = [:]
        var changed: Set<ContactID> = []
        for change in changes {
            let (key, image) = (RowImage(change.key), RowImage(change.set))
            guard let before = known[key] else { continue }
            let after = image.keeping(image.names.filter { before.columns[$0] != image.columns[$0] })
            guard !after.columns.isEmpty else { continue }
            let values = after.names.map { (name: "set_\($0)", value: after.columns[$0] ?? .null) }
            let scope: SQLArguments = ["workspace_id": workspace]
            groups[after.names, default: []].append(SQLArguments(values + scope.pairs + change.key.pairs))
            try note(relation, key: key, before: before.keeping(after.names), after: after, of: change.contact)
            changed.insert(change.contact)
        }
        for (names, rows) in groups.sorted(by: { $0.key.lexicographicallyPrecedes($1.key) }) {
            let sets = names.map { "\($0) = :set_\($0)" }.joined(separator: ", ")
            try connection.executeMany("UPDATE \(relation.rawValue) SET \(sets) WHERE \(relation.condition)", rows)
        }
        return changed
    }

    /// Deletes rows of many contacts, as by ``delete(_:key:of:)``: one statement reads them, one deletes them.
    mutating func deleteEach(_ relation: JournalRelation, _ keys: [(key: SQLArguments, contact: ContactID)]) throws {
        let known = try images(relation, of: keys.map(\.contact))
        var rows: [SQLArguments] = []
        for (key, contact) in keys {
            guard let before = known[RowImage(key)] else { continue }
            let scope: SQLArguments = ["workspace_id": workspace]
            rows.append(SQLArguments(scope.pairs + key.pairs))
            try note(relation, key: RowImage(key), before: before, after: nil, of: contact)
        }
        try connection.executeMany("DELETE FROM \(relation.rawValue) WHERE \(relation.condition)", rows)
    }

    /// The rows of contacts by their keys, whole, without their workspace.
    private func images(_ relation: JournalRelation, of contacts: [ContactID]) throws -> [RowImage: RowImage] {
        let column = relation == .contact ? "id" : "contact_id"
        var found: [RowImage: RowImage] = [:]
        for part in Array(Set(contacts)).sorted().parts(of: 500) {
            let list = SQLValueList("contact", part)
            for row in try rows(relation, where: "\(column) IN \(list.sql)", list.arguments([:])) {
                found[row.keeping(relation.key)] = row
            }
        }
        return found
    }
}
