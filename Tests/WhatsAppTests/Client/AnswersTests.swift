import Testing

@testable import Domain
@testable import WhatsApp

/// What Meta answers to good calls.
@Suite struct AnswersTests {
    private func json(_ text: String) throws -> JSON { try JSONParser.parse(Array(text.utf8)) }

    @Test(
        arguments: [
            ("held_for_quality_assessment", .qualityAssessment), ("paused", .paused), ("accepted", nil), ("new", nil),
        ] as [(String, SendReceipt.Hold?)])
    func `a receipt names the message, and why Meta keeps it back`(word: String, hold: SendReceipt.Hold?) throws {
        let answer = """
            {"messaging_product":"whatsapp","contacts":[{"input":"+16505551234","wa_id":"16505551234"}],
             "messages":[{"id":"wamid.A","message_status":"\(word)"}]}
            """

        #expect(SendReceipt(try json(answer)) == SendReceipt(messageID: "wamid.A", hold: hold))
    }

    @Test func `a receipt may say nothing but the message`() throws {
        let answer = #"{"contacts":[{"input":"US.1","user_id":"US.1"}],"messages":[{"id":"wamid.A"}]}"#

        #expect(SendReceipt(try json(answer)) == SendReceipt(messageID: "wamid.A"))
    }

    @Test(arguments: ["{}", #"{"messages":[]}"#, #"{"messages":[{"id":""}]}"#, #"{"success":true}"#])
    func `a receipt without a message id is none`(text: String) throws {
        #expect(SendReceipt(try json(text)) == nil)
    }

    @Test func `a number says how it is`() throws {
        let answer = """
            {"id":"106540352242922","display_phone_number":"+1 555-078-3881","verified_name":"Lucky Shrub",
             "quality_rating":"GREEN","status":"CONNECTED","throughput":{"level":"STANDARD"},
             "health_status":{"can_send_message":"BLOCKED","entities":[{"entity_type":"PHONE_NUMBER","errors":[
               {"error_code":141000,"error_description":"No payment method.","possible_solution":"Add one."}]}]}}
            """
        let info = try #require(PhoneNumberInfo(try json(answer)))

        #expect(info.verifiedName == "Lucky Shrub")
        #expect(info.throughputLevel == "STANDARD")
        #expect(info.canSendMessage == "BLOCKED")
        #expect(info.healthProblems == ["No payment method. Add one."])
        #expect(info.nameStatus == nil)
    }

    @Test func `a token says what it may do and until when`() throws {
        let answer = """
            {"app_id":670843887433847,"type":"SYSTEM_USER","is_valid":true,"expires_at":1780000000,
             "scopes":["whatsapp_business_messaging","public_profile"]}
            """
        let info = TokenInfo(try json(answer))

        #expect(info.isValid)
        #expect(info.appID == "670843887433847")
        #expect(info.expiresAt == Timestamp(seconds: 1_780_000_000))
        #expect(info.missingScopes == ["whatsapp_business_management"])
        #expect(TokenInfo(["expires_at": 0]).expiresAt == nil)
        #expect(!TokenInfo(.null).isValid)
    }

    @Test func `a subscribed app is named inside its data`() throws {
        let app = SubscribedApp(try json(#"{"whatsapp_business_api_data":{"id":"67","name":"Jasper","link":"x"}}"#))

        #expect(app?.id == "67")
        #expect(app?.name == "Jasper")
    }
}
