package import Domain

/// A contact with everything by which it can be found.
package struct ContactDetail: Sendable {
    package struct Handle: Sendable {
        package let id: HandleID
        /// `phone`, `bsuid`, `parent_bsuid`, `email`.
        package let kind: String
        /// The portfolio of a BSUID; empty otherwise.
        package let scope: String
        /// Verbatim, as Meta or a person last wrote it.
        package let address: String
        package let validFrom: Timestamp
        /// Nil while it holds.
        package let validTo: Timestamp?
        /// `webhook`, `system_message`, `status`, `api`, `crm`, `person`, …
        package let evidence: String
        /// Of a phone: nil where messages arrive, as far as is known.
        package let unreachable: UnreachableNumber?

        /// Meta's word says so: there is such an account, whatever a country's plan says of its number.
        package var isOfWhatsApp: Bool { HandleEvidence.isOfWhatsApp(evidence) }
    }

    /// The contact's record in a CRM.
    package struct RemoteRef: Sendable {
        package let connection: ConnectionID
        package let name: String
        package let kind: String
        package let baseURL: String
        package let remoteID: String
        package let linkedAt: Timestamp
        package let seenAt: Timestamp
        /// When it was last compared with the contact, or given something; nil where that never was.
        package let comparedAt: Timestamp?
        /// The connection is switched off: the two are not kept alike.
        package let isSwitchedOff: Bool
        /// What it has as phone numbers and nobody can read.
        package let unreadableNumbers: [UnreadableNumber]
        /// Of contacts in the CRM's own pages: an id follows. Nil while the CRM has not said.
        let contactPage: String?

        /// When the two were last brought together, in whichever way.
        package var syncedAt: Timestamp { comparedAt.map { max($0, seenAt) } ?? seenAt }

        /// The record as people see it in the CRM; nil where that is not known.
        package var pageURL: String? { Self.page(of: remoteID, at: contactPage) }

        static func page(of remoteID: String, at contactPage: String?) -> String? {
            // Ids come from the CRM: one that would change where the link leads is none.
            guard let contactPage, remoteID.wholeMatch(of: /[A-Za-z0-9]+/) != nil else { return nil }
            return contactPage + remoteID
        }
    }

    package let person: PersonSummary
    /// In which the person is written to: `es`, `pt_BR`; nil while nobody has said.
    package let language: String?
    package let note: String
    /// Those that hold first, then the former ones, each newest first.
    package let handles: [Handle]
    package let remoteRefs: [RemoteRef]
    package let createdAt: Timestamp
    package let updatedAt: Timestamp
}

extension ContactDetail {
    /// Of what people change about a contact: name, language, note, and what holds of how they are reached.
    package var version: EditVersion {
        let holding = handles.filter { $0.validTo == nil }.map { "\($0.id)" }.sorted()
        return EditVersion(of: [person.name, language, note] + holding.map(Optional.some))
    }
}

extension ContactDetail.Handle {
    init(_ row: SQLRow) throws {
        id = try row.get("id")
        kind = try row.get("kind")
        scope = try row.get("scope")
        address = try row.get("address")
        validFrom = try row.get("valid_from")
        validTo = try row.get("valid_to")
        evidence = try row.get("evidence")
        unreachable = try UnreachableNumber(row)
    }
}

extension ContactDetail.RemoteRef {
    init(_ row: SQLRow) throws {
        connection = try row.get("connection_id")
        name = try row.get("slug")
        kind = try row.get("kind")
        baseURL = try row.get("base_url")
        remoteID = try row.get("remote_id")
        linkedAt = try row.get("linked_at")
        seenAt = try row.get("seen_at")
        comparedAt = try row.get("checked_at")
        isSwitchedOff = try row.get("state", as: String.self) == "disabled"
        unreadableNumbers = try row.json("unreadable_numbers")
        contactPage = try row.get("contact_page")
    }
}
