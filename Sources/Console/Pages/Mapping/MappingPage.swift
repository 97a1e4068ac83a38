package import Domain
import Pipeline

/// What is mapped of a connection, row by row.
package struct MappingPage: Page {
    package static let template = "mapping/page"

    package enum Command: String, CaseIterable, Sendable {
        case added, changed, moved, deleted, on, off, standard, imported, made, madeNone, read
    }

    package let title: String
    package let head: ConnectionHead
    package let notice: OutcomeNotice?
    package let path: String
    package let version: String
    package let news: MappingNewsView
    package let rows: [MappingRowView]
    package let isEmpty: Bool
    /// "24 fields are kept alike."
    package let count: String
    /// "2 rows need a look."
    package let trouble: String?
    /// "Changed by Ana Rivas, today at 09:12."
    package let kept: String?
    package let isBasicOnly: Bool
    /// Why the CRM's fields are not known.
    package let fieldsTrouble: String?
    package let isFull: Bool
    /// "Make 3 missing fields in HubSpot": nil where there is nothing to make.
    package let make: String?
    package let standardAsk: String
    package let exportURL: String

    package init(
        _ facts: MappingFacts, of connection: ConnectionHeadFacts, notice: OutcomeNotice? = nil,
        in context: PageContext
    ) {
        let words = context.words
        title = words("mapping.title", ["name": facts.name])
        head = ConnectionHead(connection, at: .mapping, in: context)
        self.notice = notice
        path = facts.path
        version = facts.version
        news = MappingNewsView(facts, shown: facts.version, in: context)
        let rows = facts.mapping.rows.indices.map { MappingRowView($0, of: facts, in: context) }
        self.rows = rows
        isEmpty = rows.isEmpty
        count = words.count("mapping.count", rows.count { $0.isOn })
        let wrong = rows.count { !$0.problems.isEmpty }
        trouble = wrong == 0 ? nil : words.count("mapping.wrong", wrong)
        kept = facts.kept.map {
            words("mapping.kept", ["actor": $0.by, "time": MomentText.sentence($0.at, in: context).short])
        }
        isBasicOnly = facts.mapping.isBasicOnly
        fieldsTrouble = facts.fields.trouble?[context.language]
        isFull = rows.count >= FieldMapping.maxRows
        make =
            facts.makeable.isEmpty ? nil : words.count("mapping.make", facts.makeable.count, ["name": facts.name])
        standardAsk = words("mapping.standardAsk", ["name": facts.name])
        exportURL = facts.path + ".yaml"
    }

    package static func outcome(of command: Command, count: Int = 1, in context: PageContext) -> OutcomeNotice {
        switch command {
        case .made: OutcomeNotice(.done, context.words.count("mapping.done.made", count))
        case .madeNone: OutcomeNotice(.warning, context.words("mapping.done.madeNone"))
        case .added, .changed, .moved, .deleted, .on, .off, .standard, .imported, .read:
            OutcomeNotice(.done, context.words("mapping.done.\(command.rawValue)"))
        }
    }
}
