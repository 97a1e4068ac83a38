package import Domain

/// What is at work: lists that are merged or undone, and the comparison of all contacts. Fetched again every second while
/// something is.
package struct DuplicateWork: PageFragment {
    package static let template = "duplicates/work"

    package struct Batch: Sendable {
        package let title: String
        package let progress: String
        /// 0 to 100, for `<progress>`.
        package let percent: Int
        package let isBusy: Bool
        package let outcome: String
        package let undoURL: String
        package let isUndoable: Bool
        package let id: String
    }

    package let batches: [Batch]
    package let isBusy: Bool
    /// A list is merged or undone.
    package let isMerging: Bool
    package let isComparing: Bool
    package let comparison: String
    package let percent: Int
    package let refreshURL: String

    package init(batches: [MergeBatchFacts], scan: DuplicateScanFacts, in context: PageContext) {
        self.batches = batches.map { Self.batch($0, in: context) }
        self.isComparing = scan.isRunning
        self.isMerging = self.batches.contains(where: \.isBusy)
        self.isBusy = scan.isRunning || isMerging
        self.percent = Self.percent(scan.compared, of: scan.total)
        self.comparison = Self.comparison(scan, in: context)
        self.refreshURL = "/fragments/duplicates" + (isMerging ? "?merging=yes" : "")
    }

    private static func comparison(_ scan: DuplicateScanFacts, in context: PageContext) -> String {
        guard !scan.isRunning else {
            return context.words(
                "duplicates.comparing",
                [
                    "compared": context.formats.number(min(scan.compared, scan.total)),
                    "total": context.formats.number(scan.total),
                ])
        }
        guard let finished = scan.finishedAt else { return context.words("duplicates.neverCompared") }
        return context.words(
            "duplicates.comparedAt", ["when": MomentText.sentence(finished, in: context).short])
    }

    private static func batch(_ facts: MergeBatchFacts, in context: PageContext) -> Batch {
        let isBusy = facts.state == .running || facts.state == .undoing
        let done = facts.state == .running ? facts.merged + facts.failed : facts.undone + facts.kept
        let total = facts.state == .running ? facts.total : facts.merged
        let when = MomentText.sentence(facts.createdAt, in: context).short
        return Batch(
            title: context.words("duplicates.batch", ["who": facts.actor, "when": when]),
            progress: context.words(
                facts.state == .running ? "duplicates.merging" : "duplicates.undoing",
                ["done": context.formats.number(done), "total": context.formats.number(total)]),
            percent: percent(done, of: total), isBusy: isBusy, outcome: outcome(facts, in: context),
            undoURL: "/duplicates/batches/\(facts.id)/undos", isUndoable: facts.state == .done && facts.merged > 0,
            id: facts.id.description)
    }

    private static func outcome(_ facts: MergeBatchFacts, in context: PageContext) -> String {
        let isUndone = facts.state == .undone || facts.state == .undoing
        let done = context.words.count(
            isUndone ? "duplicates.outcome.undone" : "duplicates.outcome.merged", isUndone ? facts.undone : facts.merged
        )
        let rest = isUndone ? facts.kept : facts.failed
        guard rest > 0 else { return done }
        return done + " "
            + context.words.count(isUndone ? "duplicates.outcome.kept" : "duplicates.outcome.failed", rest)
    }

    private static func percent(_ done: Int, of total: Int) -> Int {
        total == 0 ? 0 : min(100, done * 100 / total)
    }
}
