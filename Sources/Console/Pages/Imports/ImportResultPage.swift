package import Domain
package import Store

/// What an import came to.
package struct ImportResultPage: Page {
    package static let template = "imports/result"

    package let title: String
    package let tabs: ContactsTabs
    package let steps: ImportStepsView
    package let state: ImportStateView
    package let sentence: String
    /// Why it failed.
    package let failure: String?
    /// "Can be undone until 26 Dec, 14:32."
    package let undoNote: String?
    /// What the undo left, row by row.
    package let stayURL: String?
    package let undoURL: String?
    package let undoAsk: String
    /// Where a failed list is read in another way.
    package let reopenURL: String?
    /// Says of an import that was undone that it had written it.
    package let writtenTitle: String
    package let facts: [ImportReportView.Fact]
    package let figures: ImportReportView?
    package let notice: OutcomeNotice?

    package init(_ facts: ImportFacts, notice: OutcomeNotice? = nil, in context: PageContext) {
        title = facts.fileName
        tabs = ContactsTabs(.imports, in: context)
        steps = ImportStepsView(.result, in: context)
        state = ImportStateView(facts, in: context)
        sentence = facts.result.map { Self.sentence($0, in: context) } ?? context.words("imports.nothingWritten")
        failure = facts.failure?[context.language]
        undoNote = Self.undoNote(facts.undo, facts.stay, in: context)
        stayURL = facts.stay.map { QueryText.url("/changes/\($0.change)", [("show", ChangePage.Show.kept.rawValue)]) }
        if case .possible = facts.undo { undoURL = facts.path + "/undos" } else { undoURL = nil }
        undoAsk = context.words("imports.undoAsk", ["file": facts.fileName])
        reopenURL =
            facts.state == .failed && facts.isFileKept && facts.undo == .nothing ? facts.path + "/reopenings" : nil
        if case .done = facts.undo {
            writtenTitle = context.words("imports.writtenTitleUndone")
        } else {
            writtenTitle = context.words("imports.writtenTitle")
        }
        self.facts = facts.result.map { Self.facts($0, in: context) } ?? []
        figures = facts.report.map { ImportReportView($0, of: facts, in: context) }
        self.notice = notice
    }

    /// "1,204 new contacts, 88 changed."
    static func sentence(_ result: ImportResult, in context: PageContext) -> String {
        guard result.written > 0 else { return context.words("imports.nothingChanged") }
        return context.words.count("imports.wroteNew", result.new) + " "
            + context.words.count("imports.wroteChanged", result.fills + result.changes)
    }

    private static func undoNote(
        _ undo: ImportFacts.Undo, _ stay: ImportFacts.Stay?, in context: PageContext
    ) -> String? {
        switch undo {
        case .nothing, .running: nil
        case .possible(let until):
            context.words("imports.undoUntil", ["moment": MomentText.sentence(until, in: context).short])
        case .done(let at, let by, let kept):
            [
                context.words("imports.undoneAt", ["moment": MomentText.sentence(at, in: context).short, "name": by]),
                stay.flatMap { $0.contacts > 0 ? context.words.count("imports.stay", $0.contacts) : nil },
                kept > 0 ? context.words.count("imports.undoKept", kept) : nil,
            ].compactMap(\.self).joined(separator: " ")
        case .over: context.words("imports.undoOver")
        }
    }

    private static func facts(_ result: ImportResult, in context: PageContext) -> [ImportReportView.Fact] {
        let rows: [(String, Int)] = [
            ("new", result.new), ("fills", result.fills), ("changes", result.changes), ("same", result.same),
            ("kept", result.kept), ("refused", result.refused), ("consents", result.consents),
            ("withdrawals", result.withdrawals),
        ]
        return rows.filter { $0.1 > 0 || ["new", "fills", "changes"].contains($0.0) }.map { key, count in
            ImportReportView.Fact(
                label: context.words("imports.result.\(key)"), count: context.formats.number(count), hint: "",
                isWarning: key == "refused")
        }
    }
}
