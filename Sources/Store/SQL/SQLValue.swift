/// A value in a column or a parameter, the same on both engines. Booleans are 0 and 1, times are milliseconds,
/// JSON is text.
package enum SQLValue: Hashable, Sendable {
    case null
    case integer(Int64)
    case real(Double)
    case text(String)
    case blob([UInt8])
}

/// A type that can be written as a parameter and read from a column.
package protocol SQLConvertible {
    var sqlValue: SQLValue { get }
    /// Nil when the value is of another kind; the row then throws, naming the column.
    static func from(_ value: SQLValue) -> Self?
}

extension Int64: SQLConvertible {
    package var sqlValue: SQLValue { .integer(self) }
    package static func from(_ value: SQLValue) -> Int64? {
        if case .integer(let integer) = value { integer } else { nil }
    }
}

extension Int: SQLConvertible {
    package var sqlValue: SQLValue { .integer(Int64(self)) }
    package static func from(_ value: SQLValue) -> Int? {
        Int64.from(value).flatMap { Int(exactly: $0) }
    }
}

extension Bool: SQLConvertible {
    package var sqlValue: SQLValue { .integer(self ? 1 : 0) }
    package static func from(_ value: SQLValue) -> Bool? {
        Int64.from(value).map { $0 != 0 }
    }
}

extension Double: SQLConvertible {
    package var sqlValue: SQLValue { .real(self) }
    package static func from(_ value: SQLValue) -> Double? {
        switch value {
        case .real(let real): real
        case .integer(let integer): Double(integer)
        default: nil
        }
    }
}

extension String: SQLConvertible {
    /// U+0000 cannot be kept by PostgreSQL: it becomes U+FFFD on both engines, so that both hold the same text.
    package var sqlValue: SQLValue {
        .text(utf8.contains(0) ? String(map { $0 == "\u{0}" ? "\u{FFFD}" : $0 }) : self)
    }
    package static func from(_ value: SQLValue) -> String? {
        if case .text(let text) = value { text } else { nil }
    }
}

extension [UInt8]: SQLConvertible {
    package var sqlValue: SQLValue { .blob(self) }
    package static func from(_ value: SQLValue) -> [UInt8]? {
        if case .blob(let bytes) = value { bytes } else { nil }
    }
}

extension Optional: SQLConvertible where Wrapped: SQLConvertible {
    package var sqlValue: SQLValue { self?.sqlValue ?? .null }
    package static func from(_ value: SQLValue) -> Wrapped?? {
        if case .null = value { return .some(nil) }
        return Wrapped.from(value).map { .some($0) }
    }
}

/// Enums with a text of their own are kept as that text; a `CHECK` in the schema lists the same texts.
extension SQLConvertible where Self: RawRepresentable, RawValue == String {
    package var sqlValue: SQLValue { .text(rawValue) }
    package static func from(_ value: SQLValue) -> Self? {
        String.from(value).flatMap(Self.init(rawValue:))
    }
}
