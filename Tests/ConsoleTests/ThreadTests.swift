import Domain
import Testing

@testable import Console

@Suite struct `A thread` {
    private let world: SampleWorld

    init() throws {
        world = try SampleWorld(.english)
    }

    private func entries(_ messages: [MessageFacts]) -> [ThreadMessages.Entry] {
        ThreadMessages(
            conversation: id(1), person: "Lucía", messages: messages, older: nil, isNewest: true, filter: InboxFilter(),
            in: world.context
        ).entries
    }

    @Test func `begins each day with its name`() {
        let days = entries([
            ThreadSamples.text(1, .customer, "a", .hours(30)), ThreadSamples.text(2, .customer, "b", .hours(29)),
            ThreadSamples.text(3, .customer, "c", .minutes(1)),
        ]).compactMap(\.day?.label)

        #expect(days == ["Yesterday", "Today"])
    }

    @Test func `puts a reaction on its message, and only the last one of each author`() {
        let bubbles = entries([
            ThreadSamples.text(1, ThreadSamples.reader, "a", .minutes(9)),
            ThreadSamples.reaction(2, to: 1, "👍", .minutes(8)), ThreadSamples.reaction(3, to: 1, "❤️", .minutes(7)),
        ]).compactMap(\.bubble)

        #expect(bubbles.count == 1)
        #expect(bubbles[0].reactions.map(\.emoji) == ["❤️"])
        #expect(bubbles[0].reactions.map(\.label) == ["Lucía reacted ❤️"])
    }

    @Test func `takes a reaction back when the customer does`() {
        let bubbles = entries([
            ThreadSamples.text(1, ThreadSamples.reader, "a", .minutes(9)),
            ThreadSamples.reaction(2, to: 1, "👍", .minutes(8)), ThreadSamples.reaction(3, to: 1, "", .minutes(7)),
        ]).compactMap(\.bubble)

        #expect(bubbles.first?.reactions.isEmpty == true)
    }

    @Test func `tells a reaction to a message of another page as a note`() {
        let notes = entries([ThreadSamples.reaction(2, to: 99, "👍", .minutes(8))]).compactMap(\.note?.text)

        #expect(notes == ["Lucía reacted 👍 to an earlier message"])
    }

    @Test func `names an author once for messages that follow each other closely`() {
        let starts = entries([
            ThreadSamples.text(1, .customer, "a", .minutes(20)), ThreadSamples.text(2, .customer, "b", .minutes(19)),
            ThreadSamples.text(3, .customer, "c", .minutes(9)),
            ThreadSamples.text(4, ThreadSamples.reader, "d", .minutes(8)),
        ]).compactMap(\.bubble?.startsRun)

        #expect(starts == [true, false, true, true])
    }

    @Test func `says before a message that an earlier one was not sent`() {
        var message = ThreadSamples.text(1, ThreadSamples.reader, "a", .minutes(1))
        message.followsGap = true

        #expect(entries([message]).map { $0.gap != nil } == [false, true, false])
    }

    @Test(arguments: MessageStatus.allCases)
    func `has a word for every status in both languages`(_ status: MessageStatus) throws {
        for language in Language.allCases {
            let word = StatusView(status, in: try SampleWorld(language).context).word
            #expect(!word.contains("."))
        }
    }

    @Test func `offers another attempt only where it can help`() {
        var message = ThreadSamples.text(1, ThreadSamples.reader, "a", .minutes(1), status: .failed)
        let advice = LocalizedText(en: "Closed.", es: "Cerrada.")
        func retry(_ mayRetry: Bool) -> String? {
            message.failure = SendFailureFacts(code: "131047", advice: advice, mayRetry: mayRetry)
            return entries([message]).compactMap(\.bubble?.failure).first?.retryURL
        }

        #expect(retry(false) == nil)
        #expect(retry(true) == "/inbox/\(id(1) as ConversationID)/messages/\(message.id)/attempts")
    }

    @Test func `says why WhatsApp keeps a template back, until there is other news of it`() {
        func failure(_ hold: SendReceipt.Hold?, _ status: MessageStatus = .accepted) -> FailureView? {
            var message = ThreadSamples.text(1, ThreadSamples.reader, "a", .minutes(1), status: status)
            message.hold = hold
            return entries([message]).compactMap(\.bubble?.failure).first
        }

        #expect(failure(.qualityAssessment)?.sentence.hasPrefix("WhatsApp keeps this template back") == true)
        #expect(failure(.paused)?.sentence.hasPrefix("WhatsApp has paused this template") == true)
        #expect(failure(.paused)?.retryURL == nil)
        #expect(failure(nil) == nil)
        #expect(failure(.paused, .delivered) == nil)
    }

    @Test func `never offers to repeat what may have been sent`() {
        let message = ThreadSamples.text(1, ThreadSamples.reader, "a", .minutes(1), status: .uncertain)
        let failure = entries([message]).compactMap(\.bubble?.failure).first

        #expect(failure?.isUncertain == true)
        #expect(failure?.retryURL == nil)
    }
}
