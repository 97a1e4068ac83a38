/// A sum that people can check: a total, and the parts that must make it up.
package struct EquationView: Sendable {
    package enum Tone: Sendable { case plain, waiting, failed }

    package struct Term: Sendable {
        package let figure: String
        package let label: String
        /// The rows that this figure counts.
        package let url: String?
        package let tone: Tone
        package let isZero: Bool
    }

    package let title: String
    package let total: Term
    package let parts: [Term]
    package let isBalanced: Bool
    /// "Balanced", or by how much the parts miss the total.
    package let verdict: String
    /// The whole equation in words, for screen readers.
    package let sentence: String

    /// One part with its number.
    struct Part {
        let label: String
        let count: Int
        var url: String?
        var tone: Tone = .plain
    }

    init(title: String, total: Part, parts: [Part], in context: PageContext) {
        let formats = context.formats
        let terms = parts.map { Self.term($0, formats: formats) }
        let difference = parts.reduce(total.count) { $0 - $1.count }
        self.title = title
        self.total = Self.term(total, formats: formats)
        self.parts = terms
        self.isBalanced = difference == 0
        self.verdict =
            difference == 0
            ? context.words("ledger.balanced")
            : context.words("ledger.offBy", ["count": formats.number(difference)])
        let sum = terms.map { "\($0.figure) \($0.label)" }.joined(separator: " + ")
        self.sentence = "\(self.total.figure) \(self.total.label) = \(sum)"
    }

    private static func term(_ part: Part, formats: Formats) -> Term {
        Term(
            figure: formats.number(part.count), label: part.label, url: part.count == 0 ? nil : part.url,
            tone: part.count == 0 ? .plain : part.tone, isZero: part.count == 0)
    }
}
