/// Plain text in fields that keep HTML, and back.
enum PlainHTML {
    static func written(_ text: String) -> String {
        var html = ""
        for character in text {
            switch character {
            case "&": html += "&amp;"
            case "<": html += "&lt;"
            case ">": html += "&gt;"
            case "\"": html += "&quot;"
            case "\n", "\r\n": html += "<br>"
            default: html.append(character)
            }
        }
        return html
    }

    /// Without tags; paragraphs and breaks are lines.
    static func read(_ html: String) -> String {
        var text = ""
        var rest = html[...]
        while let open = rest.firstIndex(of: "<") {
            text += rest[..<open]
            guard let close = rest[open...].firstIndex(of: ">") else { return tidy(text) }
            let tag = rest[rest.index(after: open)..<close].lowercased()
            if ["br", "br/", "br /", "/p", "/div", "/li"].contains(tag) { text += "\n" }
            rest = rest[rest.index(after: close)...]
        }
        return tidy(text + rest)
    }

    private static func tidy(_ text: String) -> String {
        var plain = text
        for (entity, character) in entities { plain = plain.replacing(entity, with: character) }
        let lines = plain.split(separator: "\n", omittingEmptySubsequences: false)
            .map { $0.split(whereSeparator: \.isWhitespace).joined(separator: " ") }
        return lines.drop(while: \.isEmpty).reversed().drop(while: \.isEmpty).reversed().joined(separator: "\n")
    }

    /// The ampersand last: what it made is text.
    private static let entities = [
        ("&nbsp;", " "), ("&lt;", "<"), ("&gt;", ">"), ("&quot;", "\""), ("&#34;", "\""), ("&#39;", "'"),
        ("&amp;", "&"),
    ]
}
