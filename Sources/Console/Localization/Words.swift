package import Domain
import Foundation

/// Everything the console says in one language, by key: `words("inbox.title")`.
///
/// The catalogues are `Assets/i18n/{en,es}.json`, objects within objects. A `{name}` in a text is filled in by the
/// caller; a text with `one` and `other` has a singular. Tests hold both languages to the same keys, and templates and
/// sources to keys that exist.
package struct Words: Sendable {
    package let language: Language
    /// Of the company, ISO 3166 alpha-2; empty where it is not known. Decides how figures are written in Spanish.
    package private(set) var region = ""
    let root: WordGroup

    package init(language: Language, folder: String) throws {
        let url = URL(fileURLWithPath: "\(folder)/i18n/\(language.rawValue).json")
        self.init(language: language, root: try JSONDecoder().decode(WordGroup.self, from: Data(contentsOf: url)))
    }

    init(language: Language, root: WordGroup) {
        self.language = language
        self.root = root
    }

    /// The same, with figures as the region writes them.
    func writing(as region: String) -> Words {
        var words = self
        words.region = region
        return words
    }

    /// The text of a key; the key itself when there is none, which a test forbids.
    package func callAsFunction(_ key: String, _ values: [String: String] = [:]) -> String {
        guard let text = find(key) else { return key }
        return Self.fill(text, with: values)
    }

    /// The text of a key that may not exist, for words that vendors choose (a code, a reason).
    package func optional(_ key: String, _ values: [String: String] = [:]) -> String? {
        find(key).map { Self.fill($0, with: values) }
    }

    /// The singular or plural of a key; `{count}` is the number, grouped as the language does.
    package func count(_ key: String, _ count: Int, _ values: [String: String] = [:]) -> String {
        var values = values
        values["count"] = Formats(words: self).number(count)
        return self(key + (count == 1 ? ".one" : ".other"), values)
    }

    private func find(_ key: String) -> String? {
        root.text(at: key.split(separator: ".").map(String.init)[...])
    }

    /// Fills each `{name}` once; what was filled in is not looked at again.
    private static func fill(_ text: String, with values: [String: String]) -> String {
        guard !values.isEmpty, text.contains("{") else { return text }
        var result = ""
        var rest = text[...]
        while let open = rest.firstIndex(of: "{"), let close = rest[open...].firstIndex(of: "}") {
            let name = String(rest[rest.index(after: open)..<close])
            result += rest[..<open]
            result += values[name] ?? String(rest[open...close])
            rest = rest[rest.index(after: close)...]
        }
        return result + rest
    }
}
