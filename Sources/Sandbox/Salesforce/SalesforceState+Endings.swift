/// How records end: deleted into the recycle bin, or merged into another.
extension SalesforceState {
    /// Tasks go with their contact; messages stay and lose the link, as their look-up field is set up.
    mutating func delete(_ id: String, of object: Int, at now: Int64) throws(SalesforceError) {
        let record = try live(id, of: object)
        change(record.number, of: object, at: now) { $0.isDeleted = true }
        for (related, field, number) in relations(of: self.id(record, of: object)) {
            let isTask = self[related].schema.name == "Task"
            change(number, of: related, at: now) { other in
                if isTask { other.isDeleted = true } else { other[field] = nil }
            }
        }
    }

    /// The master keeps its own values, empty ones too; what hung on the other record hangs on it afterwards.
    mutating func merge(
        _ loser: String, into master: String, of object: Int, at now: Int64
    ) throws(SalesforceError) -> SObjectRecord {
        let (kept, lost) = (try live(master, of: object), try live(loser, of: object))
        guard kept.number != lost.number else {
            throw .bad("INVALID_ID_FIELD", "A record cannot be merged with itself.")
        }
        let (keptID, lostID) = (id(kept, of: object), id(lost, of: object))
        let related = relations(of: lostID)
        change(lost.number, of: object, at: now) { record in
            record.isDeleted = true
            record.masterNumber = kept.number
        }
        change(kept.number, of: object, at: now) { _ in }
        for (other, field, number) in related { change(number, of: other, at: now) { $0[field] = keptID } }
        return try live(keptID, of: object)
    }

    /// The fields of living tasks and messages that name a record.
    private func relations(of id: String) -> [(object: Int, field: Int, number: Int)] {
        [("Task", "WhoId"), ("WhatsApp_Message__c", "Contact__c")].flatMap { type, name in
            guard let object = number(of: type), let field = self[object].schema.number(of: name) else {
                return [(object: Int, field: Int, number: Int)]()
            }
            return matches(id, in: field, of: object).map { (object, field, $0.number) }
        }
    }
}
