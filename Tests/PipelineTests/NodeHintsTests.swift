import Domain
import Store
import Testing

@testable import Pipeline

/// Two nodes whose hints go straight to each other. A patience of an hour stands for "for ever".
@Suite(.timeLimit(.minutes(1))) struct NodeHintsTests {
    private let here = Node()
    private let there = Node()
    private let sent = Tally()

    private struct Node {
        let board = WakeBoard()
        let changes = ChangeFeed()
        let hints: NodeHints

        init() {
            hints = NodeHints(board: board, changes: changes)
        }
    }

    private func connect() {
        here.hints.connect { [sent, hints = there.hints] topics in
            topics.forEach { topic in
                sent.add()
                hints.hear(.topic(topic))
            }
        }
        there.hints.connect { [hints = here.hints] topics in topics.forEach { hints.hear(.topic($0)) } }
    }

    @Test func `what rings here wakes who waits there, and does not come back`() async {
        connect()
        let lane = Lane.number(NumberID(rawValue: 7))
        here.board.ring([lane, .clock])
        here.board.ring(.intake)
        await there.board.wait(for: .lane(lane), atMost: .seconds(3600))
        await there.board.wait(for: .lane(.clock), atMost: .seconds(3600))
        await there.board.wait(for: .intake, atMost: .seconds(3600))
        #expect(sent.count == 3)
    }

    @Test func `what changed here is news for the pages there, of the same workspace`() async {
        connect()
        let (ours, other) = (WorkspaceID(rawValue: 1), WorkspaceID(rawValue: 2))
        var pages = there.changes.changes(in: ours).makeAsyncIterator()
        var report = RecordReport()
        report.conversations = [ours: [ConversationID(rawValue: 9)], other: [ConversationID(rawValue: 8)]]
        here.changes.publish(report)
        here.changes.publish(.deadLetters, in: ours)
        #expect(await pages.next() == .conversation(ConversationID(rawValue: 9)))
        #expect(await pages.next() == .deadLetters)
    }

    @Test func `lost hints wake everybody and make pages load anew`() async {
        var pages = there.changes.changes(in: WorkspaceID(rawValue: 1)).makeAsyncIterator()
        await withTaskGroup(of: Void.self) { group in
            group.addTask { [board = there.board] in await board.wait(for: .intake, atMost: .seconds(3600)) }
            // Again and again: the wait may begin after the first of these.
            group.addTask { [hints = there.hints] in
                while !Task.isCancelled {
                    hints.hear(.missed)
                    await pause(for: .milliseconds(5))
                }
            }
            await group.next()
            group.cancelAll()
        }
        #expect(await pages.next() == .gap)
    }

    @Test(arguments: [
        "", "lane", "lane nonsense", "page", "page x ledger", "intake more", "page 0000000000001 conversation",
    ])
    func `what is not understood is nothing`(text: String) {
        #expect(HintTopic(text) == nil)
    }

    @Test func `every hint is read as it was written`() {
        let workspace = WorkspaceID(rawValue: 5)
        let changes: [ChangeFeed.Change] = [
            .conversation(ConversationID(rawValue: 3)), .ledger, .deadLetters, .connections, .unrouted, .webhooks,
            .gap,
        ]
        let topics =
            [HintTopic.bell(.intake), .bell(.lane(.media(NumberID(rawValue: 3))))]
            + changes.map { .news(ChangeFeed.News(change: $0, workspace: workspace)) }
        for topic in topics { #expect(HintTopic(topic.text) == topic) }
    }
}
