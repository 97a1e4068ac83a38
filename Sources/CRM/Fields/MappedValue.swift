import Domain

/// A value that fits its field, read from the one writing that values have between Puente and its connectors: numbers
/// `12.5`, yes and no `true` and `false`, days `2026-11-26`, moments ISO 8601 in UTC, sets with `;` between their words,
/// choices as the CRM stores them, records by their id there, users by their e-mail address.
enum MappedValue: Equatable, Sendable {
    /// The field is emptied.
    case empty
    /// Also a choice, a phone number, an address, and the id of a record.
    case text(String)
    /// With a point, and without needless zeros.
    case number(String)
    case flag(Bool)
    /// `2026-11-26`
    case date(String)
    case moment(Timestamp)
    case words([String])
}

/// A field and what it is to hold.
struct MappedField: Equatable, Sendable {
    let field: DescribedField
    let value: MappedValue

    var name: String { field.name }
}
