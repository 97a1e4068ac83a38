import Testing

@testable import Domain
@testable import WhatsApp

@Suite struct ParticipantTests {
    private func participant(_ name: String) throws -> Participant? {
        try Fixture.facts(name).first?.message?.participant
    }

    @Test func `phone and BSUID of one message belong to one person`() throws {
        #expect(
            try participant("message_text_bsuid_and_phone")
                == Participant(
                    waID: "16505551234", userID: "US.13491208655302741918", profileName: "Sheena Nelson"))
    }

    @Test func `a customer with a username may come without a phone`() throws {
        #expect(
            try participant("message_text_username_no_phone")
                == Participant(
                    userID: "US.13491208655302741918", username: "realsheenanelson", profileName: "Sheena Nelson"))
    }

    @Test func `the parent id of linked portfolios is kept`() throws {
        #expect(try participant("message_text_username_parent_bsuid")?.parentUserID == "US.ENT.11815799212886844830")
    }

    @Test func `empty strings count as absent and the username loses its at`() throws {
        #expect(
            try participant("message_text_bsuid_early_2025_shape")
                == Participant(userID: "user.93737...", username: "realsheenanelson", profileName: "Sheena Nelson"))
    }

    @Test func `ids that only the contact has are taken over from it`() throws {
        #expect(
            try participant("message_reply")
                == Participant(
                    waID: "972987654321", userID: "US.13491208655302741918",
                    parentUserID: "US.ENT.11815799212886844830", profileName: "Test Name"))
    }

    @Test func `the only contact gives its name, but no id, to a message that contradicts it`() throws {
        // This payload's message is from PHONE_NUMBER, its contact is WHATSAPP_ID.
        #expect(try participant("alt_n_06_image") == Participant(waID: "PHONE_NUMBER", profileName: "NAME"))
    }

    @Test(arguments: [
        ("US.13491208655302741918", Participant(userID: "US.13491208655302741918")),
        ("US.ENT.11815799212886844830", Participant(parentUserID: "US.ENT.11815799212886844830")),
        ("34600000000", Participant(waID: "34600000000")),
        ("1.2", Participant(waID: "1.2")),
    ])
    func `a BSUID where a phone belongs is a user id`(from: String, expected: Participant) {
        let found = facts(
            ofMessage: #"{"id":"a","from":"\#(from)","timestamp":"1749416383","type":"text","text":{"body":"x"}}"#)

        #expect(found.first?.message?.participant == expected)
    }

    @Test func `contacts are joined by id, not by their place`() {
        let value = """
            {"contacts":[{"wa_id":"2","profile":{"name":"Two"}},{"user_id":"US.1","wa_id":"1","profile":{"name":"One"}}],
             "messages":[{"id":"a","from":"1","timestamp":"1749416383","type":"text","text":{"body":"x"}},
                         {"id":"b","from":"2","timestamp":"1749416383","type":"text","text":{"body":"x"}},
                         {"id":"c","from_user_id":"US.1","timestamp":"1749416383","type":"text","text":{"body":"x"}},
                         {"id":"d","from":"3","timestamp":"1749416383","type":"text","text":{"body":"x"}}]}
            """
        let people = WebhookDecoder.decode(webhook(value)).updates.compactMap(\.fact.message?.participant)

        #expect(
            people == [
                Participant(waID: "1", userID: "US.1", profileName: "One"),
                Participant(waID: "2", profileName: "Two"),
                Participant(waID: "1", userID: "US.1", profileName: "One"),
                Participant(waID: "3"),
            ])
    }

    @Test func `the only contact of a change names nobody whose user id is another`() {
        func person(_ contact: String) -> Participant? {
            let value = """
                {"contacts":[\(contact)],
                 "messages":[{"id":"a","from_user_id":"US.1","timestamp":"1749416383","type":"text",
                              "text":{"body":"x"}}]}
                """
            return WebhookDecoder.decode(webhook(value)).updates.first?.fact.message?.participant
        }

        #expect(person(#"{"user_id":"US.2","wa_id":"2","profile":{"name":"Two"}}"#) == Participant(userID: "US.1"))
        #expect(
            person(#"{"wa_id":"1","profile":{"name":"One"}}"#)
                == Participant(waID: "1", userID: "US.1", profileName: "One"))
    }

    @Test func `a message from nobody is kept as unrouted`() {
        let found = facts(
            ofMessage: #"{"id":"a","from":"","timestamp":"1749416383","type":"text","text":{"body":"x"}}"#)

        #expect(found.map(\.unrouted) == [.malformed])
    }
}
