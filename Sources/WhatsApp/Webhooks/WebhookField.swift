/// How a field of the WhatsApp Business Account object is read.
/// Source: Cloud API, "Webhooks: fields", and the changelog up to August 2026.
enum WebhookField {
    /// A value with `metadata` and arrays of messages, statuses, echoes, threads or preferences.
    case messaging
    case template
    /// News that are kept as they came.
    case account

    init?(_ name: String) {
        switch name {
        case "messages", "message_echoes", "smb_message_echoes", "history", "user_preferences", "user_id_update":
            self = .messaging
        case "message_template_status_update", "message_template_quality_update",
            "message_template_components_update", "template_category_update":
            self = .template
        case _ where Self.accountFields.contains(name):
            self = .account
        default:
            return nil
        }
    }

    private static let accountFields: Set<String> = [
        "account_alerts", "account_review_update", "account_settings_update", "account_update", "automatic_events",
        "business_capability_update", "business_status_update", "business_username_update", "calls", "flows",
        "group_lifecycle_update", "group_participants_update", "group_settings_update", "group_status_update",
        "messaging_handovers", "partner_solutions", "payment_configuration_update", "phone_number_name_update",
        "phone_number_quality_update", "phone_number_username_update", "security", "smb_app_state_sync", "standby",
        "template_correct_category_detection", "tracking_events",
    ]
}
