/// PostgreSQL's `numeric`, which sums of integers have: a whole number that fits becomes an integer, as on SQLite, any
/// other a real.
///
/// Shape: four 16-bit numbers in network order (count of digits, weight of the first, sign, scale shown), then digits
/// of base 10,000.
struct PostgresNumeric {
    private static let negative: UInt16 = 0x4000
    private static let finite: ClosedRange<UInt16> = 0...negative

    let value: SQLValue

    init(_ bytes: UnsafeRawBufferPointer) throws(SQLError) {
        let words = bytes.count % 2 == 0 ? (0..<bytes.count / 2).map { Self.word($0, of: bytes) } : []
        guard words.count >= 4, words.count == 4 + Int(words[0]), Self.finite.contains(words[2]) else {
            throw .decoding("a numeric that is no finite number")
        }
        let digits = words[4...].map { Int64($0) }
        let weight = Int(Int16(bitPattern: words[1]))
        let isNegative = words[2] == Self.negative
        if words[3] == 0, let whole = Self.whole(digits, weight: weight, isNegative: isNegative) {
            value = .integer(whole)
        } else {
            value = .real(Self.real(digits, weight: weight, isNegative: isNegative))
        }
    }

    private static func word(_ index: Int, of bytes: UnsafeRawBufferPointer) -> UInt16 {
        UInt16(bigEndian: bytes.loadUnaligned(fromByteOffset: index * 2, as: UInt16.self))
    }

    /// Nil when it does not fit into 64 bits.
    private static func whole(_ digits: [Int64], weight: Int, isNegative: Bool) -> Int64? {
        guard weight < 5 else { return nil }
        var sum: Int64 = 0
        for position in 0..<max(0, weight + 1) {
            let digit = position < digits.count ? digits[position] : 0
            let (shifted, overflow) = sum.multipliedReportingOverflow(by: 10_000)
            let (added, overflowed) = shifted.addingReportingOverflow(isNegative ? -digit : digit)
            if overflow || overflowed { return nil }
            sum = added
        }
        return sum
    }

    private static func real(_ digits: [Int64], weight: Int, isNegative: Bool) -> Double {
        // Through decimal text, so that the nearest double results.
        let text = digits.map { digit in String(digit + 10_000).dropFirst() }.joined()
        let exponent = (weight + 1 - digits.count) * 4
        let magnitude = digits.isEmpty ? 0 : Double("\(text)e\(exponent)") ?? .infinity
        return isNegative ? -magnitude : magnitude
    }
}
