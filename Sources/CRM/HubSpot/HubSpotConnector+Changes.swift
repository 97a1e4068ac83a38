package import Domain

extension HubSpotConnector {
    package func cursor(from start: Timestamp) -> String {
        HubSpotCursor(from: start).description
    }

    package func changes(
        since cursor: String?, reading fields: [String]
    ) async throws(CallFailure) -> ChangePage {
        guard let place = cursor.map(HubSpotCursor.init) ?? HubSpotCursor(from: Timestamp(milliseconds: 0)) else {
            throw HubSpotAdvice.rejected("bad-cursor", "")
        }
        let page = try await api.search(api.paths.contacts, place.search)
        let found = page.results.map { RemoteContact($0) }
        let last = found.last.flatMap { contact in
            contact.modifiedAt.flatMap { at in Int64(contact.id).map { (modifiedAt: at, id: $0) } }
        }
        let next = place.next(last: last, hasNext: page.paging?.next != nil)
        // The index is seconds behind: what it says of a record may be what it said before our own last write.
        let read = try await contacts(remoteIDs: found.map(\.id), reading: fields)
        return ChangePage(contacts: read, nextCursor: next.cursor.description, isMore: next.isMore)
    }

    package func contactCount() async throws(CallFailure) -> Int? {
        let page = try await api.search(
            api.paths.contacts, HubSpotSearch(filterGroups: [], sorts: [], properties: ["hs_object_id"], limit: 1))
        return page.total
    }

    package func deletions(after cursor: String?) async throws(CallFailure) -> DeletionPage {
        var path = "\(api.paths.contacts)?archived=true&limit=100&properties=hs_object_id"
        if let cursor {
            guard Self.isRecordID(cursor) else { throw HubSpotAdvice.rejected("bad-cursor", "") }
            path += "&after=\(cursor)"
        }
        let page: HubSpotPage = try await api.get(path)
        return DeletionPage(ids: page.results.map(\.id), nextCursor: page.paging?.next?.after)
    }
}
