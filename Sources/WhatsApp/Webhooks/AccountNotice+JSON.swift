import Domain

extension AccountNotice {
    /// Out of a change of a field whose news are kept. Nil when its value is no object.
    init?(_ change: Change) {
        let value = change.value
        guard value.isObject else { return nil }
        let item = Self.firstItem(of: value)
        self.init(
            event: Self.first(of: Self.eventKeys, in: [value, value["alert_info"], item]) ?? change.field,
            subject: Self.first(of: Self.subjectKeys, in: [value, item, value["waba_info"], value["metadata"]]),
            at: change.entryTime ?? Self.time(of: item), detail: value.sortedText,
            messagingLimit: Self.limitFields[change.field].flatMap { value[$0].text }.flatMap(MessagingLimit.init),
            standing: change.field == "account_update" ? AccountStanding(value) : nil)
    }

    /// Where a change names the portfolio's limit.
    private static let limitFields = [
        "business_capability_update": "max_daily_conversations_per_business",
        "phone_number_quality_update": "max_daily_conversations_per_business",
    ]

    /// In the order in which they tell most.
    private static let eventKeys = [
        "event", "event_name", "decision", "alert_type", "type", "status", "solution_status", "current_limit",
    ]
    private static let subjectKeys = [
        "display_phone_number", "phone_number", "flow_id", "group_id", "entity_id", "waba_id", "solution_id",
        "configuration_name",
    ]

    /// The values that hold a list have it under one of these names.
    private static func firstItem(of value: JSON) -> JSON {
        ["groups", "calls", "automatic_events", "state_sync"].lazy.compactMap { value[$0].items.first }.first ?? .null
    }

    private static func first(of keys: [String], in places: [JSON]) -> String? {
        for place in places where place.isObject {
            if let text = keys.lazy.compactMap({ place[$0].text }).first { return text }
        }
        return nil
    }

    private static func time(of item: JSON) -> Timestamp? {
        item["timestamp"].time ?? item["metadata"]["timestamp"].time
    }
}

extension AccountStanding {
    /// Out of the value of `account_update`; nil for the many events that change nothing for messages.
    /// Source: Cloud API, "Webhooks: account_update", Graph API v25.0.
    fileprivate init?(_ value: JSON) {
        switch (value["event"].text, value["ban_info"]["waba_ban_state"].text) {
        case ("DISABLED_UPDATE", "DISABLE"): self = .disabled
        case ("DISABLED_UPDATE", "SCHEDULE_FOR_DISABLE"): self = .willBeDisabled
        case ("DISABLED_UPDATE", "REINSTATE"): self = .reinstated
        case ("ACCOUNT_DELETED", _): self = .deleted
        case ("ACCOUNT_RESTRICTION", _):
            let types = value["restriction_info"].items.compactMap { $0["restriction_type"].text }
            // Calls are not messages.
            if !types.isEmpty, types.allSatisfy({ $0.contains("CALLING") }) { return nil }
            self = .restricted
        case ("ACCOUNT_VIOLATION", _): self = .violation
        default: return nil
        }
    }
}
