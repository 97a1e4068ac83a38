package import Domain
package import Foundation
import Mustache

/// A value with a template. A fragment is a part of a page that is fetched again when something changed.
package protocol PageFragment: Sendable {
    /// The template's name below `Assets/templates`, without its extension.
    static var template: String { get }
}

/// A whole page: a fragment that stands in the layout.
package protocol Page: PageFragment {
    /// For the tab of the browser, without the product's name.
    var title: String { get }
}

/// Turns values into HTML. Made once at start; rendering takes no lock and does no I/O.
package struct PageRenderer: Sendable {
    private let templates: TemplateLibrary
    private let assets: AssetFields
    private let words: [Language: Words]
    private let fallback: Words

    /// Reads templates and words from the assets folder.
    /// - Throws: ``PuenteError`` when a template is damaged; a file error when the folder is incomplete.
    package init(folder: String, assets: AssetLibrary) throws {
        self.templates = try TemplateLibrary(folder: folder)
        self.assets = AssetFields(assets)
        self.fallback = try Words(language: .english, folder: folder)
        self.words = [.english: fallback, .spanish: try Words(language: .spanish, folder: folder)]
    }

    /// What page values are built with.
    package func context(language: Language, zone: TimeZone, now: Timestamp) -> PageContext {
        PageContext(words: words[language] ?? fallback, zone: zone, now: now)
    }

    /// A page, or a fragment of one, as HTML.
    package func render(_ fragment: some PageFragment, layout: PageLayout) -> String {
        render(fragment, layout: layout, missing: nil)
    }

    func render<Fragment: PageFragment>(
        _ fragment: Fragment, layout: PageLayout, missing: MissingNames?
    ) -> String {
        let words = words[layout.language] ?? fallback
        let root = PageRoot(
            page: PageFields(fragment), layout: PageFields(layout),
            words: WordFields(group: words.root, path: "", missing: missing), assets: assets, missing: missing)
        // The name is a constant of the type, and the tests render every type: there is always a template.
        return templates.mustache.render(root, withTemplate: Fragment.template) ?? ""
    }
}
