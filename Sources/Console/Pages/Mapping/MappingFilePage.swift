package import Domain

/// A mapping from a file: sent, looked through, then saved.
package struct MappingFilePage: Page {
    package static let template = "mapping/file"

    package struct Draft: Sendable {
        package var text: String
        /// What cannot be read of it: then nothing can be saved.
        package var errors: [LocalizedText]
        /// What it says, once it was read.
        package var mapping: FieldMapping?
        /// Of each of its rows; a row with one is saved switched off.
        package var problems: [[MappingProblem]]
        /// Of each of its rows: what works and may not be meant.
        package var warnings: [[MappingWarning]]

        package init(
            text: String = "", errors: [LocalizedText] = [], mapping: FieldMapping? = nil,
            problems: [[MappingProblem]] = [], warnings: [[MappingWarning]] = []
        ) {
            self.text = text
            self.errors = errors
            self.mapping = mapping
            self.problems = problems
            self.warnings = warnings
        }
    }

    package let title: String
    package let mappingTitle: String
    package let path: String
    package let version: String
    package let text: String
    package let errors: [String]
    package let hasErrors: Bool
    package let isRead: Bool
    /// "24 rows, 22 of them on"
    package let summary: String
    /// "Row 4: …"
    package let problems: [String]
    package let hasProblems: Bool
    /// "Row 4: …"
    package let warnings: [String]
    package let hasWarnings: Bool

    package init(_ draft: Draft, of facts: MappingFacts, in context: PageContext) {
        let words = context.words
        title = words("mapping.import")
        mappingTitle = words("mapping.title", ["name": facts.name])
        path = facts.path
        version = facts.version
        text = draft.text
        errors = draft.errors.map { $0[context.language] }
        hasErrors = !draft.errors.isEmpty
        isRead = draft.mapping != nil
        let rows = draft.mapping?.rows ?? []
        summary = words.count("mapping.fileRows", rows.count, ["on": String(rows.count { $0.isOn })])
        problems = Self.lines(draft.problems.map { $0.map(\.sentence) }, in: context)
        hasProblems = !problems.isEmpty
        warnings = Self.lines(draft.warnings.map { $0.map(\.sentence) }, in: context)
        hasWarnings = !warnings.isEmpty
    }

    private static func lines(_ sentences: [[LocalizedText]], in context: PageContext) -> [String] {
        sentences.enumerated().flatMap { index, sentences in
            sentences.map { sentence in
                context.words(
                    "mapping.rowProblem", ["number": String(index + 1), "problem": sentence[context.language]])
            }
        }
    }
}
