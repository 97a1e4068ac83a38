import Domain

/// The handles that a contact can be written to at, the newest first.
struct ContactAddresses {
    struct Address {
        let kind: String
        let scope: String
        let address: String
        /// Only a CRM or a list says that it is theirs.
        let isClaim: Bool
        /// Which of a merged person's WhatsApp accounts it is of; nil for their own.
        let account: ContactID?
        /// The last message to it could not be delivered.
        let isUnreachable: Bool

        init(_ row: SQLRow) throws {
            kind = try row.get("kind")
            scope = try row.get("scope")
            address = try row.get("address")
            isClaim = HandleEvidence.isClaim(try row.get("evidence"))
            account = try row.get("account_id")
            isUnreachable = try row.get("is_unreachable")
        }
    }

    private var addresses: [Address] = []

    mutating func add(_ address: Address) { addresses.append(address) }

    /// See ``SQLConnection/recipient(contact:account:portfolio:in:)``.
    func recipient(of account: ContactID, portfolio: String) -> Recipient? {
        let meant = addresses.filter { $0.account == nil || $0.account == account }
        return Self.recipient(among: meant, portfolio: portfolio)
            ?? Self.recipient(among: addresses, portfolio: portfolio)
    }

    /// Whether it is a number that is marked.
    func isUnreachable(_ recipient: Recipient?) -> Bool {
        guard case .phone(let digits)? = recipient else { return false }
        return addresses.contains { $0.kind == "phone" && $0.address == digits && $0.isUnreachable }
    }

    private static func recipient(among addresses: [Address], portfolio: String) -> Recipient? {
        func first(_ isMeant: (Address) -> Bool) -> String? { addresses.first(where: isMeant)?.address }
        if let phone = first({ $0.kind == "phone" && !$0.isClaim }) { return .phone(phone) }
        if let user = first({ $0.kind == "bsuid" && $0.scope == portfolio }) ?? first({ $0.kind == "parent_bsuid" }) {
            return .userID(user)
        }
        return first { $0.kind == "phone" }.map(Recipient.phone)
    }
}
