/// What we tell a CRM about a contact. A nil field is left alone; nothing is ever emptied but by ``fields``.
package struct ContactUpsert: Equatable, Sendable {
    /// Our contact id, 13 characters: the upsert key.
    package var puenteID: String
    /// What it is told for: the same in every repetition, another one when the record must be made anew. Our job's id.
    package var occasion: String
    /// The CRM's id, when it is known: then this record is updated.
    package var remoteID: String?
    /// For records that this creates. People's names in the CRM are theirs: they are never overwritten.
    package var firstName: String?
    package var lastName: String?
    package var email: String?
    /// Digits as Meta writes them; written as the phone of records that this creates, and as WhatsApp id of all.
    package var waID: String?
    /// Business-scoped user id.
    package var userID: String?
    /// What the customer calls himself on WhatsApp.
    package var profileName: String?
    /// By the CRM's own names of its fields, each in the writing of ``RemoteContact/fields``. An empty text empties the field.
    /// Where a property above is written to the same field, that one counts.
    package var fields: [String: String]

    package init(
        puenteID: String, occasion: String = "", remoteID: String? = nil, firstName: String? = nil,
        lastName: String? = nil, email: String? = nil, waID: String? = nil, userID: String? = nil,
        profileName: String? = nil, fields: [String: String] = [:]
    ) {
        self.puenteID = puenteID
        self.occasion = occasion
        self.remoteID = remoteID
        self.firstName = firstName
        self.lastName = lastName
        self.email = email
        self.waID = waID
        self.userID = userID
        self.profileName = profileName
        self.fields = fields
    }
}
