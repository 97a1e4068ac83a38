import Domain
import Mustache

/// All templates in one language, parsed once at start.
///
/// Words (`{{t.inbox.title}}`) and addresses of assets (`{{assets.icons}}`) never change while the server runs, so they
/// are written into the templates before these are parsed: a page looks up only what it is about. A name that does not
/// exist stops the start.
struct TemplateLibrary: Sendable {
    let mustache: MustacheLibrary

    init(_ sources: TemplateSources, words: Words, assets: AssetNames) throws {
        var library = MustacheLibrary()
        for (name, text) in sources.byName {
            let filled = try Self.fill(text, of: name, words: words, assets: assets)
            do {
                library.register(try MustacheTemplate(string: filled), named: name)
            } catch {
                throw TemplateSources.failure("\(name).mustache: \(error)")
            }
        }
        self.mustache = library
    }

    private static func fill(_ text: String, of name: String, words: Words, assets: AssetNames) throws -> String {
        var result = ""
        var rest = text[...]
        for match in text.matches(of: #/\{\{(t|assets)\.([A-Za-z0-9.]+)\}\}/#) {
            let key = String(match.2)
            guard let value = match.1 == "t" ? words.optional(key) : assets[key] else {
                throw TemplateSources.failure("\(name).mustache: there is no \"\(match.1).\(key)\"")
            }
            result += rest[..<match.range.lowerBound]
            result += escaped(value)
            rest = rest[match.range.upperBound...]
        }
        return result + rest
    }

    /// Our own words stand in text and in attributes; braces would be read as Mustache.
    private static func escaped(_ word: String) -> String {
        var result = ""
        for character in word {
            switch character {
            case "&": result += "&amp;"
            case "<": result += "&lt;"
            case ">": result += "&gt;"
            case "\"": result += "&quot;"
            case "'": result += "&#39;"
            case "{": result += "&#123;"
            case "}": result += "&#125;"
            default: result.append(character)
            }
        }
        return result
    }
}
