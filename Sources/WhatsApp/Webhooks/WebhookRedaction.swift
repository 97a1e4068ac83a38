/// Takes what is about one person out of a webhook's body, and leaves what is about others as it came.
///
/// The items that name the person go from the arrays of `entry[].changes[].value`: `contacts`, `messages`, `statuses`,
/// `message_echoes`, `user_preferences`, `user_id_update`, `state_sync`, and the threads of `history`.
/// Source: Cloud API, "Webhooks: notification payload reference", Graph API v25.0.
package struct WebhookRedaction: Sendable {
    private static let lists: Set<String> = [
        "contacts", "messages", "statuses", "message_echoes", "user_preferences", "user_id_update", "state_sync",
        "threads", "calls",
    ]
    /// Members of an item that name the person it is about, also as members of these.
    private static let within: Set<String> = [
        "system", "contact", "history_context", "profile", "user", "customer", "user_id", "parent_user_id",
    ]

    private let identifiers: Set<String>

    /// - Parameter identifiers: phones and user ids as Meta writes them, without a plus.
    package init(_ identifiers: [String]) {
        self.identifiers = Set(identifiers)
    }

    /// - Returns: the body without the person; nil when it does not speak of them. A body that cannot be read, and holds an
    ///   identifier somewhere, has nothing left.
    package func applied(to body: [UInt8]) -> [UInt8]? {
        guard let json = try? JSONParser.parse(body) else { return Array("{}".utf8) }  // no one else can read it either
        let (redacted, isChanged) = applied(to: json, inValue: false)
        return isChanged ? redacted.bytes : nil
    }

    private func applied(to json: JSON, inValue: Bool) -> (JSON, Bool) {
        switch json {
        case .object(let members):
            var isChanged = false
            let redacted = members.map { member -> JSON.Member in
                let isInside = inValue || member.key == "value"
                var (value, hasChanged) = applied(to: member.value, inValue: isInside)
                if inValue, Self.lists.contains(member.key), case .array(let items) = value {
                    let others = items.filter { !isOfPerson($0) }
                    hasChanged = hasChanged || others.count < items.count
                    value = .array(others)
                }
                isChanged = isChanged || hasChanged
                return JSON.Member(key: member.key, value: value)
            }
            return (.object(redacted), isChanged)
        case .array(let elements):
            let redacted = elements.map { applied(to: $0, inValue: inValue) }
            return (.array(redacted.map(\.0)), redacted.contains { $0.1 })
        case .null, .bool, .number, .string: return (json, false)
        }
    }

    private func isOfPerson(_ item: JSON) -> Bool {
        guard case .object(let members) = item else { return false }
        return members.contains { member in
            switch member.value {
            case .string, .number: names(member.value)
            case .object(let inner) where Self.within.contains(member.key): inner.contains { names($0.value) }
            case .null, .bool, .array, .object: false
            }
        }
    }

    private func names(_ value: JSON) -> Bool {
        guard let text = value.text else { return false }
        return identifiers.contains(text) || (text.first == "+" && identifiers.contains(String(text.dropFirst())))
    }
}
