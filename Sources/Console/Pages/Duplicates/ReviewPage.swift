package import Domain

/// The chosen suggestions once more before they are merged: who stays in each pair.
package struct ReviewPage: Page {
    package static let template = "duplicates/review"

    package struct Row: Sendable {
        package let id: String
        package let label: String
        package let a: DuplicateView.Side
        package let b: DuplicateView.Side
        package let isBChosen: Bool
        package let score: String
        package let reasons: [DuplicateView.Reason]
        package let compareURL: String
    }

    package let title: String
    package let tabs: ContactsTabs
    package let rows: [Row]
    package let isEmpty: Bool
    package let lead: String
    package let error: String?
    package let mergeLabel: String

    /// - Parameter duplicates: the open ones of those that were chosen.
    package init(_ duplicates: [DuplicateFacts], error: LocalizedText? = nil, in context: PageContext) {
        self.title = context.words("duplicates.review.title")
        self.tabs = ContactsTabs(.duplicates, in: context)
        self.rows = duplicates.map { facts in
            let view = DuplicateView(facts, in: context)
            return Row(
                id: view.id, label: view.label, a: view.a, b: view.b,
                isBChosen: (facts.winner ?? Self.suggested(facts)) == facts.b.id, score: view.score,
                reasons: view.reasons, compareURL: view.compareURL)
        }
        self.isEmpty = duplicates.isEmpty
        self.lead = context.words.count("duplicates.review.lead", duplicates.count)
        self.error = error?[context.language]
        self.mergeLabel = context.words.count("duplicates.review.merge", duplicates.count)
    }

    /// The one who has a name, else the older one.
    static func suggested(_ facts: DuplicateFacts) -> ContactID {
        facts.a.name == nil && facts.b.name != nil ? facts.b.id : facts.a.id
    }
}
