import Domain
import Foundation

/// The texts of all templates by name, read once at start. A partial that does not exist stops the start with the
/// file's name instead of leaving a hole in a page.
struct TemplateSources: Sendable {
    let byName: [String: String]

    init(folder: String) throws {
        let root = folder + "/templates"
        var byName: [String: String] = [:]
        for path in try FileManager.default.subpathsOfDirectory(atPath: root) where path.hasSuffix(".mustache") {
            let text = try String(contentsOfFile: root + "/" + path, encoding: .utf8)
            byName[String(path.dropLast(".mustache".count))] = Self.withoutIndentation(text)
        }
        self.byName = byName
        try checkPartials()
    }

    /// Indentation is for the author of the template. Mustache would repeat it in front of every line of a partial,
    /// also inside what a customer wrote.
    private static func withoutIndentation(_ text: String) -> String {
        text.split(separator: "\n", omittingEmptySubsequences: false)
            .map { $0.drop(while: { $0 == " " }) }
            .filter { !$0.isEmpty }
            .joined(separator: "\n") + "\n"
    }

    private func checkPartials() throws {
        for (name, text) in byName {
            for match in text.matches(of: #/\{\{[<>]\s*([a-z0-9\/-]+)\s*\}\}/#) where byName[String(match.1)] == nil {
                throw Self.failure("\(name).mustache: there is no template \"\(match.1)\"")
            }
        }
    }

    static func failure(_ detail: String) -> PuenteError {
        PuenteError(
            .unavailable, detail: "template_invalid", en: "A template of the console is damaged: \(detail)",
            es: "Una plantilla de la consola está dañada: \(detail)")
    }
}
