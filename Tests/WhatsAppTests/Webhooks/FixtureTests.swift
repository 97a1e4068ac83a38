import Testing

@testable import Domain
@testable import WhatsApp

@Suite struct FixtureTests {
    /// What each payload says, read off the payloads by hand.
    static let expected: [String: [FactKind]] = [
        "account_alerts": [.notice],
        "account_review_update": [.notice],
        "account_update_account_deleted": [.notice],
        "account_update_account_restriction": [.notice],
        "account_update_account_violation": [.notice],
        "account_update_ad_account_linked": [.notice],
        "account_update_auth_intl_price_eligibility_update": [.notice],
        "account_update_business_primary_location_country_update": [.notice],
        "account_update_disabled_update": [.notice],
        "account_update_mm_lite_terms_signed": [.notice],
        "account_update_partner_added": [.notice],
        "account_update_partner_app_installed": [.notice],
        "account_update_partner_app_uninstalled": [.notice],
        "account_update_partner_client_certification_status_update": [.notice],
        "account_update_volume_based_pricing_tier_update": [.notice],
        "alt_account_update_account_offboarded": [.notice],
        "alt_b_accountReview": [.notice],
        "alt_b_contactMessage": [.message],
        "alt_b_phoneNumberNameUpdate": [.notice],
        "alt_b_reEngagementMessageError": [.status],
        "alt_b_textMessageStatusDelivered": [.status],
        "alt_c_audio": [.message],
        "alt_c_button": [.message],
        "alt_c_document": [.message],
        "alt_c_duplicate": [.message, .message],
        "alt_c_hello": [.message],
        "alt_c_image": [.message],
        "alt_c_list_reply": [.message],
        "alt_c_location": [.message],
        "alt_c_video": [.message],
        "alt_n_02_text": [.message],
        "alt_n_03_text": [.message, .message],
        "alt_n_04_reaction": [.message],
        "alt_n_06_image": [.message],
        "alt_n_07_document": [.message],
        "alt_n_08_sticker": [.message],
        "alt_n_11_contacts": [.message],
        "alt_n_13_interactive": [.message],
        "alt_n_14_interactive": [.message],
        "alt_n_16_system": [.identityChange],
        "automatic_events": [.notice],
        "batch_mixed_entries_changes_messages": [.message, .message, .status, .notice],
        "business_capability_update": [.notice],
        "flows_client_error_rate": [.notice],
        "flows_endpoint_error_rate": [.notice],
        "flows_endpoint_latency": [.notice],
        "flows_flow_status_change": [.notice],
        "flows_flow_version_expiry_warning": [.notice],
        "group_lifecycle_update": [.notice],
        "group_participants_update": [.notice],
        "group_settings_update": [.notice],
        "group_status_update": [.notice],
        "history_chunk": [.message, .message, .message, .message],
        "history_media": [.message],
        "message_audio": [.message],
        "message_button": [.message],
        "message_callback_quick_reply": [.message],
        "message_chosen_location": [.message],
        "message_contacts": [.message],
        "message_contacts_request_contact_info_reply": [.message],
        "message_document": [.message],
        "message_edit": [.edit],
        "message_forwarded": [.message],
        "message_group_text": [.message],
        "message_image": [.message],
        "message_interactive_button_reply": [.message],
        "message_interactive_list_reply": [.message],
        "message_interactive_nfm_reply": [.message],
        "message_location": [.message],
        "message_location_in_reply_to_request": [.message],
        "message_media_with_url": [.message],
        "message_order": [.message],
        "message_order_from_template": [.message],
        "message_reaction": [.message],
        "message_reaction_removed": [.message],
        "message_reply": [.message],
        "message_revoke": [.revocation],
        "message_sticker": [.message],
        "message_system_identity_change": [.identityChange],
        "message_system_user_changed_number": [.identityChange],
        "message_system_user_changed_number_with_bsuid": [.identityChange],
        "message_system_user_changed_user_id": [.identityChange],
        "message_template_components_update": [.template],
        "message_template_quality_update": [.template],
        "message_template_status_update_approved": [.template],
        "message_template_status_update_rejected": [.template],
        "message_text": [.message],
        "message_text_bsuid_and_phone": [.message],
        "message_text_bsuid_early_2025_shape": [.message],
        "message_text_referral_ctwa": [.message],
        "message_text_referred_product": [.message],
        "message_text_username_no_phone": [.message],
        "message_text_username_parent_bsuid": [.message],
        "message_unsupported": [.message],
        "message_video": [.message],
        "message_voice": [.message],
        "messages_value_errors": [.notice],
        "partner_solutions": [.notice],
        "payment_configuration_update": [.notice],
        "phone_number_name_update": [.notice],
        "phone_number_quality_update": [.notice],
        "security": [.notice],
        "smb_app_state_sync": [.notice],
        "smb_message_echoes": [.message],
        "smb_message_echoes_delete": [.revocation],
        "smb_message_echoes_edit": [.edit],
        "status_delivered": [.status],
        "status_delivered_to_bsuid_no_phone": [.status],
        "status_delivered_to_phone_with_bsuid": [.status],
        "status_failed": [.status],
        "status_failed_no_storage": [.status],
        "status_failed_to_bsuid": [.status],
        "status_group": [.status],
        "status_played": [.status],
        "status_read": [.status],
        "status_sent": [.status],
        "status_sent_v23_with_conversation": [.status],
        "status_with_biz_opaque_callback_data": [.status],
        "template_category_update_done": [.template],
        "template_category_update_impending": [.template],
        "user_id_update_legacy_field": [.identityChange],
        "user_preferences_resume": [.preference],
        "user_preferences_stop": [.preference],
    ]

    @Test func `the table names every payload there is`() throws {
        #expect(try Fixture.names() == Self.expected.keys.sorted())
        #expect(Self.expected.count == 123)
    }

    @Test(arguments: expected.keys.sorted())
    func `each payload says what its table line says`(name: String) throws {
        let updates = try Fixture.updates(name)

        #expect(updates.map { FactKind($0.fact) } == Self.expected[name])
        #expect(updates.allSatisfy { !$0.wabaID.isEmpty && !$0.field.isEmpty })
    }

    /// The two whose type WhatsApp itself would not pass on: a placeholder of the history and an unsupported message.
    @Test func `no message of a known type comes out as unsupported`() throws {
        let unsupported = try Fixture.names().filter { name in
            try Fixture.facts(name).contains { $0.message?.content.kind == .unsupported }
        }

        #expect(unsupported == ["history_chunk", "message_unsupported"])
    }

    @Test(arguments: expected.keys.sorted())
    func `a number joined to messages is named wherever the payload names it`(name: String) throws {
        let needsNumber: Set<FactKind> = [.message, .status, .edit, .revocation, .identityChange, .preference]

        for update in try Fixture.updates(name) where needsNumber.contains(FactKind(update.fact)) {
            #expect(update.phoneNumberID != nil)
        }
    }
}
