/// A place in a request, with its path for the error that names it.
struct Field {
    let json: JSON
    let path: String

    /// Text of a limited length that must be there. Meta's wording for a wrong length differs between plain messages
    /// (code 100) and interactive ones (131009).
    func text(_ key: String, max: Int, min: Int = 1, code: Int = 100) throws(GraphError) -> String {
        guard let text = try optionalText(key, max: max, min: min, code: code) else {
            throw code == 100
                ? .parameter("The parameter \(name(key)) is required.") : .missing(name(key))
        }
        return text
    }

    @discardableResult
    func optionalText(_ key: String, max: Int, min: Int = 0, code: Int = 100) throws(GraphError) -> String? {
        guard let value = json[key], !value.isNull else { return nil }
        guard let text = value.text else { throw .parameter("Param \(name(key)) must be a string.") }
        let count = text.unicodeScalars.count
        if (min...max).contains(count) { return text }
        if code == 100, count > max {
            throw .parameter("Param \(name(key)) must be at most \(max) characters long.")
        }
        throw .messaging(code, "\(name(key)): length invalid. Min length: \(min), Max length: \(max)")
    }

    func object(_ key: String) throws(GraphError) -> Field {
        guard let value = json[key] else { throw .missing(name(key)) }
        guard value.members != nil else { throw .parameter("Param \(name(key)) must be a JSON object.") }
        return Field(json: value, path: name(key))
    }

    func items(_ key: String, _ count: ClosedRange<Int>) throws(GraphError) -> [Field] {
        guard let value = json[key] else { throw .missing(name(key)) }
        guard let items = value.items else { throw .parameter("Param \(name(key)) must be an array.") }
        guard count.contains(items.count) else {
            throw .messaging(
                131_009, "\(name(key)): invalid count. Min: \(count.lowerBound), Max: \(count.upperBound)")
        }
        return items.enumerated().map { Field(json: $0.element, path: "\(name(key))[\($0.offset)]") }
    }

    private func name(_ key: String) -> String { path.isEmpty ? key : "\(path)['\(key)']" }
}
