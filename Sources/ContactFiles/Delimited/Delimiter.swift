/// What stands between two cells.
package enum Delimiter: String, Codable, CaseIterable, Sendable {
    case comma = ","
    case semicolon = ";"
    case tab = "\t"
    case bar = "|"

    /// All of them are ASCII.
    var byte: UInt8 {
        switch self {
        case .comma: 0x2C
        case .semicolon: 0x3B
        case .tab: 0x09
        case .bar: 0x7C
        }
    }
}

/// What may stand around a cell, doubled inside it.
package enum QuoteMark: String, Codable, CaseIterable, Sendable {
    case double = "\""
    case single = "'"
    /// Quotation marks are ordinary text.
    case none = ""

    /// 0 for none; a byte 0 never begins a quoted cell.
    var byte: UInt8 {
        switch self {
        case .double: 0x22
        case .single: 0x27
        case .none: 0
        }
    }
}

/// How the cells of a text file are told apart.
struct Dialect: Equatable {
    var delimiter: Delimiter
    var quote: QuoteMark
}
