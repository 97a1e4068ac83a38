import Domain
import Testing

@testable import Console
@testable import puente

/// A mapping as a file: what is written is read back the same.
@Suite struct MappingYAMLTests {
    private static let rows = [
        MappingRow(local: .firstName, remote: "firstname", direction: .both, rule: .crmWins),
        MappingRow(
            local: .wellKnown(.company), remote: "x - y: #z", direction: .fromCRM, rule: .fillBlank, fallback: "no"),
        MappingRow(
            local: .custom(FieldID(rawValue: 7)), remote: "yes", direction: .toCRM, rule: .puenteWins,
            transforms: [
                .choices(
                    [.init(ours: "yes", theirs: "1"), .init(ours: "a, b: {c}", theirs: " ñ\u{2028}\"\\ ")],
                    otherwise: "~"),
                .part(2, separator: " "), .template("{{first_name|friend}}\n{{phone}} # no comment"),
            ], isOn: false),
        MappingRow(
            local: .phone, remote: "Phone__c", direction: .both, rule: .newest,
            transforms: [.phone(.international), .letters(.title), .date(.dayMonthYear)], fallback: "\u{85}2026-11-30"),
        MappingRow(local: .email, remote: "\u{1F600}", direction: .both, rule: .ask),
    ]

    private static func read(_ text: String) throws -> FieldMapping {
        try MappingFile.read(text, MappingYAML.json)
    }

    private static func faults(_ text: String) -> [String] {
        do {
            _ = try MappingFile.read(text, MappingYAML.json)
            return []
        } catch {
            return error.sentences.map(\.en)
        }
    }

    @Test func `what is written is read back the same`() throws {
        let mapping = FieldMapping(Self.rows)

        let text = MappingFile(connection: "hub_spot").text(of: mapping) { "\($0.rawValue)\n# title" }

        #expect(try Self.read(text) == mapping)
        #expect(text.contains("  - local: first_name  # first_name # title\n    remote: firstname\n"))
        #expect(try Self.read(MappingFile(connection: "x").text(of: FieldMapping([])) { _ in "" }) == FieldMapping([]))
    }

    @Test func `no name of a field makes a file that cannot be read`() throws {
        let mapping = FieldMapping(Self.rows)

        let text = MappingFile(connection: "x").text(of: mapping) { _ in "Talla\u{7f}\u{9b}\u{feff} \u{1F600}" }

        #expect(try Self.read(text) == mapping)
        #expect(text.contains("# Talla \u{1F600}\n"))
    }

    @Test func `what people write by hand is read as they mean it`() throws {
        let text = """
            puente_mapping: 1
            rows:
              - local: known:birthday
                remote: date_of_birth   # theirs
                direction: both
                rule: ask
                fallback: 2026-11-30
                enabled: no
                transforms: [{kind: choices, table: [{ours: no, theirs: 0}], otherwise: null}]
            """

        let row = try #require(try Self.read(text).rows.first)

        #expect(row.local == .wellKnown(.birthday) && !row.isOn && row.fallback == "2026-11-30")
        #expect(row.transforms == [.choices([.init(ours: "no", theirs: "0")], otherwise: nil)])
    }

    @Test func `every fault is said with its place`() {
        #expect(Self.faults("rows: []") == ["puente_mapping: this field is missing."])
        #expect(Self.faults("a: [").first?.hasPrefix("Line ") == true)
        #expect(Self.faults("") == ["This is not YAML: it is empty."])
        #expect(
            Self.faults("puente_mapping: 1\nrows:\n  - {local: x, remote: y, direction: both, rule: ask}")
                == ["Row 1, local: is no field of Puente."])
        #expect(Self.faults("puente_mapping: 2\nrows: []").count == 1)
    }

    @Test func `much out of little is refused`() {
        let doubled = (1...20).map { "a\($0): &a\($0) [*a\($0 - 1), *a\($0 - 1)]" }.joined(separator: "\n")

        #expect(Self.faults("a0: &a0 [x]\n\(doubled)") == ["This is not YAML: it is too large."])
    }
}
