import Testing

@testable import Domain
@testable import WhatsApp

@Suite struct IdentityTests {
    private func change(_ name: String) throws -> IdentityChange {
        try #require(try Fixture.facts(name).first?.identityChange)
    }

    @Test func `a new number joins the old one`() throws {
        let change = try change("message_system_user_changed_number")

        #expect(change.kind == .number)
        #expect(change.messageID == "wamid.HBgLMTk4MzU1NTE5NzQVAgASGAoxMTgyMDg2MjY3AA==")
        #expect(change.previous == Participant(waID: "16505551234"))
        #expect(change.current == Participant(waID: "12195555358"))
        #expect(change.text == "User Sheena Nelson changed from 16505551234 to 12195555358")
    }

    @Test func `a new number brings a new BSUID along`() throws {
        let change = try change("message_system_user_changed_number_with_bsuid")

        #expect(change.previous == Participant(waID: "16505551234", userID: "US.13491208655302741918"))
        #expect(change.current == Participant(waID: "12195555358", userID: "US.20000000000000000001"))
    }

    @Test func `a new BSUID joins the old one when no phone is known`() throws {
        let change = try change("message_system_user_changed_user_id")

        #expect(change.kind == .userID)
        #expect(
            change.previous
                == Participant(userID: "US.13491208655302741918", parentUserID: "US.ENT.11815799212886844830"))
        #expect(
            change.current
                == Participant(userID: "US.20000000000000000001", parentUserID: "US.ENT.20000000000000000002"))
    }

    @Test func `the withdrawn field says the same`() throws {
        let change = try change("user_id_update_legacy_field")

        #expect(change.kind == .userID)
        #expect(change.previous.userID == "US.13491208655302741918")
        #expect(change.current.userID == "US.20000000000000000001")
        #expect(change.current.parentUserID == "US.ENT.20000000000000000002")
        #expect(change.at == Timestamp(seconds: 1_780_000_010))
        #expect(change.messageID == "user_id_update:US.13491208655302741918:US.20000000000000000001")
    }

    @Test func `the old number may be named as customer`() throws {
        let change = try change("alt_n_16_system")

        #expect(change.previous.waID == "OLD_PHONE_NUMBER_ID")
        #expect(change.current.waID == "NEW_PHONE_NUMBER_ID")
    }

    @Test func `the names of 2021 are read too`() {
        let found = facts(
            ofMessage: """
                {"id":"a","from":"1111111","timestamp":"1749416383","type":"system",
                 "system":{"type":"customer_changed_number","new_wa_id":"2222222","body":""}}
                """)

        #expect(found.first?.identityChange?.previous == Participant(waID: "1111111"))
        #expect(found.first?.identityChange?.current == Participant(waID: "2222222"))
    }

    @Test func `WhatsApp's sentence names what the fields leave out`() {
        let found = facts(
            ofMessage: """
                {"id":"a","from":"2222222","timestamp":"1749416383","type":"system",
                 "system":{"type":"user_changed_number","wa_id":"2222222",
                           "body":"User Ana changed from 1111111 to 2222222"}}
                """)

        #expect(found.first?.identityChange?.previous == Participant(waID: "1111111"))
    }

    @Test func `a change of number that names no old one is shown as a note`() {
        let found = facts(
            ofMessage: """
                {"id":"a","from":"2222222","timestamp":"1749416383","type":"system",
                 "system":{"type":"user_changed_number","wa_id":"2222222","body":"changed"}}
                """)

        #expect(
            found.first?.message?.content == .system(SystemContent(kind: "user_changed_number", body: "changed")))
    }

    @Test func `a new security code is the person's own`() throws {
        let change = try change("message_system_identity_change")

        #expect(change.kind == .identityHash)
        #expect(change.previous == change.current)
        #expect(change.current.waID == "972987654321")
    }

    @Test func `a note of a new kind is a message of the system`() {
        let item = """
            {"id":"a","from":"1","timestamp":"1749416383","type":"system","system":{"type":"moved","body":"Hello"}}
            """

        #expect(
            facts(ofMessage: item).first?.message?.content == .system(SystemContent(kind: "moved", body: "Hello")))
    }

    @Test func `a wish about marketing names person, word and time`() throws {
        let stop = try #require(try Fixture.facts("user_preferences_stop").first?.preference)

        // The sample called "stop" says resume: Meta's own page is so.
        #expect(stop.value == "resume")
        #expect(stop.category == "marketing_messages")
        #expect(stop.participant == Participant(waID: "16505551234"))
        #expect(stop.at == Timestamp(seconds: 1_731_705_721))
        #expect(stop.detail == "User requested to resume marketing messages")
    }
}
