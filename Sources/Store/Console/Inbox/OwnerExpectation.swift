package import Domain

/// What the page showed when a person asked for a change; the change is made only while it still holds.
package enum OwnerExpectation: Sendable {
    /// `ConversationSummary.ownerVersion`.
    case version(Int64)
    case owner(ConversationOwner)
    /// Whoever has it: for a program that does not care.
    case any
}

extension OwnerExpectation {
    func holds(for conversation: ConversationSummary) -> Bool {
        switch self {
        case .version(let version): conversation.ownerVersion == version
        case .owner(let owner): conversation.owner == owner
        case .any: true
        }
    }
}

extension ConversationOwner {
    /// Columns `owner` and `owner_staff_id`.
    var columns: (owner: String, staff: StaffID?) {
        switch self {
        case .automation: ("automation", nil)
        case .queue: ("queue", nil)
        case .person(let staff): ("person", staff)
        }
    }
}
