import Testing

@testable import Domain
@testable import WhatsApp

/// Edits, revocations, echoes and history.
@Suite struct ChangeOfMessageTests {
    @Test func `an edit names the message it changes and its new content`() throws {
        let edit = try #require(try Fixture.facts("message_edit").first?.edit)

        #expect(edit.id == "wamid.HBgLMTY1MDM4Nzk0MzkVAgASGBQzQUFERjg0NDEzNDdFODU3MUMxMAA=")
        #expect(edit.originalID == "wamid.HBgLMTQxMjU1NTA4MjkVAgASGBQzQUNCNjk5RDUwNUZGMUZEM0VBRAA=")
        guard case .media(let media) = edit.content else { Issue.record("no media"); return }
        #expect(media.caption == "Updated image caption")
    }

    @Test func `a revocation names the message it deletes`() throws {
        let revocation = try #require(try Fixture.facts("message_revoke").first?.revocation)

        #expect(revocation.originalID == "wamid.HBgLMTQxMjU1NTA4MjkVAgASGBQzQUNCNjk5RDUwNUZGMUZEM0VBRAA=")
        #expect(revocation.at == Timestamp(seconds: 1_749_854_575))
    }

    @Test func `what the shop writes on its phone is an echo to the customer`() throws {
        let message = try #require(try Fixture.facts("smb_message_echoes").first?.message)

        #expect(message.origin == .echo)
        #expect(!message.isInbound)
        #expect(message.participant == Participant(waID: "16505551234"))
    }

    @Test func `the shop edits and deletes on its phone`() throws {
        #expect(
            try Fixture.facts("smb_message_echoes_edit").first?.edit
                == MessageEdit(
                    id: "wamid.yyyyyy", originalID: "wamid.zzzzzz", at: Timestamp(seconds: 1_697_044_968),
                    content: .text(TextContent(body: "Text was edited"))))
        #expect(try Fixture.facts("smb_message_echoes_delete").first?.revocation?.originalID == "wamid.zzzzzz")
    }

    @Test func `echoes are read under both names of their field`() throws {
        let value = """
            {"message_echoes":[{"id":"a","from":"1","to_user_id":"US.2","timestamp":"1739321024","type":"text",
              "text":{"body":"x"}}]}
            """
        let update = try #require(WebhookDecoder.decode(webhook(value, field: "message_echoes")).updates.first)

        #expect(update.fact.message?.origin == .echo)
        #expect(update.fact.message?.participant == Participant(userID: "US.2"))
    }

    @Test func `a thread of the history becomes its messages, in and out`() throws {
        let messages = try Fixture.facts("history_chunk").compactMap(\.message)

        #expect(
            messages.map(\.origin) == [
                .history(isInbound: false, status: "READ"), .history(isInbound: false, status: "PLAYED"),
                .history(isInbound: true, status: "READ"), .history(isInbound: false, status: "DELIVERED"),
            ])
        #expect(messages.map(\.participant.waID) == ["16505551234", "16505551234", "16505551234", "12125557890"])
        #expect(messages[1].content == .unsupported(UnsupportedContent(kind: "media_placeholder")))
    }

    @Test func `a file of the history comes under the id of its placeholder`() throws {
        let message = try #require(try Fixture.facts("history_media").first?.message)
        let placeholder = try Fixture.facts("history_chunk").compactMap(\.message)[1]

        #expect(message.id == placeholder.id)
        #expect(message.origin == .history(isInbound: true, status: nil))
        #expect(message.content.kind == .media)
    }

    @Test func `a shop that declines to share its history is a notice`() {
        let value = """
            {"metadata":{"display_phone_number":"15550783881","phone_number_id":"9"},"history":[{"errors":[{"code":2593109,
             "title":"History sync is turned off by the business"}]}]}
            """
        let notice = WebhookDecoder.decode(webhook(value, field: "history")).updates.first?.fact.notice

        #expect(notice?.event == "error 2593109")
        #expect(notice?.subject == "15550783881")
    }

    @Test func `a chunk that only counts its progress is a notice`() {
        let value = #"{"history":[{"metadata":{"phase":2,"chunk_order":9,"progress":100},"threads":[]}]}"#
        let notice = WebhookDecoder.decode(webhook(value, field: "history")).updates.first?.fact.notice

        #expect(notice?.event == "history")
        #expect(notice?.detail.contains("\"progress\":100") == true)
    }
}
