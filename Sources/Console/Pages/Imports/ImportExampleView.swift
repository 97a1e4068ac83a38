internal import ContactFiles
package import Domain
internal import Store

/// What one row would do: before and after.
package struct ImportExampleView: Sendable {
    package struct Change: Sendable {
        package let item: String
        package let before: String?
        package let after: String
    }

    package let row: String
    package let person: String
    package let verdict: String
    package let isNew: Bool
    package let changes: [Change]

    init(_ example: ImportReport.Example, in context: PageContext) {
        row = context.words("imports.rowNumber", ["row": String(example.row)])
        person = example.person
        verdict = context.words("imports.one.\(example.verdict.rawValue)")
        isNew = example.verdict == .new
        changes = Self.changes(example.changes, in: context)
    }

    static func changes(_ changes: [ImportChange], in context: PageContext) -> [Change] {
        changes.map { change in
            Change(
                item: change.field.map { title(of: $0, in: context) }
                    ?? context.words("imports.item.\(change.item.rawValue)"),
                before: change.before.map { text(change, $0, in: context) },
                after: text(change, change.after, in: context))
        }
    }

    /// A field that Puente knows by itself has a name in the reader's language; one of the company's is named by its key.
    private static func title(of field: String, in context: PageContext) -> String {
        ColumnMeaning(rawValue: field)?.title[context.language] ?? field
    }

    private static func text(_ change: ImportChange, _ text: String, in context: PageContext) -> String {
        switch change.item {
        case .consent, .withdrawal: context.words.optional("imports.standing.\(text)") ?? text
        case .name, .phone, .email, .language, .note, .label, .field: text
        }
    }
}
