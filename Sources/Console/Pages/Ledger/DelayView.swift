/// A hop's delays beside its target.
package struct DelayView: Sendable {
    package let hop: String
    package let count: String
    package let p50: String
    package let p95: String
    package let p99: String
    package let target: String
    package let isWithinTarget: Bool
    package let verdict: String
    /// Widths for a bar of 100 in which the target stands at 50.
    package let barP50: Int
    package let barP95: Int
    package let barP99: Int

    init(_ facts: DelayFacts, in context: PageContext) {
        let formats = context.formats
        self.hop = Self.name(of: facts.hop, in: context)
        self.count = formats.number(facts.count)
        self.p50 = formats.delay(milliseconds: facts.p50)
        self.p95 = formats.delay(milliseconds: facts.p95)
        self.p99 = formats.delay(milliseconds: facts.p99)
        self.target = formats.delay(milliseconds: facts.target)
        self.isWithinTarget = facts.p99 <= facts.target
        self.verdict = context.words(facts.p99 <= facts.target ? "ledger.withinTarget" : "ledger.aboveTarget")
        self.barP50 = Self.width(facts.p50, target: facts.target)
        self.barP95 = Self.width(facts.p95, target: facts.target)
        self.barP99 = Self.width(facts.p99, target: facts.target)
    }

    private static func width(_ value: Int64, target: Int64) -> Int {
        guard target > 0 else { return 0 }
        return max(1, min(100, Int(Double(value) / Double(target) * 50)))
    }

    private static func name(of hop: DelayFacts.Hop, in context: PageContext) -> String {
        switch hop {
        case .answer: context.words("ledger.hop.answer")
        case .interpretation: context.words("ledger.hop.interpretation")
        case .record(let connection): context.words("ledger.hop.record", ["connection": connection])
        case .send: context.words("ledger.hop.send")
        }
    }
}
