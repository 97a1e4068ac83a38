package import Domain

extension SalesforceConnector {
    private static let deletionsPerPage = 1000

    package func cursor(from start: Timestamp) -> String { SalesforceCursor(from: start).description }

    package func changes(
        since cursor: String?, reading fields: [String]
    ) async throws(CallFailure) -> ChangePage {
        guard let place = cursor.map(SalesforceCursor.init) ?? SalesforceCursor(from: Timestamp(milliseconds: 0)) else {
            throw SalesforceAdvice.rejected("bad-cursor", "")
        }
        let names = try await readable(fields)
        let schema = try await api.schema()
        let inQuery = Self.fitInQuery(names) ? names : []
        let page = try await api.page(place.query(schema, inQuery), includesDeleted: true)
        let records = page.records.map(SalesforceRecord.init)
        let last = records.last.flatMap { record in record.modifiedAt.map { (modifiedAt: $0, id: record.id) } }
        // Wide records make Salesforce's pages shorter than asked for.
        let isFull = last != nil && (records.count == SalesforceCursor.pageSize || !page.done)
        let contacts = try await contacts(of: records, reading: inQuery)
        let read = inQuery == names ? contacts : try await withFields(contacts, names)
        return ChangePage(
            contacts: try await withPeople(read.map { $0.lacking(fields, answered: names) }, names),
            nextCursor: place.next(last: last, isFull: isFull).description, isMore: isFull)
    }

    package func contactCount() async throws(CallFailure) -> Int? {
        try await api.page("SELECT COUNT() FROM Contact").totalSize
    }

    /// Of the deleted records, those that nothing lives on of. Read from the recycle bin, which keeps them for 15 days.
    package func deletions(after cursor: String?) async throws(CallFailure) -> DeletionPage {
        if let cursor, !SalesforceRecordID.isID(cursor) { throw SalesforceAdvice.rejected("bad-cursor", "") }
        let behind = cursor.map { " AND Id > \(SOQL.text($0))" } ?? ""
        let page = try await api.page(
            "SELECT Id,IsDeleted,MasterRecordId FROM Contact WHERE IsDeleted = true\(behind) "
                + "ORDER BY Id LIMIT \(Self.deletionsPerPage)", includesDeleted: true)
        let records = page.records.map(SalesforceRecord.init)
        let living = try await living(records.filter { $0.masterID != nil }.map(\.id))
        let isFull = records.count == Self.deletionsPerPage || !page.done
        return DeletionPage(
            ids: records.map(\.id).filter { living[$0] == nil }, nextCursor: isFull ? records.last?.id : nil)
    }

    /// Each record once, in the order of the page; a merged one stands for its survivor.
    private func contacts(
        of records: [SalesforceRecord], reading names: [String]
    ) async throws(CallFailure) -> [RemoteContact] {
        let merged = records.filter { $0.masterID != nil }
        let living = try await living(merged.map(\.id), reading: names)
        let book = try await api.schema().book
        let former = Dictionary(grouping: merged.filter { living[$0.id] != nil }) { living[$0.id]?.id ?? "" }
            .mapValues { $0.map(\.id) }
        var seen: Set<String> = []
        return records.compactMap { record in
            let subject = record.masterID == nil ? record : living[record.id] ?? record
            guard seen.insert(subject.id).inserted else { return nil }
            return RemoteContact(subject, mergedIDs: former[subject.id] ?? []).canonical(salesforce: names, book)
        }
    }
}
