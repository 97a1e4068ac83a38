import Testing

@testable import Domain
@testable import WhatsApp

@Suite struct NoticeTests {
    private func template(_ name: String) throws -> TemplateNotice {
        try #require(try Fixture.facts(name).first?.template)
    }

    private func notice(_ name: String) throws -> AccountNotice {
        try #require(try Fixture.facts(name).first?.notice)
    }

    @Test func `an approval names template, language and state`() throws {
        let notice = try template("message_template_status_update_approved")

        #expect(notice.kind == .status)
        #expect(notice.templateID == "1689556908129832")
        #expect(notice.name == "order_confirmation")
        #expect(notice.language == "en_US")
        #expect(notice.value == "APPROVED")
        #expect(notice.reason == nil)
        #expect(notice.at == Timestamp(seconds: 1_751_247_548))
    }

    @Test func `a rejection says why and what to do`() throws {
        let reason = try #require(try template("message_template_status_update_rejected").reason)

        #expect(reason.hasPrefix("INVALID_FORMAT: Your template has parameters placed next to each other"))
        #expect(reason.hasSuffix("clearly contextualized."))
    }

    @Test func `a change of quality is recognised under the wrong field too`() throws {
        let right = try template("message_template_quality_update")
        let value =
            #"{"previous_quality_score":"GREEN","new_quality_score":"RED","message_template_id":9007199254740993}"#
        let wrong = WebhookDecoder.decode(webhook(value, field: "message_template_status_update")).updates.first

        #expect(right.kind == .quality)
        #expect(right.value == "YELLOW")
        #expect(right.previousValue == "GREEN")
        #expect(wrong?.fact.template?.kind == .quality)
        #expect(wrong?.fact.template?.templateID == "9007199254740993")
    }

    @Test func `a category changes with notice and then for good`() throws {
        let impending = try template("template_category_update_impending")
        let done = try template("template_category_update_done")

        #expect(impending.value == "UTILITY")
        #expect(impending.reason == "correct_category: MARKETING")
        #expect(done.value == "MARKETING")
        #expect(done.previousValue == "UTILITY")
        #expect(done.reason == nil)
    }

    @Test func `a change of text carries the new body`() throws {
        let notice = try template("message_template_components_update")

        #expect(notice.kind == .components)
        #expect(notice.value.hasPrefix("Thank you for your order, {{1}}!"))
        #expect(notice.detail.contains("Lucky Shrub: the Succulent Specialists!"))
    }

    @Test(
        arguments: [
            ("account_alerts", "INCREASED_CAPABILITIES_ELIGIBILITY_DEFERRED", "506914307656634"),
            ("account_review_update", "APPROVED", nil),
            ("account_update_account_restriction", "ACCOUNT_RESTRICTION", "PN"),
            ("account_update_partner_added", "PARTNER_ADDED", "980198427658004"),
            ("automatic_events", "LeadSubmitted", "15550783881"),
            ("business_capability_update", "business_capability_update", nil),
            ("flows_endpoint_latency", "ENDPOINT_LATENCY", "691244242662581"),
            ("group_lifecycle_update", "group_create", "DISPLAY_PHONE_NUMBER"),
            ("messages_value_errors", "error 130429", "15550783881"),
            ("partner_solutions", "SOLUTION_CREATED", "774485461512159"),
            ("payment_configuration_update", "Needs Testing", "razorpay-prod"),
            ("phone_number_name_update", "APPROVED", "15550783881"),
            ("phone_number_quality_update", "THROUGHPUT_UPGRADE", "15550783881"),
            ("security", "PIN_RESET_REQUEST", "15550783881"),
            ("smb_app_state_sync", "contact", "15550783881"),
        ] as [(String, String, String?)])
    func `a notice says what happened to what`(name: String, event: String, subject: String?) throws {
        let notice = try notice(name)

        #expect(notice.event == event)
        if let subject {
            #expect([subject, "GROUP_ID"].contains(notice.subject))
        } else {
            #expect(notice.subject == nil)
        }
    }

    @Test func `what Meta does to a whole account is recognised, and told from other news of it`() throws {
        let ban = { (state: String) in
            let value = #"{"event":"DISABLED_UPDATE","ban_info":{"waba_ban_state":"\#(state)","waba_ban_date":"x"}}"#
            return WebhookDecoder.decode(webhook(value, field: "account_update")).updates.first?.fact.notice?.standing
        }

        let restriction = { (types: String) in
            let value = #"{"event":"ACCOUNT_RESTRICTION","restriction_info":[\#(types)]}"#
            return WebhookDecoder.decode(webhook(value, field: "account_update")).updates.first?.fact.notice?.standing
        }
        let (calls, adding) = (
            #"{"restriction_type":"RESTRICTED_USER_INITIATED_CALLING"}"#,
            #"{"restriction_type":"RESTRICTED_ADD_PHONE_NUMBER_ACTION"}"#
        )

        // Calls alone.
        #expect(try notice("account_update_account_restriction").standing == nil)
        #expect(restriction(calls) == nil)
        #expect(restriction("\(calls),\(adding)") == .restricted)
        #expect(restriction("") == .restricted)
        #expect(try notice("account_update_account_violation").standing == .violation)
        #expect(try notice("account_update_account_deleted").standing == .deleted)
        #expect(try notice("account_update_disabled_update").standing == .reinstated)
        #expect(ban("DISABLE") == .disabled)
        #expect(ban("SCHEDULE_FOR_DISABLE") == .willBeDisabled)
        #expect(ban("SOMETHING_NEW") == nil)
        #expect(try notice("account_update_partner_added").standing == nil)
        #expect(try notice("account_alerts").standing == nil)
    }

    @Test func `a notice keeps the whole change, keys sorted and numbers as written`() throws {
        #expect(
            try notice("business_capability_update").detail
                == #"{"max_daily_conversations_per_business":2000,"max_phone_numbers_per_waba":25}"#)
        #expect(try notice("flows_client_error_rate").detail.contains(#""error_rate":14.28"#))
        #expect(try notice("phone_number_quality_update").at == Timestamp(seconds: 1_748_454_394))
        #expect(try notice("smb_app_state_sync").at == Timestamp(seconds: 1_739_321_024))
    }
}
