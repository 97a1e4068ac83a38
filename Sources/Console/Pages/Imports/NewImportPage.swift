package import Domain
internal import Store

/// Where a list begins: a file, or text that was pasted.
package struct NewImportPage: Page {
    package static let template = "imports/new"

    package let title: String
    package let tabs: ContactsTabs
    package let steps: ImportStepsView
    package let regions: [RegionChoice]
    package let isWithoutRegion: Bool
    package let text: String
    package let error: String?
    /// "At most 512 MB."
    package let limit: String

    /// - Parameters:
    ///   - region: of numbers without a country code, by its code; any other text: none.
    ///   - text: what was pasted.
    package init(
        region: String, regions: [RegionFacts], text: String = "", maxBytes: Int, error: LocalizedText? = nil,
        in context: PageContext
    ) {
        title = context.words("imports.new")
        tabs = ContactsTabs(.imports, in: context)
        steps = ImportStepsView(.file, in: context)
        self.regions = RegionChoice.all(regions, chosen: region, in: context)
        self.isWithoutRegion = !self.regions.contains(where: \.isChosen)
        self.text = text
        self.error = error?[context.language]
        limit = context.words("imports.limit", ["size": context.formats.bytes(Int64(maxBytes))])
    }
}
