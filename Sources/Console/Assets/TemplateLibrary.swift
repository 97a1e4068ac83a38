import Domain
import Foundation
import Mustache

/// All templates, parsed once at start. A template that cannot be parsed, or a partial that does not exist, stops the
/// start with the file's name instead of leaving a hole in a page.
package struct TemplateLibrary: Sendable {
    let mustache: MustacheLibrary
    /// The texts as parsed, by name: for the tests that hold templates to the catalogue of words.
    let sources: [String: String]

    package init(folder: String) throws {
        let sources = try Self.read(folder)
        try Self.checkPartials(of: sources)
        var library = MustacheLibrary()
        for (name, text) in sources {
            do {
                library.register(try MustacheTemplate(string: text), named: name)
            } catch {
                throw Self.failure("\(name).mustache: \(error)")
            }
        }
        self.mustache = library
        self.sources = sources
    }

    private static func read(_ folder: String) throws -> [String: String] {
        let root = folder + "/templates"
        var sources: [String: String] = [:]
        for path in try FileManager.default.subpathsOfDirectory(atPath: root) where path.hasSuffix(".mustache") {
            let text = try String(contentsOfFile: root + "/" + path, encoding: .utf8)
            sources[String(path.dropLast(".mustache".count))] = withoutIndentation(text)
        }
        return sources
    }

    /// Indentation is for the author of the template. Mustache would repeat it in front of every line of a partial,
    /// also inside what a customer wrote.
    static func withoutIndentation(_ text: String) -> String {
        text.split(separator: "\n", omittingEmptySubsequences: false)
            .map { $0.drop(while: { $0 == " " }) }
            .filter { !$0.isEmpty }
            .joined(separator: "\n") + "\n"
    }

    private static func checkPartials(of sources: [String: String]) throws {
        for (name, text) in sources {
            for partial in partials(in: text) where sources[partial] == nil {
                throw failure("\(name).mustache: there is no template \"\(partial)\"")
            }
        }
    }

    static func partials(in text: String) -> [String] {
        text.matches(of: /\{\{[<>]\s*([a-z0-9\/-]+)\s*\}\}/).map { String($0.1) }
    }

    private static func failure(_ detail: String) -> PuenteError {
        PuenteError(
            .unavailable, detail: "template_invalid", en: "A template of the console is damaged: \(detail)",
            es: "Una plantilla de la consola está dañada: \(detail)")
    }
}
