package import Domain

/// What a CRM says of a contact in the fields that are mapped.
package struct SyncRecord: Sendable {
    /// Characters of one field that are read.
    package static let maxValue = 20_000

    package let contact: ContactID
    package let remoteID: String
    /// By the CRM's names. Blank: the CRM says nothing. Missing: it was not asked, and the field is left alone.
    package let fields: [String: String]
    /// By the CRM's clock; nil when it does not say.
    package let modifiedAt: Timestamp?
    /// When the CRM was asked; nil when it was not.
    package let readAt: Timestamp?

    package init(
        contact: ContactID, remoteID: String, fields: [String: String], modifiedAt: Timestamp? = nil,
        readAt: Timestamp? = nil
    ) {
        self.contact = contact
        self.remoteID = remoteID
        self.fields = fields.mapValues { String($0.prefix(Self.maxValue)) }
        self.modifiedAt = modifiedAt
        self.readAt = readAt
    }
}

/// A value that a CRM is to hold.
package struct SyncGive: Hashable, Sendable {
    package let local: LocalField
    /// As it is written there; blank empties the field.
    package let value: String
    /// What the CRM said.
    package let before: String
    /// What both say once it is written.
    package let agreed: String?
    /// The person who decided it; nil where the mapping did.
    package let decidedBy: String?
    /// When it was changed here, after both were last compared; nil where that is not why it is given.
    package var changedAt: Timestamp?
}

/// What came of comparing a contact with its record.
package struct SyncOutcome: Sendable {
    package let contact: ContactID
    package let remoteID: String
    /// By the CRM's names: to be written there.
    package internal(set) var gives: [String: SyncGive] = [:]
    /// What was taken over, and is written already.
    package internal(set) var taken: Set<LocalField> = []
    /// By the CRM's names: what waits for a person.
    package internal(set) var conflicts: Set<String> = []
    /// By the CRM's names: what stays as it is though it should not.
    package internal(set) var refusals: [String: SyncRefusal] = [:]

    /// What to write, by the CRM's names.
    package var fields: [String: String] { gives.mapValues(\.value) }
}
