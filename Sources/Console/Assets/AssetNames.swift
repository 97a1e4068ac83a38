/// The few files that pages name, as `{{assets.css}}` and its like.
struct AssetNames: Sendable {
    private let urls: [String: String]

    init(_ library: AssetLibrary) {
        urls = [
            "css": library.url(of: "css/app.css"), "script": library.url(of: "js/app.js"),
            "htmx": library.url(of: "js/vendor/htmx.js"), "events": library.url(of: "js/vendor/htmx-sse.js"),
            "icons": library.url(of: "icons/icons.svg"), "mark": library.url(of: "icons/mark.svg"),
            "font": library.url(of: "fonts/inter-latin-400.woff2"),
        ]
    }

    subscript(name: String) -> String? { urls[name] }
}
