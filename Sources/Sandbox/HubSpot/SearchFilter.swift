/// One condition of a search. Source: HubSpot, "Search the CRM", 2026-09.
struct SearchFilter: Sendable {
    enum Operator: String, Sendable, CaseIterable {
        case equal = "EQ"
        case notEqual = "NEQ"
        case less = "LT"
        case lessOrEqual = "LTE"
        case greater = "GT"
        case greaterOrEqual = "GTE"
        case between = "BETWEEN"
        case `in` = "IN"
        case notIn = "NOT_IN"
        case hasProperty = "HAS_PROPERTY"
        case hasNoProperty = "NOT_HAS_PROPERTY"
        case containsToken = "CONTAINS_TOKEN"
        case lacksToken = "NOT_CONTAINS_TOKEN"
    }

    /// Where the value of a record is found.
    enum Source: Sendable {
        case id, created, modified
        case field(Int, PropertyDefinition.Kind)
        /// The records of a kind that a record is associated with: "associations.contact".
        case association(ObjectType)
    }

    let source: Source
    let comparison: Operator
    let values: [String]
    private let numbers: [Double]

    init(_ json: JSON, type: ObjectType, book: PropertyBook) throws(HubSpotError) {
        guard let name = json["propertyName"]?.text, let word = json["operator"]?.text,
            let comparison = Operator(rawValue: word)
        else { throw .validation("Invalid input JSON: a filter needs propertyName and a known operator") }
        guard let source = Self.association(name) ?? SearchSort.source(of: name, type: type, book: book) else {
            throw .validation("There was a problem with the request. Unknown property '\(name.prefix(120))'.")
        }
        self.source = source
        self.comparison = comparison
        let list = (json["values"]?.items ?? []).compactMap(\.identifier)
        let single = [json["value"], json["highValue"]].compactMap { $0?.identifier }
        values = ([.in, .notIn].contains(comparison) ? list : single).map { $0.lowercased() }
        numbers = values.compactMap { SearchSort.number($0, source) }
        try Self.check(comparison, values.count, numbers.count, name)
    }

    private static func association(_ name: String) -> Source? {
        guard name.hasPrefix("associations.") else { return nil }
        return ObjectType(String(name.dropFirst("associations.".count))).map(Source.association)
    }

    private static func check(
        _ comparison: Operator, _ values: Int, _ numbers: Int, _ name: String
    ) throws(HubSpotError) {
        switch comparison {
        case .hasProperty, .hasNoProperty: return
        case .between where values < 2: throw .validation("BETWEEN on \(name) needs value and highValue.")
        case .less, .lessOrEqual, .greater, .greaterOrEqual, .between:
            guard values >= 1, numbers == values else {
                throw .validation("The value of a comparison on \(name) is not a number or a time.")
            }
        default: guard values >= 1 else { throw .validation("\(comparison.rawValue) on \(name) needs a value.") }
        }
    }

    /// The field and values by which an index can find the records; nil when every record must be looked at.
    var lookup: (property: Int, values: [String])? {
        guard case .field(let property, _) = source, comparison == .equal || comparison == .in else { return nil }
        return (property, values)
    }

    func matches(_ record: CRMRecord) -> Bool {
        if case .association(let type) = source { return isLinked(record, to: type) }
        let text = SearchSort.text(of: record, source)
        switch comparison {
        case .hasProperty: return text != nil
        case .hasNoProperty: return text == nil
        case .notEqual, .notIn: return text.map { !isListed($0) } ?? true
        case .lacksToken: return text.map { !containsToken($0) } ?? true
        case .equal, .in: return text.map(isListed) ?? false
        case .containsToken: return text.map(containsToken) ?? false
        case .less, .lessOrEqual, .greater, .greaterOrEqual, .between: return compares(record)
        }
    }

    private func isLinked(_ record: CRMRecord, to type: ObjectType) -> Bool {
        let linked = record.links.lazy.filter { $0.to == type }.map { String($0.id) }
        return switch comparison {
        case .equal, .in: linked.contains(where: values.contains)
        case .notEqual, .notIn: !linked.contains(where: values.contains)
        case .hasProperty: !linked.isEmpty
        case .hasNoProperty: linked.isEmpty
        default: false
        }
    }

    private func isListed(_ text: String) -> Bool {
        let lower = text.lowercased()
        if values.contains(lower) { return true }
        // Times and numbers are equal in any spelling.
        guard !numbers.isEmpty, let number = SearchSort.number(lower, source) else { return false }
        return numbers.contains(number)
    }

    private func compares(_ record: CRMRecord) -> Bool {
        guard let value = SearchSort.number(of: record, source), let first = numbers.first else { return false }
        switch comparison {
        case .less: return value < first
        case .lessOrEqual: return value <= first
        case .greater: return value > first
        case .greaterOrEqual: return value >= first
        default: return numbers.count > 1 && (first...max(first, numbers[1])).contains(value)
        }
    }

    /// A token matches whole words; a star stands for anything at its beginning or end.
    private func containsToken(_ text: String) -> Bool {
        let words = text.lowercased().split { !$0.isLetter && !$0.isNumber }
        return values.contains { pattern in
            let parts = pattern.split { !$0.isLetter && !$0.isNumber && $0 != "*" }
            return !parts.isEmpty && parts.allSatisfy { part in words.contains { Self.fits($0, part) } }
        }
    }

    private static func fits(_ word: Substring, _ pattern: Substring) -> Bool {
        let bare = pattern.filter { $0 != "*" }
        if bare.isEmpty { return pattern.contains("*") }
        switch (pattern.first == "*", pattern.last == "*") {
        case (true, true): return word.contains(bare)
        case (true, false): return word.hasSuffix(bare)
        case (false, true): return word.hasPrefix(bare)
        case (false, false): return word == bare
        }
    }
}
