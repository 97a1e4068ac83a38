package import Domain
import Pipeline

/// The form of one row of a mapping.
package struct MappingRowPage: Page {
    package static let template = "mapping/row"

    package struct Option: Sendable {
        package let value: String
        package let label: String
        package let isChosen: Bool
    }

    package struct Transform: Sendable {
        /// `t.0`
        package let name: String
        package let legend: String
        package let kinds: [Option]
        package let text: String
        package let part: String
        package let separator: String
        package let error: String?
    }

    package let title: String
    package let mappingTitle: String
    package let path: String
    package let action: String
    package let version: String
    package let news: MappingNewsView
    package let was: String
    package let crm: String
    package let locals: [Option]
    package let localError: String?
    package let remote: String
    package let remoteError: String?
    package let remotes: [Option]
    package let fieldsTrouble: String?
    package let directions: [Option]
    package let rules: [Option]
    package let transforms: [Transform]
    package let fallback: String
    package let isOn: Bool
    package let errors: [String]
    package let now: String?

    /// - Parameter number: of the row, from 1; nil of a new one.
    package init(_ draft: MappingRowDraft, number: Int?, of facts: MappingFacts, in context: PageContext) {
        let (words, parts) = (context.words, MappingWords(context))
        title = words(number == nil ? "mapping.add" : "mapping.editTitle")
        mappingTitle = words("mapping.title", ["name": facts.name])
        path = facts.path
        action = number.map { "\(facts.path)/rows/\($0)" } ?? "\(facts.path)/rows"
        version = facts.version
        news = MappingNewsView(facts, shown: facts.version, in: context)
        was = draft.was
        crm = facts.name
        locals = Self.locals(draft.local, of: facts, in: context)
        localError = draft.localError?[context.language]
        remote = draft.remote
        remoteError = draft.remoteError?[context.language]
        remotes = facts.fields.offered.map {
            Option(value: $0.name, label: "\($0.label) · \(parts.kind(of: $0))", isChosen: false)
        }
        fieldsTrouble = facts.fields.trouble?[context.language]
        directions = SyncDirection.allCases.map {
            Option(
                value: $0.rawValue, label: "\($0.arrow) \(parts.direction($0))",
                isChosen: $0 == draft.direction)
        }
        rules = SyncRule.allCases.map {
            Option(value: $0.rawValue, label: parts.rule($0), isChosen: $0 == draft.rule)
        }
        transforms = Self.transforms(draft.transforms, in: context)
        fallback = draft.fallback
        isOn = draft.isOn
        errors = draft.errors.map { $0[context.language] }
        now = draft.now.map { row in
            let pair = MappingPair(row, of: facts, in: context)
            let state = words(row.isOn ? "mapping.isOn" : "mapping.isOff")
            return
                "\(pair.ours) \(row.direction.arrow) \(pair.theirs) · \(parts.summary(of: row)) · \(state)"
        }
    }

    private static func locals(_ chosen: String, of facts: MappingFacts, in context: PageContext) -> [Option] {
        var offered = facts.offered
        // A field that was put away is still what the row says.
        if let local = LocalField(rawValue: chosen), !offered.contains(local) { offered.append(local) }
        let first =
            LocalField(rawValue: chosen) == nil
            ? [Option(value: "", label: context.words("mapping.choose"), isChosen: true)] : []
        return first
            + offered.map {
                Option(
                    value: $0.rawValue, label: facts.title(of: $0)[context.language], isChosen: $0.rawValue == chosen)
            }
    }

    /// Those that are there, and room for one more.
    private static func transforms(_ drafts: [TransformDraft], in context: PageContext) -> [Transform] {
        let room = drafts.contains { $0.kind == .plain } || drafts.count >= MappingRowDraft.mostTransforms
        return (drafts + (room ? [] : [TransformDraft()])).enumerated().map { index, draft in
            Transform(
                name: "t.\(index)",
                legend: context.words("mapping.transformNumber", ["number": String(index + 1)]),
                kinds: TransformKind.allCases.map {
                    Option(
                        value: $0.rawValue, label: MappingWords(context).transform($0), isChosen: $0 == draft.kind)
                }, text: draft.text, part: draft.part, separator: draft.separator,
                error: draft.error?[context.language])
        }
    }
}
