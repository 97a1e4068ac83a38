package import Store

/// Carries what rings and changes here to the other nodes, and theirs to here. Only hints: who misses one looks for
/// itself within a second, and a page loads anew.
package final class NodeHints: Sendable {
    private let board: WakeBoard
    private let changes: ChangeFeed

    package init(board: WakeBoard, changes: ChangeFeed) {
        self.board = board
        self.changes = changes
    }

    /// - Parameter send: gives topics to the other nodes; returns at once.
    package func connect(_ send: @escaping @Sendable ([String]) -> Void) {
        board.setOutlet { bells in send(bells.map { HintTopic.bell($0).text }) }
        changes.setOutlet { news in send(news.map { HintTopic.news($0).text }) }
    }

    package func disconnect() {
        board.setOutlet(nil)
        changes.setOutlet(nil)
    }

    /// What another node sent. What a newer release says and this one does not know is nothing to it.
    package func hear(_ wakeUp: WakeUp) {
        switch wakeUp {
        case .topic(let text):
            switch HintTopic(text) {
            case .bell(let bell): board.ringHere(bell)
            case .news(let news): changes.publishHere(news)
            case nil: break
            }
        case .missed:
            board.ringEverythingHere()
            changes.publishGapHere()
        }
    }
}
