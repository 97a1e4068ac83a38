import Domain
import Foundation
import Testing

@testable import puente

/// The papers follow the code.
@Suite struct ConfigurationReferenceTests {
    private static let root = URL(fileURLWithPath: #filePath)
        .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()

    @Test func `docs/configuration.md holds the table of all keys`() throws {
        let text = try String(contentsOf: Self.root.appending(path: "docs/configuration.md"), encoding: .utf8)

        #expect(
            text.contains(ConfigurationReference.markdown()),
            "The table is not up to date: replace it by what \"puente check --keys\" prints.")
    }

    @Test func `the sample file shows every key, and no other`() throws {
        let entries = try Self.sample(withComments: true).entries

        let names = ["apps": "main", "numbers": "main"]
        for key in ConfigurationKey.all {
            let candidates = ["main", "hubspot", "shop", "salesforce", "zoho", "odoo", "ops"].map { key.text($0) }
            let isShown = candidates.contains { entries[$0] != nil }
            #expect(isShown, "\(key.pattern) is not in Packaging/puente.yaml")
        }
        #expect(names.allSatisfy { entries.names["whatsapp.\($0.key)"]?[$0.value] != nil })
        #expect(try Self.sample(withComments: true).problems.isEmpty)
    }

    @Test func `the sample file can be used once it is filled in`() throws {
        let filledIn = try Self.text.replacing(#/"put-[a-z-]+-here"/#, with: "\"s3cret\"")

        #expect(try Self.problems(of: filledIn) == [])
    }

    @Test func `the sample file cannot be used while its secrets are everybody's`() throws {
        let problems = try Self.problems(of: Self.text)

        #expect(problems.count == 3)
        for key in ["apps.main.app_secret", "apps.main.verify_token", "numbers.main.access_token"] {
            #expect(problems.contains { $0.contains(key) }, "\(key)")
        }
    }

    private static func problems(of text: String) throws -> [String] {
        let folder = try TemporaryFolder()
        let outcome = Configuration.read(path: try folder.write("puente.yaml", text), environment: [:])
        guard case .wrong(let problems) = outcome else { return [] }
        return problems.map(\.message.en)
    }

    @Test func `what the sample file shows as a default is the default`() throws {
        let commented = try Self.sample(withComments: true).entries
        let written = try Self.sample(withComments: false).entries

        for key in ConfigurationKey.all where !key.path.contains(ConfigurationKey.name) {
            guard case .fallback(let fallback) = key.need, written[key.pattern] == nil else { continue }
            let shown: String? =
                switch commented[key.pattern]?.value {
                case .text(let text): text
                case .list(let words): words.joined(separator: " ")
                case nil: nil
                }
            #expect(shown == fallback, "\(key.pattern)")
        }
    }

    private static var text: String {
        get throws { try String(contentsOf: root.appending(path: "Packaging/puente.yaml"), encoding: .utf8) }
    }

    /// - Parameter withComments: with every key behind "# " made one that counts.
    private static func sample(withComments: Bool) throws -> ConfigurationFile {
        let lines = try text.split(separator: "\n", omittingEmptySubsequences: false).map { line -> String in
            guard withComments, let mark = line.firstRange(of: "# ") else { return String(line) }
            let rest = line[mark.upperBound...]
            let isKey = rest.trimmingPrefix { $0 == " " }.prefixMatch(of: /[a-z_]+:( |$)/) != nil
            let isCommented = line[..<mark.lowerBound].allSatisfy { $0 == " " }
            return isKey && isCommented ? String(line[..<mark.lowerBound] + rest) : String(line)
        }
        return try ConfigurationFile(text: lines.joined(separator: "\n"), name: "puente.yaml")
    }
}
