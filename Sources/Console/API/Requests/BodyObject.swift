import Domain

/// Reads one object of a body, field by field. What is wrong is noted with its place and reading goes on; a field that
/// nobody asked for is wrong, too.
struct BodyObject {
    /// A JSON pointer.
    let pointer: String
    let problems: BodyProblems
    private let object: JSONObject

    init(_ object: JSONObject, at pointer: String, problems: BodyProblems) {
        self.object = object
        self.pointer = pointer
        self.problems = problems
    }

    /// Reads a whole body.
    /// - Throws: ``APIProblem`` 422 with everything that was noted.
    static func read<Value>(_ body: JSONValue, _ read: (BodyObject) -> Value?) throws(APIProblem) -> Value {
        let problems = BodyProblems()
        var value: Value?
        if case .object(let object) = body {
            value = read(BodyObject(object, at: "", problems: problems))
        } else {
            problems.add("", en: "must be an object", es: "debe ser un objeto")
        }
        guard problems.faults.isEmpty, let value else { throw .wrongBody.with(problems.faults) }
        return value
    }

    // MARK: Fields

    /// Notes every field beyond those named.
    func allow(_ names: String...) {
        for field in object.fields where !names.contains(field.name) {
            problems.add(
                pointer(to: field.name), en: "this field is unknown here", es: "este campo no se conoce aquí")
        }
    }

    func has(_ name: String) -> Bool { object[name] != nil }

    /// Of all fields, for objects whose names are data.
    var names: [String] { object.fields.map(\.name) }
    func isNull(_ name: String) -> Bool { object[name] == .null }

    func optionalText(_ name: String, _ length: ClosedRange<Int>) -> String? {
        guard let value = object[name] else { return nil }
        guard case .string(let text) = value, length.contains(text.unicodeScalars.count) else {
            note(
                name, en: "must be a text of \(length.lowerBound) to \(length.upperBound) characters",
                es: "debe ser un texto de \(length.lowerBound) a \(length.upperBound) caracteres")
            return nil
        }
        return text
    }

    func text(_ name: String, _ length: ClosedRange<Int>) -> String? {
        isThere(name) ? optionalText(name, length) : nil
    }

    func optionalBool(_ name: String) -> Bool? {
        guard let value = object[name] else { return nil }
        if case .bool(let bool) = value { return bool }
        note(name, en: "must be true or false", es: "debe ser true o false")
        return nil
    }

    func integer(_ name: String, _ range: ClosedRange<Int64>) -> Int64? {
        isThere(name) ? optionalInteger(name, range) : nil
    }

    func optionalInteger(_ name: String, _ range: ClosedRange<Int64>) -> Int64? {
        guard let value = object[name] else { return nil }
        if let integer = value.wholeNumber, range.contains(integer) { return integer }
        note(
            name, en: "must be a whole number from \(range.lowerBound) to \(range.upperBound)",
            es: "debe ser un número entero de \(range.lowerBound) a \(range.upperBound)")
        return nil
    }

    func number(_ name: String, _ range: ClosedRange<Double>) -> Double? {
        guard isThere(name), let value = object[name] else { return nil }
        switch value {
        case .integer(let integer) where range.contains(Double(integer)): return Double(integer)
        case .number(let number) where range.contains(number): return number
        default:
            note(
                name, en: "must be a number from \(range.lowerBound) to \(range.upperBound)",
                es: "debe ser un número de \(range.lowerBound) a \(range.upperBound)")
            return nil
        }
    }

    /// A text, number, true or false as a text; null is empty. Nil for everything else.
    func scalarText(_ name: String, maxLength: Int) -> String? {
        switch object[name] {
        case .null: ""
        case .bool(let bool): bool ? "yes" : "no"
        case .integer(let integer): String(integer)
        case .number(let number): number.written
        case .string(let text): text.unicodeScalars.count <= maxLength ? text : nil
        case .array, .object, nil: nil
        }
    }

    /// One of an enum's words.
    func choice<Choice: RawRepresentable<String> & CaseIterable>(
        _ name: String, of _: Choice.Type = Choice.self
    ) -> Choice? {
        guard isThere(name), let value = object[name] else { return nil }
        if case .string(let text) = value, let choice = Choice(rawValue: text) { return choice }
        let words = Choice.allCases.map(\.rawValue).joined(separator: ", ")
        note(name, en: "must be one of: \(words)", es: "debe ser una de: \(words)")
        return nil
    }

    func optionalID<Row>(_ name: String) -> Identifier<Row>? {
        guard let value = object[name] else { return nil }
        if case .string(let text) = value, let id = Identifier<Row>(text) { return id }
        note(
            name, en: "must be an id: 13 digits and capital letters",
            es: "debe ser un identificador: 13 cifras y letras mayúsculas")
        return nil
    }

    func id<Row>(_ name: String) -> Identifier<Row>? {
        isThere(name) ? optionalID(name) : nil
    }

    func optionalObject(_ name: String) -> BodyObject? {
        guard let value = object[name] else { return nil }
        return element(value, at: pointer(to: name))
    }

    func object(_ name: String) -> BodyObject? {
        isThere(name) ? optionalObject(name) : nil
    }

    /// The elements of a list with the places they stand at; empty when it is missing or wrong, which is noted.
    func list(_ name: String, _ count: ClosedRange<Int>, isOptional: Bool = false) -> [(JSONValue, String)] {
        if isOptional, object[name] == nil { return [] }
        guard isThere(name), let value = object[name] else { return [] }
        guard case .array(let values) = value, count.contains(values.count) else {
            note(
                name, en: "must be a list of \(count.lowerBound) to \(count.upperBound) elements",
                es: "debe ser una lista de \(count.lowerBound) a \(count.upperBound) elementos")
            return []
        }
        return values.enumerated().map { ($0.element, "\(pointer(to: name))/\($0.offset)") }
    }

    func objects<Value>(
        _ name: String, _ count: ClosedRange<Int>, isOptional: Bool = false, _ read: (BodyObject) -> Value?
    ) -> [Value] {
        list(name, count, isOptional: isOptional).compactMap { value, pointer in
            element(value, at: pointer).flatMap(read)
        }
    }

    func ids<Row>(_ name: String, _ count: ClosedRange<Int>) -> [Identifier<Row>] {
        list(name, count).compactMap { value, pointer in
            if case .string(let text) = value, let id = Identifier<Row>(text) { return id }
            problems.add(pointer, en: "must be an id", es: "debe ser un identificador")
            return nil
        }
    }

    func texts(_ name: String, _ count: ClosedRange<Int>, length: ClosedRange<Int>) -> [String] {
        list(name, count, isOptional: true).compactMap { value, pointer in
            if case .string(let text) = value, length.contains(text.unicodeScalars.count) { return text }
            problems.add(
                pointer, en: "must be a text of \(length.lowerBound) to \(length.upperBound) characters",
                es: "debe ser un texto de \(length.lowerBound) a \(length.upperBound) caracteres")
            return nil
        }
    }

    // MARK: Notes

    func note(_ name: String, en: String, es: String) {
        problems.add(pointer(to: name), en: en, es: es)
    }

    func note(_ name: String, _ message: LocalizedText) {
        problems.add(pointer(to: name), message)
    }

    func pointer(to name: String) -> String {
        let escaped = name.split(separator: "~", omittingEmptySubsequences: false).joined(separator: "~0")
            .split(separator: "/", omittingEmptySubsequences: false).joined(separator: "~1")
        return "\(pointer)/\(String(escaped.unicodeScalars.prefix(100)))"
    }

    private func isThere(_ name: String) -> Bool {
        if object[name] != nil { return true }
        note(name, en: "this field is missing", es: "falta este campo")
        return false
    }

    private func element(_ value: JSONValue, at pointer: String) -> BodyObject? {
        if case .object(let object) = value { return BodyObject(object, at: pointer, problems: problems) }
        problems.add(pointer, en: "must be an object", es: "debe ser un objeto")
        return nil
    }
}

extension JSONValue {
    /// `1` and `1.0` are the same number in JSON.
    var wholeNumber: Int64? {
        switch self {
        case .integer(let integer): integer
        case .number(let number): Int64(exactly: number)
        default: nil
        }
    }
}
