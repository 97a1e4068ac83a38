/// The part of a query after WHERE.
indirect enum SOQLCondition: Sendable {
    enum Comparison: Sendable {
        case equal, notEqual, less, lessOrEqual, greater, greaterOrEqual, like, isIn, notIn
    }

    case allOf([SOQLCondition])
    case anyOf([SOQLCondition])
    case not(SOQLCondition)
    case field(Int, Comparison, [SOQLValue])

    func matches(_ record: SObjectRecord, _ object: Int, in state: SalesforceState) -> Bool {
        switch self {
        case .allOf(let parts): parts.allSatisfy { $0.matches(record, object, in: state) }
        case .anyOf(let parts): parts.contains { $0.matches(record, object, in: state) }
        case .not(let part): !part.matches(record, object, in: state)
        case .field(let field, let comparison, let values):
            Self.holds(SOQLValue(record, field, object, in: state), comparison, values)
        }
    }

    private static func holds(_ value: SOQLValue, _ comparison: Comparison, _ wanted: [SOQLValue]) -> Bool {
        guard let first = wanted.first else { return comparison == .notIn }
        let order = value.compared(to: first)
        switch comparison {
        case .equal: return order == 0
        case .notEqual: return order != 0
        case .less: return order.map { $0 < 0 } ?? false
        case .lessOrEqual: return order.map { $0 <= 0 } ?? false
        case .greater: return order.map { $0 > 0 } ?? false
        case .greaterOrEqual: return order.map { $0 >= 0 } ?? false
        case .like: return isLike(value, first)
        case .isIn: return wanted.contains(value)
        case .notIn: return !wanted.contains(value)
        }
    }

    /// `%` stands for any characters, `_` for one.
    private static func isLike(_ value: SOQLValue, _ pattern: SOQLValue) -> Bool {
        guard case .text(let whole) = value, case .text(let wanted) = pattern else { return false }
        let (text, pattern) = (Array(whole.lowercased()), Array(wanted.lowercased()))
        var (position, place) = (0, 0)
        var restart: (position: Int, place: Int)?
        while position < text.count {
            if place < pattern.count, pattern[place] == "%" {
                restart = (position, place)
                place += 1
            } else if place < pattern.count, pattern[place] == "_" || pattern[place] == text[position] {
                position += 1
                place += 1
            } else if let last = restart {
                // The star takes one character more.
                restart = (last.position + 1, last.place)
                position = last.position + 1
                place = last.place + 1
            } else {
                return false
            }
        }
        return pattern[place...].allSatisfy { $0 == "%" }
    }

    /// The numbers of the records that may match, from an index; nil: all records must be looked at.
    func candidates(_ object: Int, in state: SalesforceState) -> Set<Int>? {
        switch self {
        case .allOf(let parts): return parts.compactMap { $0.candidates(object, in: state) }.min { $0.count < $1.count }
        case .anyOf(let parts):
            var found: Set<Int> = []
            for part in parts {
                guard let numbers = part.candidates(object, in: state) else { return nil }
                found.formUnion(numbers)
            }
            return found
        case .not: return nil
        case .field(let field, let comparison, let values):
            return Self.candidates(field, comparison, values, object, in: state)
        }
    }

    private static func candidates(
        _ field: Int, _ comparison: Comparison, _ values: [SOQLValue], _ object: Int, in state: SalesforceState
    ) -> Set<Int>? {
        let (schema, table) = (state[object].schema, state[object].table)
        switch (comparison, schema.fields[field].source) {
        case (.equal, .id), (.isIn, .id):
            return Set(texts(values).compactMap { SalesforceID.number(of: $0, prefix: schema.prefix) })
        case (.equal, .stored) where table.isIndexed(field), (.isIn, .stored) where table.isIndexed(field):
            guard !values.contains(.null) else { return nil }
            return Set(texts(values).flatMap { table.numbers(with: $0, in: field) })
        case (.greater, .modified), (.greaterOrEqual, .modified), (.equal, .modified):
            guard case .time(let start)? = values.first else { return nil }
            return Set(table.log.since(start).map(\.number))
        default: return nil
        }
    }

    private static func texts(_ values: [SOQLValue]) -> [String] {
        values.compactMap { value -> String? in if case .text(let text) = value { text } else { nil } }
    }
}
