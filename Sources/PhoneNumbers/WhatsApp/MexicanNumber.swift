/// Until 2019 mobiles were written with a 1 after the country code from abroad. No area code begins with 0 or 1.
enum MexicanNumber: VariantRules {
    static let callingCode: DigitString = [5, 2]
    private static let areaCodes: ClosedRange<UInt8> = 2...9

    static func canonical(_ number: DigitString) -> DigitString? {
        switch number.count {
        case 10 where areaCodes ~= number[0]: number
        case 11 where number[0] == 1 && areaCodes ~= number[1]: number.dropFirst(1)
        default: nil
        }
    }

    static func others(than canonical: DigitString) -> [DigitString] {
        [[1] + canonical]
    }
}
