import Mustache
import Synchronization

/// The outermost value of a template: the page's fields, and what every page may use beside them:
/// `t` (words), `layout` (who reads, where), `assets` (addresses of files).
struct PageRoot: MustacheParent {
    let page: PageFields
    let layout: PageFields
    let words: WordFields
    let assets: AssetFields
    let missing: MissingNames?

    func child(named name: String) -> Any? {
        switch name {
        case "t": return words
        case "layout": return layout
        case "assets": return assets
        default:
            let found = page.child(named: name)
            if found == nil { missing?.add(name) }
            return found
        }
    }
}

/// The words of a language by dotted key.
struct WordFields: MustacheParent {
    let group: WordGroup
    let path: String
    let missing: MissingNames?

    func child(named name: String) -> Any? {
        switch group.entries[name] {
        case .text(let text): return text
        case .group(let inner): return WordFields(group: inner, path: path + name + ".", missing: missing)
        case nil:
            missing?.add("t." + path + name)
            return nil
        }
    }
}

/// `{{assets.css}}` and its like: the few files that pages name.
struct AssetFields: MustacheParent {
    private let urls: [String: String]

    init(_ library: AssetLibrary) {
        urls = [
            "css": library.url(of: "css/app.css"), "script": library.url(of: "js/app.js"),
            "htmx": library.url(of: "js/vendor/htmx.js"), "events": library.url(of: "js/vendor/htmx-sse.js"),
            "icons": library.url(of: "icons/icons.svg"), "mark": library.url(of: "icons/mark.svg"),
            "font": library.url(of: "fonts/inter-latin-400.woff2"),
        ]
    }

    func child(named name: String) -> Any? { urls[name] }
}

/// Names that a template used and nobody had, so that a test can say so.
final class MissingNames: Sendable {
    private let found = Mutex<Set<String>>([])

    func add(_ name: String) {
        found.withLock { _ = $0.insert(name) }
    }

    var names: [String] { found.withLock { $0.sorted() } }
}
