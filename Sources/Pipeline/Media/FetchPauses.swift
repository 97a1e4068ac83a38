import Domain
import Store

/// Which pauses stop files from being fetched, and how one ends. Those of the token and the app, and the limit of an
/// account's calls; not what stops messages alone (a payment, a restriction, a person's word for the number): a customer's
/// file is not at Meta for ever.
struct FetchPauses {
    /// Of a token that is dead: one file that comes proves that it is alive again.
    private static let ofTheToken: Set<String> = ["0", "190", "http-401", "token-unusable"]
    private static let stopping: Set<PauseScope> = [.credential, .app, .workspace]

    private let number: NumberAccount
    private let board: PauseBoard
    private var trial = PauseTrial()
    /// The pause that the file under way tries to end.
    private var tried: Pause?
    /// A file came in spite of it, and it may still stop messages.
    private var harmless: Pause?

    init(number: NumberAccount, board: PauseBoard) {
        self.number = number
        self.board = board
    }

    /// The pause that stops files now.
    func holding() async -> Pause? {
        let keys = number.pauseKeys
        let pause = await board.pause(
            in: number.workspace, covering: keys.filter { Self.stopping.contains($0.key) })
        if let pause, pause != harmless { return pause }
        let limit = await board.pause(in: number.workspace, covering: keys.filter { $0.key == .waba })
        return limit?.until == nil ? nil : limit
    }

    /// Whether one file may be fetched nevertheless.
    func mayTry(_ pause: Pause) -> Bool { trial.begins(despite: pause) }

    /// - Parameter pause: that a file was begun in spite of.
    mutating func begin(_ pause: Pause?) {
        tried = pause
    }

    /// - Parameter failures: of the files that ended; nil for each that came.
    mutating func note(_ failures: [CallFailure?]) async {
        if let tried, let failure = failures.first {
            let isProven = failure != nil || Self.ofTheToken.contains(tried.code)
            if !isProven { harmless = tried }
            await trial.end(isProven ? tried : nil, failure, on: board)
            self.tried = nil
        }
        if failures.contains(where: { $0?.kind == .accountWide }) { harmless = nil }
        await board.add(failures, keys: number.pauseKeys, in: number.workspace)
    }
}
