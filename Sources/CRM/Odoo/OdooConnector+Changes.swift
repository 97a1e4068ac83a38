package import Domain

extension OdooConnector {
    /// Ids that are compared with those that are there, in one page.
    private static let slice: Int64 = 5000

    package func cursor(from start: Timestamp) -> String { OdooCursor(from: start).description }

    package func changes(
        since cursor: String?, reading fields: [String]
    ) async throws(CallFailure) -> ChangePage {
        guard let place = cursor.map(OdooCursor.init) ?? OdooCursor(from: Timestamp(milliseconds: 0)) else {
            throw OdooAdvice.rejected("bad-cursor", "")
        }
        let names = try await readable(fields)
        let page = try await partners(place.domain, order: place.order, limit: OdooCursor.pageSize, reading: names)
        let last = page.last.flatMap { partner in
            partner.writtenAt.flatMap { second in partner.id.map { (second: second, id: $0) } }
        }
        let next = place.next(last: last, isFull: page.count >= OdooCursor.pageSize)
        let contacts = try await contacts(of: page, reading: names)
        return ChangePage(
            contacts: contacts.map { $0.lacking(fields, answered: names) }, nextCursor: next.cursor.description,
            isMore: next.isMore)
    }

    package func contactCount() async throws(CallFailure) -> Int? {
        try await api.call(.count("res.partner"))
    }

    /// Odoo leaves no trace of what was deleted: every id below the newest that is not there (any more), or archived.
    /// Many of them never were a partner; nobody is linked with those.
    package func deletions(after cursor: String?) async throws(CallFailure) -> DeletionPage {
        let place = try await slicePlace(cursor)
        let end = min(place.after + Self.slice, place.newest)
        guard place.after < end else { return DeletionPage(ids: [], nextCursor: nil) }
        let there: [Int64] = try await api.call(
            .search(
                "res.partner", [["id", ">", .integer(place.after)], ["id", "<=", .integer(end)]],
                limit: Int(Self.slice), isWithArchived: false))
        let missing = Set((place.after + 1)...end).subtracting(there)
        return DeletionPage(
            ids: missing.sorted().map { String($0) }, nextCursor: end < place.newest ? "\(end).\(place.newest)" : nil)
    }

    private func slicePlace(_ cursor: String?) async throws(CallFailure) -> (after: Int64, newest: Int64) {
        guard let cursor else {
            let newest: [Int64] = try await api.call(.search("res.partner", [], order: "id desc", limit: 1))
            return (0, newest.first ?? 0)
        }
        let parts = cursor.split(separator: ".").compactMap { Int64($0) }
        guard parts.count == 2, parts[0] >= 0, parts[1] >= parts[0], parts[1] < 1 << 53 else {
            throw OdooAdvice.rejected("bad-cursor", "")
        }
        return (parts[0], parts[1])
    }
}
