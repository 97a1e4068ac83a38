package import Domain
package import Store

/// A connection and its newest back-fill as pages show them.
package struct BackfillFacts: Sendable {
    package struct Run: Sendable {
        package var state: BackfillState
        package var phase: BackfillPhase
        package var counts: BackfillCounts
        package var done: Int
        package var expected: Int?
        /// Of this phase, 0 to 1; nil while nobody can tell.
        package var share: Double?
        /// A second.
        package var rate: Double
        package var left: Duration?
        package var trouble: LocalizedText?
        package var undo: ImportFacts.Undo

        package init(
            _ state: BackfillState, _ phase: BackfillPhase, counts: BackfillCounts = BackfillCounts(), done: Int = 0,
            expected: Int? = nil, share: Double? = nil, rate: Double = 0, left: Duration? = nil,
            trouble: LocalizedText? = nil, undo: ImportFacts.Undo = .nothing
        ) {
            self.state = state
            self.phase = phase
            self.counts = counts
            self.done = done
            self.expected = expected
            self.share = share
            self.rate = rate
            self.left = left
            self.trouble = trouble
            self.undo = undo
        }
    }

    /// In its address.
    package var slug: String
    /// As people call it.
    package var name: String
    /// Whether its contacts can be read.
    package var isReadable: Bool
    package var run: Run?

    package init(slug: String, name: String, isReadable: Bool, run: Run? = nil) {
        self.slug = slug
        self.name = name
        self.isReadable = isReadable
        self.run = run
    }

    var path: String { "/connections/\(slug)/backfill" }

    /// While it is at work, or is being put back, its page asks again every second.
    var isMoving: Bool { run.map { !$0.state.isOver } ?? false || isUndoing }

    var isUndoing: Bool {
        if case .running = run?.undo { true } else { false }
    }
}
