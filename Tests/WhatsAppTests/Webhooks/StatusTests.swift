import Testing

@testable import Domain
@testable import WhatsApp

@Suite struct StatusTests {
    private func status(_ name: String) throws -> ReceivedStatus {
        try #require(try Fixture.facts(name).first?.status)
    }

    @Test(arguments: [
        ("status_sent", MessageStatus.sent), ("status_delivered", .delivered), ("status_read", .read),
        ("status_played", .played), ("status_failed", .failed),
    ])
    func `each status is known by its name`(name: String, expected: MessageStatus) throws {
        #expect(try status(name).status == expected)
    }

    @Test func `a status names message, recipient, time and price`() throws {
        let status = try status("status_sent_v23_with_conversation")

        #expect(status.messageID == "wamid.HBgLMTY1MDM4Nzk0MzkVAgASGBQzQUFERjg0NDEzNDdFODU3MUMxMAA=")
        #expect(status.at == Timestamp(seconds: 1_750_030_073))
        #expect(status.recipient == Participant(waID: "16505551234"))
        #expect(status.pricing == .init(category: "marketing", type: "regular", model: "PMP", isBillable: true))
        #expect(status.failures.isEmpty)
        #expect(!status.isGroup)
        #expect(status.callbackData == nil)
    }

    @Test func `what we sent along comes back`() throws {
        #expect(try status("status_with_biz_opaque_callback_data").callbackData == "some data")
    }

    @Test func `a failure keeps code, title and details`() throws {
        #expect(
            try status("status_failed").failures == [
                GraphFailure(
                    code: 131049, title: "This message was not delivered to maintain healthy ecosystem engagement.",
                    details: "In order to maintain a healthy ecosystem engagement, the message failed to be delivered.")
            ])
        #expect(try status("alt_b_reEngagementMessageError").failures.map(\.code) == [131047])
        #expect(try status("status_failed_no_storage").failures.map(\.details) == ["Message payload not found"])
    }

    @Test func `a status may name the recipient by BSUID alone`() throws {
        #expect(
            try status("status_delivered_to_bsuid_no_phone").recipient
                == Participant(
                    userID: "US.13491208655302741918", username: "pablomorales", profileName: "Pablo M."))
        #expect(try status("status_failed_to_bsuid").recipient == Participant(userID: "US.13491208655302741918"))
    }

    @Test func `in a group the recipient is the member, never the group`() throws {
        let status = try status("status_group")

        #expect(status.isGroup)
        #expect(status.groupParticipantID == "16505551234")
        #expect(status.recipient == Participant(waID: "16505551234"))
    }

    @Test func `the documented name of the group member is read as well`() {
        let value = """
            {"statuses":[{"id":"a","status":"read","timestamp":"1750030073","recipient_id":"G","recipient_type":"group",
              "recipient_participant_id":"US.12"}]}
            """
        let status = WebhookDecoder.decode(webhook(value)).updates.first?.fact.status

        #expect(status?.groupParticipantID == "US.12")
        #expect(status?.recipient == Participant(userID: "US.12"))
    }

    @Test func `a status of a new name is kept with that name`() {
        let value = #"{"statuses":[{"id":"a","status":"pondered","timestamp":1750030073}]}"#
        let status = WebhookDecoder.decode(webhook(value)).updates.first?.fact.status

        #expect(status?.name == "pondered")
        #expect(status?.status == nil)
    }

    @Test func `errors of odd shapes are read as far as they go`() {
        let value = """
            {"statuses":[{"id":"a","status":"failed","timestamp":"1750030073","errors":[
              {"code":"131026","error_data":"plain"}, {"message":"only a message"}, 7,
              {"code":1e99,"title":"","details":"d"}]}]}
            """
        let status = WebhookDecoder.decode(webhook(value)).updates.first?.fact.status

        #expect(
            status?.failures == [
                GraphFailure(code: 131026, title: nil, details: "plain"),
                GraphFailure(code: -1, title: "only a message", details: nil),
                GraphFailure(code: -1, title: nil, details: "d"),
            ])
    }
}
