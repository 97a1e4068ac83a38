package import Domain
internal import Store

/// All imports, the newest first.
package struct ImportsPage: Page {
    package static let template = "imports/page"

    package struct Item: Sendable {
        package let id: String
        package let url: String
        package let fileName: String
        package let state: ImportStateView
        /// "1,204 new, 88 changed": what it did, or how far it is.
        package let summary: String
        package let actor: String
        package let at: MomentText
        package let undoURL: String?
        package let undoAsk: String
    }

    package let title: String
    package let tabs: ContactsTabs
    package let items: [Item]
    package let isEmpty: Bool
    package let olderURL: String?
    package let notice: OutcomeNotice?

    package init(
        _ imports: [ImportFacts], older: String? = nil, notice: OutcomeNotice? = nil, in context: PageContext
    ) {
        title = context.words("imports.title")
        tabs = ContactsTabs(.imports, in: context)
        items = imports.map { Self.item($0, in: context) }
        isEmpty = imports.isEmpty
        olderURL = older.map { QueryText.url("/imports", [("before", $0)]) }
        self.notice = notice
    }

    private static func item(_ facts: ImportFacts, in context: PageContext) -> Item {
        var undoURL: String?
        if case .possible = facts.undo { undoURL = facts.path + "/undos" }
        return Item(
            id: facts.id.description, url: facts.path, fileName: facts.fileName,
            state: ImportStateView(facts, in: context), summary: summary(facts, in: context), actor: facts.actor,
            at: .relative(facts.createdAt, in: context), undoURL: undoURL,
            undoAsk: context.words("imports.undoAsk", ["file": facts.fileName]))
    }

    private static func summary(_ facts: ImportFacts, in context: PageContext) -> String {
        if let result = facts.result { return ImportResultPage.sentence(result, in: context) }
        guard facts.rows > 0 else { return context.formats.bytes(Int64(facts.size)) }
        return context.words.count("imports.rows", facts.rows)
    }

    package enum Command: String, CaseIterable, Sendable { case cancellations, undos, discarded }

    /// After a command.
    package static func outcome(of command: Command, in context: PageContext) -> OutcomeNotice {
        OutcomeNotice(.done, context.words("imports.told.\(command.rawValue)"))
    }
}
