import Domain
import Store

extension ContactFacts {
    init(_ contact: ContactDetail) {
        self.init(
            person: PersonFacts(contact.person), handles: Self.handles(of: contact),
            links: contact.remoteRefs.map {
                Link(
                    connection: CRMName.shown($0.name, kind: $0.kind), lastSync: $0.syncedAt,
                    isSwitchedOff: $0.isSwitchedOff, url: $0.pageURL)
            },
            firstSeen: contact.createdAt)
    }

    /// Those that hold now. A parent BSUID says nothing to a person that the BSUID does not.
    private static func handles(of contact: ContactDetail) -> [Handle] {
        let known = contact.handles.filter { $0.validTo == nil }.compactMap { handle -> Handle? in
            switch handle.kind {
            case "phone":
                Handle(
                    kind: .phone, value: PhoneText.international(handle.address),
                    isUnreachable: handle.unreachable != nil)
            case "bsuid": Handle(kind: .userID, value: handle.address)
            case "email": Handle(kind: .email, value: handle.address)
            default: nil
            }
        }
        let username = contact.person.username.map { [Handle(kind: .username, value: $0)] } ?? []
        // What people call somebody by stands first.
        return known.filter { $0.kind == .phone } + username + known.filter { $0.kind != .phone }
    }
}
