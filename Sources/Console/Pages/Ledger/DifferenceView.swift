import Domain

/// One reason why two figures of the ledger are not the same, with the rows behind it.
package struct DifferenceView: Sendable {
    package let icon: String
    package let tone: EquationView.Tone
    package let figure: String
    package let sentence: String
    package let url: String?

    static func all(of facts: LedgerFacts, in context: PageContext) -> [DifferenceView] {
        let updates = [facts.messages, facts.statuses, facts.others]
        let duplicates = updates.reduce(0) { $0 + $1.duplicates }
        let unrouted = updates.reduce(facts.bodies.unrouted) { $0 + $1.unrouted }
        let common = [
            item("copy", .plain, duplicates, "ledger.because.duplicates", nil, in: context),
            item("hourglass", .waiting, facts.bodies.waiting, "ledger.because.waitingBodies", nil, in: context),
            item("route-off", .waiting, unrouted, "ledger.because.unrouted", "/unrouted", in: context),
        ]
        return (common + facts.connections.flatMap { perConnection($0, in: context) }).compactMap(\.self)
    }

    private static func perConnection(
        _ connection: LedgerFacts.Connection, in context: PageContext
    ) -> [DifferenceView?] {
        let name = ["connection": connection.name]
        let dead = QueryText.url("/dead-letters", [("connection", connection.id.description)])
        let reasons = connection.notApplicable.map { reason, count in
            item(
                "minus", .plain, count, "ledger.because.notApplicable", nil,
                ["connection": connection.name, "reason": reason[context.language]], in: context)
        }
        return [
            item(
                "hourglass", .waiting, connection.waiting, "ledger.because.waiting", "/connections", name, in: context),
            item("mail-x", .failed, connection.dead, "ledger.because.dead", dead, name, in: context),
        ] + reasons
    }

    private static func item(
        _ icon: String, _ tone: EquationView.Tone, _ count: Int, _ key: String, _ url: String?,
        _ values: [String: String] = [:], in context: PageContext
    ) -> DifferenceView? {
        guard count != 0 else { return nil }
        return DifferenceView(
            icon: icon, tone: tone, figure: context.formats.number(count), sentence: context.words(key, values),
            url: url)
    }
}
