import Domain
import Foundation
import Testing

@testable import Console

@Suite struct `The catalogue of words` {
    private let english: [String: String]
    private let spanish: [String: String]

    init() throws {
        english = try Words(language: .english, folder: SampleWorld.assetsFolder).root.flattened
        spanish = try Words(language: .spanish, folder: SampleWorld.assetsFolder).root.flattened
    }

    @Test func `has the same keys in English and Spanish`() {
        #expect(Set(english.keys).symmetricDifference(spanish.keys).sorted() == [])
    }

    @Test func `has no empty text, and the same blanks to fill in both languages`() {
        for (key, text) in english {
            #expect(!text.isEmpty, "\(key)")
            #expect(blanks(of: text) == blanks(of: spanish[key] ?? ""), "\(key)")
        }
    }

    @Test func `has every word that a template uses`() throws {
        for (name, text) in try TemplateSources(folder: SampleWorld.assetsFolder).byName {
            for match in text.matches(of: /\{\{[#^]?t\.([A-Za-z0-9.]+)\}\}/) {
                #expect(english[String(match.1)] != nil, "\(name).mustache uses t.\(match.1)")
            }
        }
    }

    @Test func `has every word that a page's value uses`() throws {
        for (file, text) in try consoleSources() {
            for match in text.matches(of: /words\("([A-Za-z0-9.]+)"[,)]/) {
                #expect(english[String(match.1)] != nil, "\(file) uses \(match.1)")
            }
            for match in text.matches(of: /words\.count\("([A-Za-z0-9.]+)"[,)]/) {
                for form in ["one", "other"] {
                    #expect(english["\(match.1).\(form)"] != nil, "\(file) uses \(match.1).\(form)")
                }
            }
        }
    }

    @Test func `has no word that nobody says`() throws {
        var said = Set<String>()
        for text in try TemplateSources(folder: SampleWorld.assetsFolder).byName.values {
            said.formUnion(text.matches(of: /\bt\.([A-Za-z0-9.]+)/).map { String($0.1) })
        }
        let patterns = try consoleSources().flatMap { try Self.patterns(in: $0.1) }

        let unsaid = english.keys.filter { key in
            !said.contains(key) && !patterns.contains { key.wholeMatch(of: $0) != nil }
        }

        #expect(unsaid.sorted() == [])
    }

    /// What the literals of a source may stand for: `"a.b.\\(c)"` for each key below `a.b`, with one more part behind
    /// it (`one` and `other` of a plural, `title` and `remedy` of a reason).
    private static func patterns(in source: String) throws -> [Regex<AnyRegexOutput>] {
        let literal = #/"([A-Za-z0-9]+\.(?:[A-Za-z0-9.]|\\\((?:[^()"]|\([^()"]*\)|"[^"]*")*\))*)"/#
        return try source.matches(of: literal).map { match in
            let parts = match.1.split(
                separator: #/\\\((?:[^()"]|\([^()"]*\)|"[^"]*")*\)/#, omittingEmptySubsequences: false)
            let escaped = parts.map { $0.replacing(".", with: "\\.") }
            return try Regex(escaped.joined(separator: "[A-Za-z0-9_]+") + "(\\.[A-Za-z0-9]+)?")
        }
    }

    @Test func `fills each blank once and never reads what was filled in`() {
        let words = Words(
            language: .english, root: WordGroup(entries: ["a": .text("{x} and {y}"), "b": .text("{z}")]))

        #expect(words("a", ["x": "{y}", "y": "2"]) == "{y} and 2")
        #expect(words("b") == "{z}")
    }

    private func blanks(of text: String) -> [String] {
        text.matches(of: /\{([a-z]+)\}/).map { String($0.1) }.sorted()
    }

    private func consoleSources() throws -> [(String, String)] {
        let root = (SampleWorld.assetsFolder as NSString).deletingLastPathComponent + "/Sources/Console"
        let paths = try FileManager.default.subpathsOfDirectory(atPath: root).filter { $0.hasSuffix(".swift") }
        return try paths.map { ($0, try String(contentsOfFile: root + "/" + $0, encoding: .utf8)) }
    }
}
