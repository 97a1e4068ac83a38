package import Domain
import Pipeline

/// A row of a mapping: what belongs to what, and how.
package struct MappingRowView: Sendable {
    package let number: String
    package let ours: String
    /// → ← ↔
    package let arrow: String
    package let direction: String
    /// As the CRM labels it, else its name there.
    package let theirs: String
    /// The CRM's name of it, where that is another.
    package let name: String?
    package let kind: String?
    /// "CRM wins · letters: small · else “unknown”"
    package let summary: String
    package let isOn: Bool
    package let problems: [String]
    package let warnings: [String]
    package let editURL: String
    package let switchURL: String
    package let switchTo: String
    package let moveURL: String
    package let deleteURL: String
    package let canMoveUp: Bool
    package let canMoveDown: Bool
    package let deleteAsk: String

    init(_ index: Int, of facts: MappingFacts, in context: PageContext) {
        let row = facts.mapping.rows[index]
        let words = MappingWords(context)
        let pair = MappingPair(row, of: facts, in: context)
        number = String(index + 1)
        ours = pair.ours
        arrow = row.direction.arrow
        direction = words.direction(row.direction)
        theirs = pair.theirs
        name = pair.name
        kind = facts.fields[name: row.remote].map { words.kind(of: $0) }
        summary = words.summary(of: row)
        isOn = row.isOn
        problems = facts.problems[index].map { $0.sentence[context.language] }
        warnings = facts.warnings[index].map { $0.sentence[context.language] }
        editURL = "\(facts.path)/rows/\(index + 1)"
        switchURL = editURL + "/switches"
        switchTo = row.isOn ? "off" : "on"
        moveURL = editURL + "/moves"
        deleteURL = editURL + "/deletions"
        canMoveUp = index > 0
        canMoveDown = index < facts.mapping.rows.count - 1
        deleteAsk = context.words("mapping.deleteAsk", ["ours": ours, "theirs": theirs])
    }
}

/// The two fields of a row, as people call them.
struct MappingPair {
    let ours: String
    let theirs: String
    /// The CRM's name, where its label is another.
    let name: String?

    init(_ row: MappingRow, of facts: MappingFacts, in context: PageContext) {
        let label = facts.fields[name: row.remote]?.label
        ours = facts.title(of: row.local)[context.language]
        theirs = label ?? row.remote
        name = label == nil || label == row.remote ? nil : row.remote
    }
}
