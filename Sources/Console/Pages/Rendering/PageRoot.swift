import Mustache
import Synchronization

/// The outermost value of a template: the page's fields, and `layout` (who reads, where) beside them.
struct PageRoot: MustacheParent {
    let page: PageFields
    let layout: PageFields
    let missing: MissingNames?

    func child(named name: String) -> Any? {
        if name == "layout" { return layout }
        let found = page.child(named: name)
        if found == nil { missing?.add(name) }
        return found
    }
}

/// Names that a template used and nobody had, so that a test can say so.
final class MissingNames: Sendable {
    private let found = Mutex<Set<String>>([])

    func add(_ name: String) {
        found.withLock { _ = $0.insert(name) }
    }

    var names: [String] { found.withLock { $0.sorted() } }
}
