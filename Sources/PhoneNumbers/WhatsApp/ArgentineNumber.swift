/// Mobiles have a 9 before the area code from abroad, and 15 after it at home; a number is a mobile or a landline, so
/// without both marks it is still the same account.
enum ArgentineNumber: VariantRules {
    static let callingCode: DigitString = [5, 4]

    static func canonical(_ number: DigitString) -> DigitString? {
        guard !number.isEmpty else { return nil }
        let rest = number[0] == 9 ? number.dropFirst(1) : number
        guard hasAreaCode(rest) else { return nil }
        switch rest.count {
        case 10: return [9] + rest
        case 12: return withoutFifteen(rest).map { [9] + $0 }
        default: return nil
        }
    }

    static func others(than canonical: DigitString) -> [DigitString] {
        let rest = canonical.dropFirst(1)
        return [rest] + areaCodeLengths(rest).map { rest[0..<$0] + [1, 5] + rest.dropFirst($0) }
    }

    /// Area codes are 11 for Buenos Aires; all others begin with 2 or 3 and have three or four digits.
    private static func hasAreaCode(_ rest: DigitString) -> Bool {
        guard rest.count >= 10 else { return false }
        return isBuenosAires(rest) || rest[0] == 2 || rest[0] == 3
    }

    private static func isBuenosAires(_ rest: DigitString) -> Bool {
        rest[0] == 1 && rest[1] == 1
    }

    /// Which of the two lengths an area code has is not decided here: the wrong one makes a number nobody has.
    private static func areaCodeLengths(_ rest: DigitString) -> [Int] {
        isBuenosAires(rest) ? [2] : [3, 4]
    }

    /// Twelve digits without the 15 after their area code. It can stand after the third or after the fourth digit, not
    /// after both: the fifth digit would have to be 5 and 1.
    private static func withoutFifteen(_ rest: DigitString) -> DigitString? {
        areaCodeLengths(rest).first { rest[$0] == 1 && rest[$0 + 1] == 5 }
            .map { rest[0..<$0] + rest.dropFirst($0 + 2) }
    }
}
