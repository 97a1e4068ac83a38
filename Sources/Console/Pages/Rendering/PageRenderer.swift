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
    private struct Edition {
        let words: Words
        let templates: TemplateLibrary

        init(_ language: Language, folder: String, sources: TemplateSources, assets: AssetNames) throws {
            words = try Words(language: language, folder: folder)
            templates = try TemplateLibrary(sources, words: words, assets: assets)
        }
    }

    private let english: Edition
    private let spanish: Edition

    /// Reads templates and words from the assets folder.
    /// - Throws: ``PuenteError`` when a template is damaged or uses a word that does not exist; a file error when the
    ///   folder is incomplete.
    package init(folder: String, assets: AssetLibrary) throws {
        let sources = try TemplateSources(folder: folder)
        let names = AssetNames(assets)
        self.english = try Edition(.english, folder: folder, sources: sources, assets: names)
        self.spanish = try Edition(.spanish, folder: folder, sources: sources, assets: names)
    }

    /// What page values are built with.
    /// - Parameter region: of the company.
    package func context(
        language: Language, zone: TimeZone, now: Timestamp, region: String = ""
    ) -> PageContext {
        PageContext(words: edition(language).words, zone: zone, now: now, region: region)
    }

    /// A page, or a fragment of one, as HTML.
    package func render(_ fragment: some PageFragment, layout: PageLayout) -> String {
        render(fragment, layout: layout, missing: nil)
    }

    func render<Fragment: PageFragment>(
        _ fragment: Fragment, layout: PageLayout, missing: MissingNames?
    ) -> String {
        let root = PageRoot(page: PageFields(fragment), layout: PageFields(layout), missing: missing)
        // The name is a constant of the type, and the tests render every type: there is always a template.
        return edition(layout.language).templates.mustache.render(root, withTemplate: Fragment.template) ?? ""
    }

    private func edition(_ language: Language) -> Edition {
        switch language {
        case .english: english
        case .spanish: spanish
        }
    }
}
