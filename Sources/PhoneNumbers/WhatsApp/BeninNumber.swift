/// Every number of eight digits, fixed or mobile, was given 01 in front. Old WhatsApp ids still lack it.
enum BeninNumber: VariantRules {
    static let callingCode: DigitString = [2, 2, 9]
    private static let prefix: DigitString = [0, 1]

    static func canonical(_ number: DigitString) -> DigitString? {
        switch number.count {
        case 8 where number[0] != 0: prefix + number
        case 10 where number.hasPrefix(prefix): number
        default: nil
        }
    }

    static func others(than canonical: DigitString) -> [DigitString] {
        let old = canonical.dropFirst(prefix.count)
        return old[0] == 0 ? [] : [old]
    }
}
