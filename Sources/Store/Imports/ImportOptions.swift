package import Domain

/// What becomes of what a file says: as a person decided before it was checked.
package struct ImportOptions: Codable, Equatable, Sendable {
    /// What a row does to somebody who is here already.
    package enum Existing: String, Codable, CaseIterable, Sendable {
        /// It says what was not known; what is known stays.
        case fill
        /// What it says counts. What it does not speak of stays.
        case overwrite
        /// Nothing, but that they do not want to be written to.
        case skip
    }

    /// That people of the list agreed to be written to: somebody's word, told with the list.
    package struct ConsentClaim: Codable, Equatable, Sendable {
        package enum Of: String, Codable, CaseIterable, Sendable {
            /// Those whose row says so in its column.
            case column
            /// All but those whose row says something else in its column.
            case everybody
        }

        package var of: Of
        /// What they were shown or asked.
        package var words: String
        /// Where and how: "Form of the fair in Puebla".
        package var source: String
        /// When; nil when nobody knows: then it counts from the import on.
        package var at: Timestamp?

        package init(of: Of, words: String, source: String, at: Timestamp? = nil) {
            self.of = of
            self.words = words
            self.source = source
            self.at = at
        }
    }

    package var existing = Existing.fill
    /// For everybody in the list, beside those of their rows.
    package var labels: [String] = []
    package var consent: ConsentClaim?
    /// Fields that the company has not yet, made when the list is imported.
    package var newFields: [ImportField] = []

    package init() {}
}

/// One of the company's own fields, as an import fills it.
package struct ImportField: Codable, Equatable, Sendable {
    /// Of this company: never changes.
    package let key: String
    package let name: String
    package let kind: FieldKind
    /// Of a choice.
    package let choices: [String]

    package init(key: String, name: String, kind: FieldKind, choices: [String] = []) {
        self.key = key
        self.name = name
        self.kind = kind
        self.choices = choices
    }
}
