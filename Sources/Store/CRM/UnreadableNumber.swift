package import Domain

/// What a CRM has as somebody's phone number and nobody can read as one.
package struct UnreadableNumber: Codable, Hashable, Sendable {
    /// Longer texts are cut: they are for people to look at.
    package static let longest = 100
    /// Of one record.
    package static let most = 10

    /// As the CRM has it.
    package let text: String
    /// Why it cannot be read: `tooShort`, `unknownCountry`, …
    package let problem: String

    package init(_ text: String, problem: String) {
        self.text = String(text.unicodeScalars.prefix(Self.longest))
        self.problem = problem
    }
}

extension ContactAdoption {
    /// Keeps what could not be read of a record, or that everything can be by now. What a record said before what was read
    /// last is no news.
    func keepUnreadable(_ identity: RemoteIdentity, of contact: ContactID) throws {
        let numbers = Array(identity.unreadableNumbers.prefix(UnreadableNumber.most))
        try connection.execute(
            """
            UPDATE remote_ref SET unreadable_numbers = :numbers, unreadable_count = :count
            WHERE workspace_id = :workspace_id AND connection_id = :connection_id AND entity = 'contact'
                AND local_id = :local_id AND remote_id = :remote_id AND unreadable_numbers <> :numbers
                AND COALESCE(:changed_at >= changed_at, TRUE)
            """,
            [
                "numbers": try JSONText.encode(numbers), "count": numbers.count, "workspace_id": workspace,
                "connection_id": crm,
                "local_id": contact, "remote_id": identity.remoteID, "changed_at": identity.changedAt,
            ])
    }
}
