package import Domain

extension ZohoConnector {
    package func cursor(from start: Timestamp) -> String {
        ZohoCursor(from: start).description
    }

    package func changes(
        since cursor: String?, reading fields: [String]
    ) async throws(CallFailure) -> ChangePage {
        guard let place = cursor.map(ZohoCursor.init) ?? ZohoCursor(from: Timestamp(milliseconds: 0)) else {
            throw ZohoAdvice.rejected("bad-cursor", "")
        }
        let names = try await readable(fields)
        let (page, isWhole) = try await page(at: place, reading: names)
        let book = try await schema().book
        let contacts = page.data.compactMap { said($0, of: isWhole ? names : [], book) }
        let last = contacts.last.flatMap { contact in
            contact.modifiedAt.flatMap { at in Int64(contact.id).map { (modifiedAt: at, id: $0) } }
        }
        let next = place.next(last: last, hasNext: page.isMore)
        let read = (isWhole ? contacts : try await withFields(contacts, names))
            .map { $0.lacking(fields, answered: names) }
        let named = try await people.named(read, names, in: book)
        return ChangePage(contacts: named, nextCursor: next.cursor.description, isMore: next.isMore)
    }

    /// - Returns: whether it has the fields that were asked for: records have some that queries cannot name.
    private func page(
        at place: ZohoCursor, reading names: [String]
    ) async throws(CallFailure) -> (page: ZohoPage, isWhole: Bool) {
        let always = try await schema().read
        let columns = always + names.filter { !always.contains($0) }
        if columns.count <= Self.maxColumns, !names.contains(Self.tags) {
            do throws(CallFailure) {
                return (try await api.query(place.query(columns), limit: ZohoCursor.pageSize), true)
            } catch {
                guard !names.isEmpty, error.code == "INVALID_QUERY" else { throw error }
                // One of them may be gone.
                forgetSchema(try await schema().book)
            }
        }
        return (try await api.query(place.query(always), limit: ZohoCursor.pageSize), names.isEmpty)
    }

    /// Those in the recycle bin and those gone for good; the losers of merges are among them.
    package func deletions(after cursor: String?) async throws(CallFailure) -> DeletionPage {
        guard let number = Int(cursor ?? "1"), (1...100_000).contains(number) else {
            throw ZohoAdvice.rejected("bad-cursor", "")
        }
        do throws(CallFailure) {
            let page: ZohoPage? = try await api.get("/Contacts/deleted?type=all&per_page=200&page=\(number)")
            let ids = (page?.data ?? []).compactMap { $0["id"]?.text }.filter(Self.isRecordID)
            return DeletionPage(ids: ids, nextCursor: page?.isMore == true ? String(number + 1) : nil)
        } catch {
            // Where Zoho counts no further, the newest two thousand have been read.
            guard number > 1, error.code == "DISCRETE_PAGINATION_LIMIT_EXCEEDED" else { throw error }
            return DeletionPage(ids: [], nextCursor: nil)
        }
    }
}
