/// Mobiles had eight digits that began with 6 to 9 before they all got a 9 in front. What begins with 2 to 5 is a
/// landline and got none; numbers given out since begin with 91 to 95 and never had eight digits.
enum BrazilianNumber: VariantRules {
    static let callingCode: DigitString = [5, 5]
    private static let oldMobiles: ClosedRange<UInt8> = 6...9

    static func canonical(_ number: DigitString) -> DigitString? {
        guard number.count >= 10, number[0] != 0, number[1] != 0 else { return nil }
        switch number.count {
        case 10 where oldMobiles ~= number[2]: return number[0..<2] + [9] + number.dropFirst(2)
        case 11 where number[2] == 9: return number
        default: return nil
        }
    }

    static func others(than canonical: DigitString) -> [DigitString] {
        oldMobiles ~= canonical[3] ? [canonical[0..<2] + canonical.dropFirst(3)] : []
    }
}
