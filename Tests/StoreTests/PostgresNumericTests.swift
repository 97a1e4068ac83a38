import Testing

@testable import Store

@Suite struct PostgresNumericTests {
    /// Count of digits, weight, sign, scale, digits of base 10,000.
    @Test(
        arguments: [
            ([0, 0, 0, 0], SQLValue.integer(0)), ([1, 0, 0, 0, 7], .integer(7)), ([1, 0, 0x4000, 0, 7], .integer(-7)),
            ([1, 1, 0, 0, 5], .integer(50_000)),
            ([5, 4, 0, 0, 922, 3372, 368, 5477, 5807], .integer(.max)),
            ([5, 4, 0x4000, 0, 922, 3372, 368, 5477, 5808], .integer(.min)),
            ([5, 4, 0, 0, 922, 3372, 368, 5477, 5808], .real(9_223_372_036_854_775_808)),
            ([2, 0, 0, 2, 3, 5000], .real(3.5)), ([1, 0, 0, 16, 3], .real(3)),
            ([1, 0xFFFF, 0x4000, 3, 10], .real(-0.001)),
            ([0, 0, 0, 2], .real(0)),
        ] as [([UInt16], SQLValue)])
    func `whole numbers that fit are integers, others reals`(words: [UInt16], value: SQLValue) throws {
        let bytes = words.flatMap { [UInt8($0 >> 8), UInt8($0 & 255)] }

        let numeric = try bytes.withUnsafeBytes { try PostgresNumeric($0) }

        #expect(numeric.value == value)
    }

    @Test(arguments: [[], [0], [0, 0, 0xC000, 0], [2, 0, 0, 0, 1], [0, 0, 0, 0, 0]] as [[UInt16]])
    func `what is no finite number is refused`(words: [UInt16]) {
        let bytes = words.flatMap { [UInt8($0 >> 8), UInt8($0 & 255)] }

        #expect(throws: SQLError.decoding("a numeric that is no finite number")) {
            try bytes.withUnsafeBytes { try PostgresNumeric($0) }
        }
    }
}
