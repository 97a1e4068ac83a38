import Domain
import Foundation
import Store

/// The parameters of an address, read strictly: none twice, none unknown.
struct RequestQuery: Sendable {
    private var values: [String: String] = [:]
    private let faults: [APIProblem.Fault]

    /// - Parameter query: what follows the "?", as it came.
    init(_ query: String?) {
        var faults: [APIProblem.Fault] = []
        for part in (query ?? "").split(separator: "&") {
            let pair = part.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false).map(Self.decoded)
            guard let name = pair[0], let value = pair.count == 2 ? pair[1] : "" else {
                let written = String(part.prefix { $0 != "=" })
                faults.append(.parameter(written, en: "is not percent-encoded UTF-8", es: "no es UTF-8 con %XX"))
                continue
            }
            if values.updateValue(value, forKey: name) != nil {
                faults.append(
                    .parameter(name, en: "this parameter is there twice", es: "este parámetro está dos veces"))
            }
            if value.unicodeScalars.contains("\0") {
                faults.append(.parameter(name, en: "must not hold U+0000", es: "no debe contener U+0000"))
            }
        }
        self.faults = faults
    }

    private static func decoded(_ text: Substring) -> String? {
        text.split(separator: "+", omittingEmptySubsequences: false).joined(separator: " ").removingPercentEncoding
    }

    /// - Throws: ``APIProblem`` 400 when there are others, or one is there twice.
    func allow(_ names: [String]) throws(APIProblem) {
        let unknown = values.keys.filter { !names.contains($0) }.sorted().map {
            APIProblem.Fault.parameter($0, en: "this parameter is unknown here", es: "este parámetro no se conoce aquí")
        }
        let faults = faults + unknown
        guard faults.isEmpty else { throw .wrongQuery.with(Array(faults.prefix(20))) }
    }

    func text(_ name: String) -> String? { values[name] }

    /// At most 100 characters, as people search.
    func search(_ name: String) throws(APIProblem) -> String {
        let text = values[name] ?? ""
        guard text.unicodeScalars.count <= 100 else {
            throw wrong(name, en: "must have at most 100 characters", es: "debe tener 100 caracteres como máximo")
        }
        return text
    }

    func id<Row>(_ name: String) throws(APIProblem) -> Identifier<Row>? {
        guard let text = values[name] else { return nil }
        guard let id = Identifier<Row>(text) else {
            throw wrong(name, en: "must be an id", es: "debe ser un identificador")
        }
        return id
    }

    func choice<Choice: RawRepresentable<String>>(
        _ name: String, among choices: [Choice]
    ) throws(APIProblem) -> Choice? {
        guard let text = values[name] else { return nil }
        guard let choice = choices.first(where: { $0.rawValue == text }) else {
            let words = choices.map(\.rawValue).joined(separator: ", ")
            throw wrong(name, en: "must be one of: \(words)", es: "debe ser una de: \(words)")
        }
        return choice
    }

    /// How many rows a page may hold.
    func limit() throws(APIProblem) -> Int {
        guard let text = values["limit"] else { return ListLimit.usual }
        guard text.utf8.count <= 3, let limit = Int(text), ListLimit.range.contains(limit) else {
            throw wrong("limit", en: "must be a number from 1 to 200", es: "debe ser un número de 1 a 200")
        }
        return limit
    }

    func wrong(_ name: String, en: String, es: String) -> APIProblem {
        .wrongQuery.with([.parameter(name, en: en, es: es)])
    }

    /// The whole query again, with one parameter set anew, for a link.
    func text(beside name: String, _ value: String) -> String {
        var values = values
        values[name] = value
        return values.sorted { $0.key < $1.key }.map { "\(Self.encoded($0.key))=\(Self.encoded($0.value))" }
            .joined(separator: "&")
    }

    private static let plain = Set("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-._~".utf8)

    private static func encoded(_ text: String) -> String {
        text.utf8.map { byte in
            plain.contains(byte)
                ? String(UnicodeScalar(byte)) : "%" + String(byte >> 4, radix: 16) + String(byte & 15, radix: 16)
        }.joined()
    }

    /// The filters of a list, in a fixed order: what a cursor is bound to.
    func fingerprint(without names: Set<String>) -> String {
        values.filter { !names.contains($0.key) }.sorted { $0.key < $1.key }
            .map { "\($0.key.utf8.count):\($0.key)=\($0.value.utf8.count):\($0.value)" }.joined()
    }
}

extension APIProblem.Fault {
    static func parameter(_ name: String, en: String, es: String) -> APIProblem.Fault {
        APIProblem.Fault(
            place: .parameter(String(name.unicodeScalars.prefix(100))), message: LocalizedText(en: en, es: es))
    }
}
