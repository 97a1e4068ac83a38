import Testing

@testable import PhoneNumbers

@Suite struct DigitPatternTests {
    @Test(arguments: [
        ("1", "1", true), ("1", "2", false), ("1", "11", false), ("\\d{3}", "123", true), ("\\d{3}", "12", false),
        ("[2-46]", "3", true), ("[2-46]", "5", false), ("12?3", "13", true), ("12?3", "1223", false),
        ("1|23|4{2,3}", "444", true), ("1|23|4{2,3}", "4", false), ("(?:1|12)(?:3|23)", "123", true),
        ("(?:1|12)(?:3|23)", "1223", true), ("(1)(?:2|(3))$", "13", true), ("(?:)", "", true), ("1?", "", true),
        ("(?:[27]\\d|4[015]){2}", "2741", true), ("(?:[27]\\d|4[015]){2}", "2742", false),
    ])
    func `a pattern matches all of the digits or not`(pattern: String, digits: String, isMatch: Bool) throws {
        let pattern = try #require(DigitPattern(pattern))

        #expect(try pattern.matchesAll(of: #require(DigitString(digits))) == isMatch)
    }

    @Test(arguments: [
        ("0|00", "005", 1), ("00|0", "005", 2), ("0?", "5", 0), ("0(?:12)?", "0125", 3), ("1|([2-9]\\d{2})$", "234", 3),
        ("1|([2-9]\\d{2})$", "2345", nil), ("0", "", nil),
    ])
    func `alternatives are tried in their order at the beginning`(pattern: String, digits: String, length: Int?) throws
    {
        let pattern = try #require(DigitPattern(pattern))

        #expect(try pattern.matchPrefix(of: #require(DigitString(digits)))?.length == length)
    }

    @Test func `groups say what they took, and nothing when another way was taken`() throws {
        let pattern = try #require(DigitPattern("0(?:(1[245])(\\d{3}))?"))

        let both = try #require(pattern.matchPrefix(of: [0, 1, 2, 7, 8, 9]))
        #expect([both.captures[0], both.captures[1]] == [1..<3, 3..<6])
        let none = try #require(pattern.matchPrefix(of: [0, 1, 2, 7]))
        #expect(none.length == 1)
        #expect(none.captures[0] == nil)
    }

    @Test(arguments: [
        "(", ")", "1)", "[1", "[a]", "a", "1*", "1+", ".", "\\w", "1{", "1{2", "1{3,2}", "1{,2}", "1{99}", "^1", "[^1]",
        "(?=1)",
    ])
    func `what plans do not use is not guessed at`(pattern: String) {
        #expect(DigitPattern(pattern) == nil)
    }

    @Test func `digits are cut and joined`() throws {
        let digits = try #require(DigitString("0123456789012345678901234567890"))

        #expect(digits.text == "0123456789012345678901234567890")
        #expect(digits.dropFirst(29).text == "90")
        #expect(digits[8..<11].text == "890")
        #expect(digits.appending(1) == nil)
        #expect(DigitString("01234567890123456789012345678901") == nil)
        #expect(([5, 2] + DigitString(155)).text == "52155")
        #expect(digits.hasPrefix([0, 1, 2]))
        #expect(!digits.hasPrefix([1]))
    }

    @Test func `a message that is cut off is read as far as it goes`() {
        let bytes: [UInt8] = [0x08, 0x96, 0x01, 0x12, 0x02, 0x35, 0x35, 0x12, 0x09, 0x35]

        let fields = bytes.withUnsafeBytes { WireFields($0[...]).map { ($0.number, $0.value.number, $0.value.text) } }

        #expect(fields.map(\.0) == [1, 2])
        #expect(fields.first?.1 == 150)
        #expect(fields.last?.2 == "55")
    }
}
