package import Domain
package import Store

/// A mapping tried with one contact: before and after on both sides, nothing written.
package struct MappingTrialPage: Page {
    package static let template = "mapping/trial"

    package struct Person: Sendable {
        package let name: String
        package let number: String?
        package let url: String
    }

    package struct Value: Sendable {
        package let before: String
        package let after: String
        package let isChanged: Bool
        package let isBlank: Bool
        package let isBlankAfter: Bool
    }

    package struct Row: Sendable {
        package let ours: String
        package let arrow: String
        package let theirs: String
        package let oursValue: Value
        package let theirsValue: Value
        package let verdict: String
        package let isNews: Bool
        package let isTrouble: Bool
    }

    /// What was found for a search, or came of trying.
    package enum Outcome: Sendable {
        case nothing
        case people([Person])
        case trial(SyncTrial, of: Person)
        case problem(LocalizedText)
    }

    package let title: String
    package let mappingTitle: String
    package let path: String
    package let crm: String
    package let query: String
    package let people: [Person]
    package let hasPeople: Bool
    package let isNobody: Bool
    package let problem: String?
    package let person: Person?
    package let rows: [Row]
    package let isTried: Bool

    package init(_ outcome: Outcome, query: String, of facts: MappingFacts, in context: PageContext) {
        title = context.words("mapping.try")
        mappingTitle = context.words("mapping.title", ["name": facts.name])
        path = facts.path
        crm = facts.name
        self.query = query
        var (people, person, problem): ([Person], Person?, String?) = ([], nil, nil)
        var rows: [Row] = []
        var isNobody = false
        switch outcome {
        case .nothing: break
        case .people(let found): (people, isNobody) = (found, found.isEmpty)
        case .problem(let text): problem = text[context.language]
        case .trial(let trial, let tried):
            person = tried
            rows = trial.rows.map { Self.row($0, of: facts, in: context) }
        }
        self.people = people
        self.person = person
        self.problem = problem
        self.rows = rows
        self.isNobody = isNobody
        hasPeople = !people.isEmpty
        isTried = person != nil
    }

    private static func row(_ row: SyncTrial.Row, of facts: MappingFacts, in context: PageContext) -> Row {
        let pair = MappingPair(row.row, of: facts, in: context)
        let isTrouble =
            switch row.verdict {
            case .asked, .refused, .noField, .notRead: true
            case .silent, .same, .given, .taken, .both, .differs, .off: false
            }
        let (ours, theirs) = (
            value(row.ours, of: row.row.local, in: context), value(row.theirs, of: row.row.local, in: context)
        )
        return Row(
            ours: pair.ours, arrow: row.row.direction.arrow, theirs: pair.theirs,
            oursValue: ours, theirsValue: theirs,
            verdict: verdict(row, looksAlike: ours.before == theirs.before, in: context),
            isNews: row.ours.isChanged || row.theirs.isChanged, isTrouble: isTrouble)
    }

    /// Two that mean the same may look different: a name is compared as a whole, a number by its digits.
    private static func verdict(_ row: SyncTrial.Row, looksAlike: Bool, in context: PageContext) -> String {
        guard case .same = row.verdict, !looksAlike else {
            return row.verdict.sentence[context.language]
        }
        switch row.row.local {
        case .firstName, .lastName:
            return context.words(row.row.transforms.isEmpty ? "mapping.trySameName" : "mapping.trySameMeaning")
        default: return context.words("mapping.trySameMeaning")
        }
    }

    private static func value(_ value: SyncTrial.Value, of local: LocalField, in context: PageContext) -> Value {
        let shown = { SyncValueText.shown($0, of: local, most: 200, in: context) }
        return Value(
            before: shown(value.before), after: shown(value.after),
            isChanged: value.isChanged, isBlank: value.before.isEmpty, isBlankAfter: value.after.isEmpty)
    }
}
