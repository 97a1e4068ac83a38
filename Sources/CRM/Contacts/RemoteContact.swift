package import Domain

/// A contact as the CRM holds it now.
package struct RemoteContact: Equatable, Sendable {
    /// By which of our handles it was recognised.
    package enum Match: String, Codable, CaseIterable, Sendable { case remoteID, puenteID, phone, userID, email }

    /// After a merge the survivor's: always adopt it.
    package var id: String
    /// What the field `puente_id` says.
    package var puenteID: String?
    package var firstName: String?
    package var lastName: String?
    package var email: String?
    /// As the CRM holds them, in any writing.
    package var phones: [String]
    /// Business-scoped user id.
    package var userID: String?
    /// The CRM's id of the colleague who owns the contact.
    package var ownerID: String?
    /// By the CRM's clock.
    package var modifiedAt: Timestamp?
    package var isDeleted: Bool
    /// Ids of records that were merged into this one.
    package var mergedIDs: [String]
    /// Every field that was read, under its name in the CRM; empty ones are left out. Those that were asked for by name are
    /// in one writing, whatever the CRM: numbers `12.5`, `true` and `false`, `2026-11-26`, moments ISO 8601 in UTC, sets with
    /// `;` between their words, choices as they are stored, ids of records, and users by e-mail address, in lower case, or by
    /// id where they have none.
    package var fields: [String: String]
    /// Fields that were asked for and that the CRM does not have (any more): nothing is known of them, which is not the same as
    /// blank.
    package var lacking: Set<String> = []
    /// Set by `findContacts` only.
    package var matches: Set<Match>

    package init(
        id: String, puenteID: String? = nil, firstName: String? = nil, lastName: String? = nil, email: String? = nil,
        phones: [String] = [], userID: String? = nil, ownerID: String? = nil, modifiedAt: Timestamp? = nil,
        isDeleted: Bool = false, mergedIDs: [String] = [], fields: [String: String] = [:], matches: Set<Match> = []
    ) {
        self.id = id
        self.puenteID = puenteID
        self.firstName = firstName
        self.lastName = lastName
        self.email = email
        self.phones = phones
        self.userID = userID
        self.ownerID = ownerID
        self.modifiedAt = modifiedAt
        self.isDeleted = isDeleted
        self.mergedIDs = mergedIDs
        self.fields = fields
        self.matches = matches
    }
}

extension RemoteContact {
    /// A WhatsApp ID is a whole number, but has no "+": without one it would be read as a number of the company's country.
    static func phone(whatsAppID: String?) -> String? {
        whatsAppID.map { !$0.isEmpty && $0.allSatisfy(\.isNumber) ? "+\($0)" : $0 }
    }

    /// The same with a note of those of these fields that the CRM does not have.
    /// - Parameter answered: those of which it said something, if only that they are empty.
    func lacking(_ asked: [String], answered: some Sequence<String>) -> RemoteContact {
        var contact = self
        contact.lacking.formUnion(Set(asked).subtracting(answered))
        return contact
    }

    /// The same with these fields in their one writing.
    /// - Parameter texts: of the fields that were asked for; nil or empty where one says nothing.
    func with(_ texts: [String: String?]) -> RemoteContact {
        var contact = self
        for (name, text) in texts { contact.fields[name] = text.flatMap { $0.isEmpty ? nil : $0 } }
        return contact
    }
}
