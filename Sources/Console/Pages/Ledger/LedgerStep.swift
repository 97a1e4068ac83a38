/// A station of the messages: received, stored, and beside each other the CRMs. Each explains how it differs from the
/// one before.
package struct LedgerStep: Sendable {
    package let icon: String
    package let label: String
    package let figure: String
    /// "14 sent twice by Meta, 2 unrouted"; nil when nothing differs.
    package let note: String?
    package let isFirst: Bool

    static func steps(of facts: LedgerFacts, in context: PageContext) -> [LedgerStep] {
        let messages = facts.messages
        let first = LedgerStep(
            icon: "inbox", label: context.words("ledger.step.received"),
            figure: context.formats.number(messages.received), note: nil, isFirst: true)
        let stored = LedgerStep(
            icon: "database", label: context.words("ledger.step.stored"),
            figure: context.formats.number(messages.stored), note: note(on: messages, in: context), isFirst: false)
        return [first, stored]
    }

    /// What one CRM has of the stored messages.
    init(_ connection: LedgerFacts.Connection, in context: PageContext) {
        self.init(
            icon: "cloud-check", label: context.words("ledger.step.recorded", ["connection": connection.name]),
            figure: context.formats.number(connection.recorded), note: Self.note(on: connection, in: context),
            isFirst: false)
    }

    private init(icon: String, label: String, figure: String, note: String?, isFirst: Bool) {
        self.icon = icon
        self.label = label
        self.figure = figure
        self.note = note
        self.isFirst = isFirst
    }

    private static func note(on updates: LedgerFacts.Updates, in context: PageContext) -> String? {
        sentence([("ledger.note.duplicates", updates.duplicates), ("ledger.note.unrouted", updates.unrouted)], context)
    }

    private static func note(on connection: LedgerFacts.Connection, in context: PageContext) -> String? {
        let others = connection.notApplicable.reduce(0) { $0 + $1.count }
        return sentence(
            [
                ("ledger.note.exchanged", connection.stored), ("ledger.note.waiting", connection.waiting),
                ("ledger.note.dead", connection.dead),
                ("ledger.note.notApplicable", others),
            ], context)
    }

    private static func sentence(_ parts: [(key: String, count: Int)], _ context: PageContext) -> String? {
        let texts = parts.filter { $0.count > 0 }.map { context.words.count($0.key, $0.count) }
        return texts.isEmpty ? nil : texts.joined(separator: ", ")
    }
}
