import Domain
import Foundation
import Yams

/// Turns the YAML of a mapping into the JSON that the API takes. Which words are numbers or flags is known by their keys:
/// everything else is a text, also where YAML would take it for something else, such as `no` or `2026-11-30`.
enum MappingYAML {
    /// Aliases may make much of little.
    private static let maxNodes = 20_000
    private static let flags: Set<String> = ["enabled"]
    private static let numbers: Set<String> = ["part", "puente_mapping"]

    private indirect enum Value: Encodable {
        case nothing
        case flag(Bool)
        case number(Int)
        case text(String)
        case list([Value])
        case map([String: Value])

        func encode(to encoder: any Encoder) throws {
            var container = encoder.singleValueContainer()
            switch self {
            case .nothing: try container.encodeNil()
            case .flag(let flag): try container.encode(flag)
            case .number(let number): try container.encode(number)
            case .text(let text): try container.encode(text)
            case .list(let values): try container.encode(values)
            case .map(let values): try container.encode(values)
            }
        }
    }

    /// - Throws: `invalid` with the line and what is wrong.
    static func json(_ text: String) throws(PuenteError) -> [UInt8] {
        guard let root = try compose(text) else { throw fault(LocalizedText(en: "it is empty", es: "está vacío")) }
        var budget = maxNodes
        let value = try value(of: root, under: "", &budget)
        do {
            return [UInt8](try JSONEncoder().encode(value))
        } catch {
            throw fault(LocalizedText(en: "it cannot be read", es: "no se puede leer"))
        }
    }

    private static func compose(_ text: String) throws(PuenteError) -> Node? {
        do {
            return try Yams.compose(yaml: text)
        } catch let error as YamlError {
            let (line, reason) = error.described
            throw fault(reason, line: line)
        } catch {
            throw fault(.same("\(error)"))
        }
    }

    private static func value(of node: Node, under key: String, _ budget: inout Int) throws(PuenteError) -> Value {
        budget -= 1
        guard budget > 0 else { throw fault(LocalizedText(en: "it is too large", es: "es demasiado grande")) }
        switch node {
        case .scalar(let scalar): return value(of: scalar, under: key)
        case .sequence(let sequence):
            var values: [Value] = []
            for element in sequence { values.append(try value(of: element, under: key, &budget)) }
            return .list(values)
        case .mapping(let mapping):
            var values: [String: Value] = [:]
            for (name, element) in mapping {
                guard let word = name.scalar?.string else {
                    throw fault(
                        LocalizedText(en: "a key is not a word", es: "una clave no es una palabra"),
                        line: name.mark?.line)
                }
                values[word] = try value(of: element, under: word, &budget)
            }
            return .map(values)
        case .alias: throw fault(LocalizedText(en: "it has an alias", es: "tiene un alias"))
        }
    }

    private static func value(of scalar: Node.Scalar, under key: String) -> Value {
        guard scalar.style == .plain || scalar.style == .any else { return .text(scalar.string) }
        let word = scalar.string.lowercased()
        if ["", "~", "null"].contains(word) { return .nothing }
        if flags.contains(key) {
            if ["true", "yes", "on"].contains(word) { return .flag(true) }
            if ["false", "no", "off"].contains(word) { return .flag(false) }
        }
        if numbers.contains(key), let number = Int(word) { return .number(number) }
        return .text(scalar.string)
    }

    private static func fault(_ reason: LocalizedText, line: Int? = nil) -> PuenteError {
        let place = line.map { LocalizedText(en: "Line \($0): ", es: "Línea \($0): ") }
        return PuenteError(
            .invalid, detail: "yaml", en: "\(place?.en ?? "This is not YAML: ")\(reason.en).",
            es: "\(place?.es ?? "No es YAML: ")\(reason.es).")
    }
}
