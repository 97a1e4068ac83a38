/// What a company may note of a contact. A field keeps its kind for ever: what was noted would mean something else.
package enum FieldKind: String, Codable, CaseIterable, Sendable {
    case text
    case number
    /// A day, without a time.
    case date
    /// One of the words that the field lists.
    case choice
    case yesNo = "yes_no"
}
