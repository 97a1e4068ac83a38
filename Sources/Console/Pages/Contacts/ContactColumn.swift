package import Domain

/// A column of the contacts table beside the name, which is always there.
package enum ContactColumn: Hashable, Sendable {
    case phone, email, username, labels, language, consent, activity, created, changed
    /// A field of the company's own.
    case field(FieldID)

    /// Those that every company has, in their order.
    package static let common: [ContactColumn] = [
        .phone, .email, .username, .labels, .language, .consent, .activity, .created, .changed,
    ]

    /// What somebody sees who chose nothing yet.
    package static let usual: [ContactColumn] = [.phone, .email, .labels, .consent, .activity]

    /// Above the column, and in the choice of columns.
    func label(_ fields: [FieldFacts], in context: PageContext) -> String {
        if case .field(let id) = self { return fields.first { $0.id == id }?.name ?? "" }
        return context.words("contacts.column.\(self)")
    }

    /// By which the table can be sorted, where it can.
    var order: ContactsFilter.Order? {
        switch self {
        case .activity: .activity
        case .created: .created
        case .changed: .changed
        case .phone, .email, .username, .labels, .language, .consent, .field: nil
        }
    }
}

extension ContactColumn: LosslessStringConvertible {
    package var description: String {
        switch self {
        case .phone: "phone"
        case .email: "email"
        case .username: "username"
        case .labels: "labels"
        case .language: "language"
        case .consent: "consent"
        case .activity: "activity"
        case .created: "created"
        case .changed: "changed"
        case .field(let id): "\(id)"
        }
    }

    package init?(_ description: String) {
        if let known = Self.common.first(where: { $0.description == description }) {
            self = known
        } else if let id = FieldID(description) {
            self = .field(id)
        } else {
            return nil
        }
    }
}
