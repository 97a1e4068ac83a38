package import Domain

/// A mapping as people keep it in a file: YAML in the shape of the API's rows, with the fields' names as comments.
/// `puente_mapping: 1` says which shape it is. What is written is read back the same.
package struct MappingFile {
    /// Everything that is wrong with a file.
    package struct Faults: Error, Equatable {
        package let sentences: [LocalizedText]
    }

    private let connection: String

    /// - Parameter connection: its name in the configuration, for people.
    package init(connection: String) {
        self.connection = connection
    }

    // MARK: Writing

    /// - Parameter title: what people call a field of ours.
    package func text(of mapping: FieldMapping, title: (LocalField) -> String) -> String {
        var lines = [
            "# What Puente and a CRM keep alike. Read it back under Connections, Fields, From a file, or by puente crm mapping import.",
            "# local: Puente's field · remote: the CRM's name of its own · direction: \(Self.words(SyncDirection.self))",
            "# rule: \(Self.words(SyncRule.self))", "puente_mapping: 1",
            "connection: \(YAMLText.scalar(connection))", mapping.rows.isEmpty ? "rows: []" : "rows:",
        ]
        for row in mapping.rows { lines += Self.lines(of: row, title: title(row.local)) }
        return lines.joined(separator: "\n") + "\n"
    }

    private static func words<Word: CaseIterable & RawRepresentable<String>>(_: Word.Type) -> String {
        Word.allCases.map(\.rawValue).joined(separator: ", ")
    }

    private static func lines(of row: MappingRow, title: String) -> [String] {
        var lines = [
            "  - local: \(YAMLText.scalar(row.local.rawValue))  # \(YAMLText.comment(title))",
            "    remote: \(YAMLText.scalar(row.remote))", "    direction: \(row.direction.rawValue)",
            "    rule: \(row.rule.rawValue)",
        ]
        if !row.transforms.isEmpty { lines.append("    transforms:") }
        for transform in row.transforms {
            lines += transform.json.fields.enumerated().flatMap { index, field in
                YAMLText.lines(field.name, field.value, indent: index == 0 ? "      - " : "        ")
            }
        }
        if let fallback = row.fallback { lines.append("    fallback: \(YAMLText.scalar(fallback))") }
        if !row.isOn { lines.append("    enabled: false") }
        return lines
    }

    // MARK: Reading

    package static func read(_ text: String, _ yaml: YAMLReader) throws(Faults) -> FieldMapping {
        let document: JSONValue
        do throws(PuenteError) {
            document = try json(try yaml(text))
        } catch {
            throw Faults(sentences: [error.message])
        }
        do throws(APIProblem) {
            return try BodyObject.read(document) { body -> FieldMapping? in
                body.allow("puente_mapping", "connection", "rows")
                guard body.integer("puente_mapping", 1...1) != nil else { return nil }
                return FieldMapping(MappingReader.rows(body))
            }
        } catch {
            throw Faults(sentences: error.faults.map(sentence))
        }
    }

    private static func json(_ bytes: [UInt8]) throws(PuenteError) -> JSONValue {
        do throws(JSONReader.Fault) {
            return try JSONReader.read(bytes)
        } catch {
            throw PuenteError(.invalid, message: error.reason)
        }
    }

    /// `/rows/3/rule` is the rule of row 4.
    private static func sentence(of fault: APIProblem.Fault) -> LocalizedText {
        guard case .pointer(let pointer) = fault.place else { return fault.message }
        let parts = pointer.split(separator: "/").map(String.init)
        guard parts.first == "rows", parts.count > 1, let index = Int(parts[1]) else {
            return LocalizedText(
                en: "\(parts.joined(separator: "/")): \(fault.message.en).",
                es: "\(parts.joined(separator: "/")): \(fault.message.es).")
        }
        let place = parts.count > 2 ? ", " + parts[2...].joined(separator: "/") : ""
        return LocalizedText(
            en: "Row \(index + 1)\(place): \(fault.message.en).", es: "Fila \(index + 1)\(place): \(fault.message.es).")
    }
}
