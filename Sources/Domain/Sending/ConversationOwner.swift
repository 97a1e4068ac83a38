/// Who answers in a conversation. Exactly one at any time, changed by compare-and-set.
package enum ConversationOwner: Hashable, Codable, Sendable {
    case automation
    case queue
    case person(StaffID)
}

/// The 24 hours after a customer's last message in which free-form messages are allowed.
/// Entry through an advertisement gives 72 free hours, but does not lengthen this window.
package enum CustomerServiceWindow {
    package static let length: Duration = .hours(24)

    /// - Parameter lastInbound: Meta's time of the customer's last message.
    package static func end(lastInbound: Timestamp?) -> Timestamp? {
        lastInbound.map { $0 + length }
    }

    package static func isOpen(lastInbound: Timestamp?, now: Timestamp) -> Bool {
        end(lastInbound: lastInbound).map { now < $0 } ?? false
    }
}
