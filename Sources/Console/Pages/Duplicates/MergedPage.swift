package import Domain

/// A merge that was done: what came of it, and the way back.
package struct MergedPage: Page {
    package static let template = "duplicates/merged"

    package struct Count: Sendable {
        package let label: String
        package let count: String
    }

    package let title: String
    package let tabs: ContactsTabs
    package let winner: DuplicateView.Side
    package let loser: DuplicateView.Side
    package let sentence: String
    package let moved: [Count]
    package let undoURL: String
    /// Nil when it cannot be undone any more.
    package let undoUntil: String?
    package let undoAsk: String
    package let error: String?
    package let notice: OutcomeNotice?

    /// - Parameters:
    ///   - moved: what the loser had, by the names of the catalogue.
    ///   - undoUntil: nil when its time is over.
    package init(
        winner: PersonFacts, loser: PersonFacts, actor: String, at: Timestamp, moved: [(key: String, count: Int)],
        undoUntil: Timestamp?, error: LocalizedText? = nil, notice: OutcomeNotice? = nil, in context: PageContext
    ) {
        let (staying, leaving) = (DuplicateView.Side(winner, in: context), DuplicateView.Side(loser, in: context))
        let when = MomentText.sentence(at, in: context).short
        self.title = context.words("duplicates.merged.title")
        self.tabs = ContactsTabs(.duplicates, in: context)
        self.winner = staying
        self.loser = leaving
        self.sentence = context.words(
            "duplicates.merged.sentence", ["a": leaving.name, "b": staying.name, "who": actor, "when": when])
        self.moved = moved.filter { $0.count > 0 }.map {
            Count(label: context.words("duplicates.moved.\($0.key)"), count: context.formats.number($0.count))
        }
        self.undoURL = MergePage.url(winner.id, loser.id) + "/undos"
        self.undoUntil = undoUntil.map {
            context.words("duplicates.merged.undoUntil", ["when": MomentText.sentence($0, in: context).short])
        }
        self.undoAsk = context.words("duplicates.merged.undoAsk", ["a": leaving.name, "b": staying.name])
        self.error = error?[context.language]
        self.notice = notice
    }
}
