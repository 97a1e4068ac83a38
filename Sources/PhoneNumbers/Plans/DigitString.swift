/// Up to 31 decimal digits as one value: numbers are cut and put together without touching memory.
struct DigitString: Hashable, Sendable {
    static let capacity = 31

    private(set) var count = 0
    /// Four bits a digit, the first digit in the lowest.
    private var nibbles: UInt128 = 0

    var isEmpty: Bool { count == 0 }

    init() {}

    /// The digit, 0 to 9, at a position below `count`.
    subscript(position: Int) -> UInt8 {
        UInt8(truncatingIfNeeded: nibbles &>> UInt128(truncatingIfNeeded: 4 * position)) & 0xF
    }

    /// Adds a digit, 0 to 9, at the end.
    mutating func append(_ digit: UInt8) {
        precondition(count < Self.capacity)
        nibbles |= UInt128(digit) &<< UInt128(truncatingIfNeeded: 4 * count)
        count += 1
    }

    /// Nil when there is no room for one more.
    func appending(_ digit: UInt8) -> DigitString? {
        guard count < Self.capacity else { return nil }
        return self + [digit]
    }

    func dropFirst(_ dropped: Int) -> DigitString {
        var rest = self
        rest.nibbles = nibbles &>> UInt128(truncatingIfNeeded: 4 * dropped)
        rest.count = max(0, count - dropped)
        return rest
    }

    func hasPrefix(_ prefix: DigitString) -> Bool {
        count >= prefix.count && self[0..<prefix.count] == prefix
    }

    /// The digits at the positions of `range`, which lies inside.
    subscript(range: Range<Int>) -> DigitString {
        var part = dropFirst(range.lowerBound)
        part.count = range.count
        part.nibbles &= (1 &<< UInt128(truncatingIfNeeded: 4 * range.count)) &- 1
        return part
    }

    static func + (lhs: DigitString, rhs: DigitString) -> DigitString {
        precondition(lhs.count + rhs.count <= capacity)
        var sum = lhs
        sum.nibbles |= rhs.nibbles &<< UInt128(truncatingIfNeeded: 4 * lhs.count)
        sum.count += rhs.count
        return sum
    }
}

extension DigitString: ExpressibleByArrayLiteral {
    init(arrayLiteral digits: UInt8...) {
        digits.forEach { append($0) }
    }
}

extension DigitString {
    /// Nil when the text is longer or holds anything but ASCII digits.
    init?(_ text: some StringProtocol) {
        for byte in text.utf8 {
            guard case UInt8(ascii: "0")...UInt8(ascii: "9") = byte, count < Self.capacity else { return nil }
            append(byte - UInt8(ascii: "0"))
        }
    }

    /// The decimal digits of a number that is not negative.
    init(_ number: Int) {
        for byte in String(number).utf8 { append(byte - UInt8(ascii: "0")) }
    }

    var text: String {
        String(unsafeUninitializedCapacity: count) { bytes in
            for position in 0..<count { bytes[position] = self[position] + UInt8(ascii: "0") }
            return count
        }
    }
}
