import Domain

/// Somebody who works in a CRM, and may own contacts there.
package struct RemoteUser: Equatable, Sendable {
    package let id: String
    /// In lower case; nil where the CRM tells none.
    package let email: String?
    package let name: String
    /// Contacts can be given to them.
    package let isActive: Bool

    package init(id: String, email: String?, name: String, isActive: Bool) {
        self.id = id
        self.email = email.map(Self.address).flatMap { $0.contains("@") ? $0 : nil }
        self.name = name
        self.isActive = isActive
    }

    /// In the one writing in which addresses are compared.
    static func address(_ text: String) -> String { FieldShape.user.canonical(text, phones: { _ in nil }) }
}

/// The people of an account, as they were read last.
struct UserDirectory: Equatable, Sendable {
    /// More are not read. Who is not among them is known by id only.
    static let maxUsers = 5000

    /// Those to whom a contact can be given.
    let addresses: Set<String>
    private let emails: [String: String]
    private let ids: [String: String]
    private let known: Set<String>

    init(_ users: some Collection<RemoteUser>) {
        let users = users.prefix(Self.maxUsers)
        let named = users.compactMap { user in user.email.map { (user, $0) } }
        emails = Dictionary(named.map { ($0.0.id, $0.1) }, uniquingKeysWith: { first, _ in first })
        // Several accounts of one address, as integrations have: nobody knows which of them is meant.
        let active = Dictionary(grouping: named.filter(\.0.isActive), by: \.1)
        ids = active.compactMapValues { $0.count == 1 ? $0.first?.0.id : nil }
        addresses = Set(ids.keys)
        known = Set(users.map(\.id)).union(emails.values)
    }

    /// By id or by e-mail address.
    func knows(_ text: String) -> Bool { known.contains(text) || known.contains(RemoteUser.address(text)) }

    /// The e-mail address of an id; what has none stays as it is.
    func name(of id: String) -> String { emails[id] ?? id }

    /// Nil where nobody active has the address, or more than one.
    func id(of email: String) -> String? { ids[RemoteUser.address(email)] }
}
