/// What a handle is, as the database names it.
package enum HandleKind: String, CaseIterable, Sendable {
    case phone, bsuid
    case parentBSUID = "parent_bsuid"
    case email

    /// How much it says of who somebody is, against another handle in the same webhook. A phone number may be given to
    /// somebody else; a business-scoped user id never is.
    package var strength: Int {
        switch self {
        case .bsuid: 3
        case .parentBSUID: 2
        case .phone: 1
        case .email: 0
        }
    }
}

/// Several handles that Meta named together, and the contacts that have them: who it is, and who turns out to be the same
/// person.
///
/// Handles in one event are one WhatsApp account's at that moment. From that follows:
/// - A contact who has *another* user id than the one named has lost the phone that was named with it: phone numbers are
///   given to new owners. Such a contact is neither whom Meta speaks of nor the same person.
/// - Contacts of whom nothing speaks against it are one person.
/// - Where only the phone speaks against it (the named user id is one's who has another phone), the user id says who it
///   is, and the contact who had the named phone only loses it.
package struct NamedHandles: Sendable {
    package struct Handle: Hashable, Sendable {
        package let kind: HandleKind
        /// The portfolio of a BSUID; empty otherwise.
        package let scope: String
        /// Canonical.
        package let value: String

        package init(_ kind: HandleKind, scope: String = "", _ value: String) {
            self.kind = kind
            self.scope = scope
            self.value = value
        }
    }

    /// A contact who has one of the handles.
    package struct Holder: Sendable {
        package let contact: ContactID
        /// Those of its WhatsApp account that hold, by more than a CRM's word.
        package let handles: Set<Handle>
        /// Whether it has the named handle by more than a CRM's word.
        package let isProven: Bool

        package init(_ contact: ContactID, handles: Set<Handle>, isProven: Bool) {
            self.contact = contact
            self.handles = handles
            self.isProven = isProven
        }

        /// What a CRM says of somebody whom WhatsApp knows by other handles may be mistyped.
        fileprivate var isBelieved: Bool { isProven || handles.isEmpty }

        /// Whether it has another handle where the other has this one.
        package func contradicts(_ handle: Handle) -> Bool {
            let alike = handles.filter { $0.kind == handle.kind && $0.scope == handle.scope }
            return !alike.isEmpty && !alike.contains(handle)
        }
    }

    package enum Verdict: Equatable, Sendable {
        /// None of the holders: somebody new.
        case nobody
        /// - Parameter same: further contacts who are the same person.
        case contact(ContactID, same: [ContactID])
    }

    private struct Claim {
        let handle: Handle
        let holder: Holder?
    }

    private let claims: [Claim]

    /// - Parameter named: each handle with the contact that has it.
    package init(_ named: [(handle: Handle, holder: Holder?)]) {
        claims = named.map { Claim(handle: $0.handle, holder: $0.holder) }
    }

    package var verdict: Verdict {
        let believed = claims.filter { claim in
            claim.holder.map { $0.isBelieved && !isRefuted($0, of: claim.handle) } ?? false
        }
        // The first of equals, so that the order of the claims decides.
        let strongest = believed.enumerated().max {
            ($0.element.handle.kind.strength, $1.offset) < ($1.element.handle.kind.strength, $0.offset)
        }
        guard let base = strongest?.element.holder else { return .nobody }
        let others = believed.compactMap(\.holder).filter { $0.contact != base.contact }
        guard !others.isEmpty, !speaksAgainst(base) else { return .contact(base.contact, same: []) }
        let same = Set(others.filter { !speaksAgainst($0) }.map(\.contact))
        return .contact(base.contact, same: same.sorted())
    }

    /// Something stronger than the handle by which the contact was found says that it is somebody else.
    private func isRefuted(_ holder: Holder, of handle: Handle) -> Bool {
        claims.contains {
            $0.handle.kind.strength > handle.kind.strength && holder.contradicts($0.handle)
        }
    }

    private func speaksAgainst(_ holder: Holder) -> Bool {
        claims.contains { holder.contradicts($0.handle) }
    }
}
