package import Domain

/// Whom a row speaks of: read, tidied, and by somebody's rules possible.
package struct ImportedPerson: Codable, Equatable, Sendable {
    /// What the row says in one of the company's own fields.
    package struct Field: Codable, Equatable, Sendable {
        /// As ``ImportField/key``.
        package let key: String
        package let value: FieldValue

        package init(key: String, value: FieldValue) {
            self.key = key
            self.value = value
        }
    }

    /// What stands in a row beside what is the person's own.
    package struct Reach: Codable, Equatable, Sendable {
        /// Digits with the country's first and without "+".
        package let phones: [String]
        package let emails: [String]

        package init(phones: [String], emails: [String]) {
            self.phones = phones
            self.emails = emails
        }

        package var isEmpty: Bool { phones.isEmpty && emails.isEmpty }
    }

    /// Digits with the country's first and without "+"; the one that the person is known by comes first.
    package var phones: [String]
    /// An address that is nobody else's in the file.
    package var email: String?
    /// By which WhatsApp knows the person. It finds somebody, since Meta gave it; that it is somebody's takes Meta's word.
    package var userID: String?
    package var name: String?
    /// `es`, `pt_BR`.
    package var language: String?
    package var note: String?
    package var labels: [String]?
    package var fields: [Field]?
    /// Whether the row itself says that the person agreed to be written to: false also where what it says is no clear yes,
    /// nil where it says nothing.
    package var agreed: Bool?
    /// The row says that the person does not want to be written to.
    package var optedOut: Bool?
    /// Of a row that says so: for whom it counts, too.
    package var besides: Reach?

    package init(phones: [String], email: String? = nil, userID: String? = nil, name: String? = nil) {
        self.phones = phones
        self.email = email
        self.userID = userID
        self.name = name
    }
}

/// Something about a row that a person is told.
package struct ImportNote: Codable, Equatable, Sendable {
    /// Stable across releases, for example `phone_tooShort`.
    package let code: String
    /// Of this row.
    package let sentence: LocalizedText

    package init(code: String, sentence: LocalizedText) {
        self.code = code
        self.sentence = sentence
    }
}
