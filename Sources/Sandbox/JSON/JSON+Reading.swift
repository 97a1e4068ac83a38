/// Looking into a value: each accessor is nil when the value has another type.
extension JSON {
    subscript(key: String) -> JSON? {
        get { if case .object(let object) = self { object[key] } else { nil } }
        set {
            guard case .object(var object) = self else { return }
            object[key] = newValue
            self = .object(object)
        }
    }

    var text: String? { if case .string(let value) = self { value } else { nil } }
    var flag: Bool? { if case .bool(let value) = self { value } else { nil } }
    var items: [JSON]? { if case .array(let value) = self { value } else { nil } }
    var members: JSONObject? { if case .object(let value) = self { value } else { nil } }
    var isNull: Bool { self == .null }

    /// A whole number, also when it was written as a string, which vendors' clients do.
    var wholeNumber: Int64? {
        switch self {
        case .integer(let value): value
        case .string(let value): Int64(value)
        case .number(let value): Int64(exactly: value)
        default: nil
        }
    }

    /// Any number, also when it was written as a string.
    var decimal: Double? {
        switch self {
        case .integer(let value): Double(value)
        case .number(let value): value
        case .string(let value): Double(value)
        default: nil
        }
    }

    /// A string, or a number as its digits: identifiers come in both forms.
    var identifier: String? {
        switch self {
        case .string(let value): value
        case .integer(let value): String(value)
        default: nil
        }
    }
}
