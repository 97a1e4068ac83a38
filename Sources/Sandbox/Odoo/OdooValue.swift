/// What a field of a record holds. An empty field has no value at all; on the wire it is `false`, whatever its type.
enum OdooValue: Sendable, Equatable {
    case text(String)
    /// Also the id of a many2one, and a time in milliseconds.
    case integer(Int64)
    case number(Double)
    case flag(Bool)
    /// A many2many.
    case ids([Int64])
}

extension OdooValue {
    var text: String? { if case .text(let value) = self { value } else { nil } }
    var integer: Int64? { if case .integer(let value) = self { value } else { nil } }
    var flag: Bool? { if case .flag(let value) = self { value } else { nil } }
    var ids: [Int64]? { if case .ids(let value) = self { value } else { nil } }

    /// The form under which an index keeps it.
    var indexKey: String {
        switch self {
        case .text(let text): text.lowercased()
        case .integer(let number): String(number)
        case .number(let number): String(number)
        case .flag(let flag): flag ? "1" : "0"
        case .ids(let ids): ids.map { String($0) }.joined(separator: ",")
        }
    }
}

/// Odoo's times: naive, UTC, without fractions, though they are stored with them: `2026-11-20 09:30:00`.
enum OdooTime {
    static func text(_ milliseconds: Int64) -> String {
        let iso = ISOTime.text(milliseconds)
        return "\(iso.prefix(10)) \(iso.dropFirst(11).prefix(8))"
    }

    static func milliseconds(_ text: String) -> Int64? {
        text.contains("Z") ? nil : ISOTime.milliseconds(text)
    }
}
