internal import Store

/// The options of an import as its form shows them.
package struct ImportFormView: Sendable {
    package struct Choice: Sendable {
        package let value: String
        package let label: String
        package let hint: String
        package let isChosen: Bool
    }

    package let regions: [RegionChoice]
    package let isWithoutRegion: Bool
    package let existing: [Choice]
    package let labels: String
    package let consents: [Choice]
    package let words: String
    package let source: String
    package let date: String

    init(_ draft: ImportFormDraft, regions: [RegionFacts], in context: PageContext) {
        self.regions = RegionChoice.all(regions, chosen: draft.region, in: context)
        isWithoutRegion = !self.regions.contains(where: \.isChosen)
        existing = ImportOptions.Existing.allCases.map {
            Choice(
                value: $0.rawValue, label: context.words("imports.existing.\($0.rawValue)"),
                hint: context.words("imports.existingHint.\($0.rawValue)"), isChosen: $0 == draft.existing)
        }
        labels = draft.labels
        consents = ImportFormDraft.Consent.allCases.map {
            Choice(
                value: $0.rawValue, label: context.words("imports.consent.\($0.rawValue)"),
                hint: context.words("imports.consentHint.\($0.rawValue)"), isChosen: $0 == draft.consent)
        }
        words = draft.words
        source = draft.source
        date = draft.date
    }
}
