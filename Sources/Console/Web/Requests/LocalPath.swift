/// An address within this console: a path, perhaps with a query. Nothing that a browser could read as another host.
struct LocalPath: Equatable, Sendable {
    private static let maxBytes = 2048

    /// Path and query, for example `/dead-letters?view=crm`.
    let text: String

    init?(_ text: String) {
        guard text.hasPrefix("/"), text.utf8.count <= Self.maxBytes else { return nil }
        // Browsers read "//host" and "/\host" as another host, and drop control characters before they look.
        guard !text.hasPrefix("//"), !text.contains("\\") else { return nil }
        guard text.utf8.allSatisfy({ $0 > 0x20 && $0 < 0x7f }) else { return nil }
        self.text = text
    }

    /// Of a `Referer` that names this host.
    init?(referer: String?, host: String?) {
        guard let referer, let host, !host.isEmpty else { return nil }
        for scheme in ["https://", "http://"] where referer.hasPrefix(scheme + host + "/") {
            self.init(String(referer.dropFirst(scheme.count + host.count)))
            return
        }
        return nil
    }

    /// Without the query.
    var path: String { String(text.prefix { $0 != "?" && $0 != "#" }) }
}
