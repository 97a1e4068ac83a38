import Domain

/// Lenient reading: absent, null, empty and "of another type" all come out as nil, so that a reader says only what it
/// wants. Meta mixes numbers and strings, and some senders write `""` for "not there".
extension JSON {
    /// The member of that name; null when this is no object or has none. The last of several wins.
    subscript(key: String) -> JSON {
        guard case .object(let members) = self else { return .null }
        return members.last { $0.key == key }?.value ?? .null
    }

    var isNull: Bool { self == .null }

    var isObject: Bool {
        if case .object = self { true } else { false }
    }

    /// A string that is not empty, or a number as it was written.
    var text: String? {
        switch self {
        case .string(let text), .number(let text): text.isEmpty ? nil : text
        case .null, .bool, .array, .object: nil
        }
    }

    /// A whole number, also out of `"42"` and `42.0`; nil beyond 64 bits.
    var integer: Int64? {
        guard let text else { return nil }
        if let value = Int64(text) { return value }
        guard let value = Double(text), value.isFinite else { return nil }
        return Int64(exactly: value.rounded(.towardZero))
    }

    /// A finite number, also out of a string.
    var double: Double? {
        guard let text, let value = Double(text), value.isFinite else { return nil }
        return value
    }

    /// True or false, also out of `"true"` and `"false"`.
    var flag: Bool? {
        switch self {
        case .bool(let value): value
        case .string("true"): true
        case .string("false"): false
        case .null, .number, .string, .array, .object: nil
        }
    }

    /// The elements of an array. Nothing for null; what stands where an array should is its only element, so that it is
    /// looked at and reported, never skipped.
    var items: [JSON] {
        switch self {
        case .null: []
        case .array(let elements): elements
        case .bool, .number, .string, .object: [self]
        }
    }

    /// A moment out of Unix seconds (or milliseconds), number or string. Outside 1970–2100 it counts as absent.
    var time: Timestamp? {
        guard let value = integer, value > 0 else { return nil }
        let yearEnd: Int64 = 4_102_444_800
        if value < yearEnd { return Timestamp(seconds: value) }
        // Twelve digits and more can only be milliseconds: as seconds they lie beyond the year 5000.
        return (100_000_000_000..<yearEnd * 1000).contains(value) ? Timestamp(milliseconds: value) : nil
    }
}
