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

        package init(
            text: String = "", errors: [LocalizedText] = [], mapping: FieldMapping? = nil,
            problems: [[MappingProblem]] = []
        ) {
            self.text = text
            self.errors = errors
            self.mapping = mapping
            self.problems = problems
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
        let problems = draft.problems.enumerated().flatMap { index, problems in
            problems.map { problem in
                words(
                    "mapping.rowProblem",
                    ["number": String(index + 1), "problem": problem.sentence[context.language]])
            }
        }
        self.problems = problems
        hasProblems = !problems.isEmpty
    }
}
