import Domain
import Foundation
import Testing

@testable import Console

/// `docs/words.md` says which word stands for what; the console's texts keep to it.
@Suite struct GlossaryTests {
    /// A row of the table, in words without accents and capitals.
    private struct Entry {
        let english: [Substring]
        let spanish: [Substring]

        /// Whether an English text speaks of it, in the singular or plural.
        func isNamed(inEnglish text: [Substring]) -> Bool {
            GlossaryTests.holds(text, english) { $0 == $1 || $0 == $1 + "s" || $0 == $1 + "es" }
        }

        /// Whether a Spanish text says the glossary's word, in whatever number and gender.
        func isNamed(inSpanish text: [Substring]) -> Bool {
            GlossaryTests.holds(text, spanish) { $0.hasPrefix($1.count > 4 ? $1.dropLast() : $1) }
        }
    }

    @Test func `what the English texts name, the Spanish ones name with the glossary's word`() throws {
        let english = try Words(language: .english, folder: SampleWorld.assetsFolder).root.flattened
        let spanish = try Words(language: .spanish, folder: SampleWorld.assetsFolder).root.flattened
        let entries = try Self.entries()

        for (key, text) in english.sorted(by: { $0.key < $1.key }) {
            let translation = spanish[key] ?? ""
            let (en, es) = (Self.words(of: text), Self.words(of: translation))
            for entry in entries where entry.isNamed(inEnglish: en) {
                let wanted = entry.spanish.joined(separator: " ")
                #expect(entry.isNamed(inSpanish: es), "\(key) does not say “\(wanted)”: \(translation)")
            }
        }
    }

    @Test func `the glossary speaks of what the console shows`() throws {
        let words = try Self.entries().map { $0.english.joined(separator: " ") }

        for word in ["ledger", "dead letter", "unrouted", "connection", "staff", "window", "template"] {
            #expect(words.contains(word))
        }
    }

    // MARK: Reading

    private static func entries() throws -> [Entry] {
        let path = URL(fileURLWithPath: SampleWorld.assetsFolder).deletingLastPathComponent()
            .appending(path: "docs/words.md")
        return try String(contentsOf: path, encoding: .utf8).split(separator: "\n").compactMap { line in
            let cells = line.split(separator: "|").map { $0.trimmingCharacters(in: .whitespaces) }
            guard cells.count == 3, cells[0] != "word", !cells[0].hasPrefix("-") else { return nil }
            // What stands in brackets may be left out.
            let spanish = cells[1].replacing(#/\([^)]*\)/#, with: "")
            return Entry(english: words(of: cells[0]), spanish: words(of: spanish))
        }
    }

    /// Without blanks to be filled in, and without commands and names of files and keys.
    private static func words(of text: String) -> [Substring] {
        text.replacing(/\{\w+\}/, with: "").replacing(/\w+\.\w+/, with: "").replacing(/puente \w+ \w+/, with: "")
            .folding(options: [.diacriticInsensitive, .caseInsensitive], locale: nil)
            .split { !$0.isLetter && $0 != "-" }
    }

    /// Whether the words stand in the text one after the other.
    private static func holds(
        _ text: [Substring], _ words: [Substring], _ isSame: (Substring, Substring) -> Bool
    ) -> Bool {
        text.indices.contains { start in
            let part = text[start...].prefix(words.count)
            return part.count == words.count && zip(part, words).allSatisfy(isSame)
        }
    }
}
