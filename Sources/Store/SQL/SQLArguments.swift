/// The values for a statement's `:name` parameters. Values written in the order in which the statement names them are
/// bound fastest; any order is right.
package struct SQLArguments: ExpressibleByDictionaryLiteral, Sendable {
    package private(set) var pairs: [(name: String, value: SQLValue)]

    package init(dictionaryLiteral elements: (String, any SQLConvertible)...) {
        pairs = elements.map { ($0.0, $0.1.sqlValue) }
    }

    package init(_ pairs: [(name: String, value: SQLValue)] = []) {
        self.pairs = pairs
    }

    package mutating func set(_ name: String, _ value: any SQLConvertible) {
        if let index = pairs.firstIndex(where: { $0.name == name }) {
            pairs[index].value = value.sqlValue
        } else {
            pairs.append((name, value.sqlValue))
        }
    }

    /// The value of the parameter, looked for first at `position`, where it stands when both orders agree.
    package func value(of name: String, expectedAt position: Int) -> SQLValue? {
        if position < pairs.count, pairs[position].name == name { return pairs[position].value }
        return pairs.first { $0.name == name }?.value
    }
}
