/// The writings of one number in the countries where one WhatsApp account has several.
///
/// | country | canonical | also seen |
/// |---|---|---|
/// | Brazil | 55, area code, 9 and eight digits | without the 9: accounts older than the ninth digit |
/// | Mexico | 52 and ten digits | 521 and ten digits: the mobile mark abolished in 2019, still in WhatsApp's ids |
/// | Argentina | 549 and ten digits | without the 9; with 15 after the area code, as people write it at home |
///
/// Canonical is what E.164 has today (for Argentina: of a mobile, which nearly every account is), so that it is also
/// the form that a CRM is most likely to hold.
struct NationalVariants {
    private let plan: NumberPlan
    /// Canonical, without the country code.
    private let national: [UInt8]

    /// Nil when the digits follow none of the patterns: they have one writing only.
    init?(_ digits: [UInt8]) {
        guard let plan = NumberPlan(digits), let national = plan.canonical(digits.dropFirst(2)) else { return nil }
        self.plan = plan
        self.national = national
    }

    var canonical: [UInt8] { plan.countryCode + national }

    /// The other writings, likeliest first.
    var others: [[UInt8]] {
        plan.others(than: national).map { plan.countryCode + $0 }
    }
}

/// A country's rules, on national numbers: ASCII digits without the country code.
private enum NumberPlan {
    case argentina, brazil, mexico

    init?(_ digits: [UInt8]) {
        guard digits.count >= 12, digits[0] == five else { return nil }
        switch digits[1] {
        case two: self = .mexico
        case four: self = .argentina
        case five: self = .brazil
        default: return nil
        }
    }

    var countryCode: [UInt8] {
        switch self {
        case .argentina: [five, four]
        case .brazil: [five, five]
        case .mexico: [five, two]
        }
    }

    /// Nil when `number` is none of the writings that the plan knows.
    func canonical(_ number: ArraySlice<UInt8>) -> [UInt8]? {
        let number = Array(number)
        return switch self {
        case .argentina: ArgentineNumber.canonical(number)
        case .brazil: BrazilianNumber.canonical(number)
        case .mexico: MexicanNumber.canonical(number)
        }
    }

    func others(than canonical: [UInt8]) -> [[UInt8]] {
        switch self {
        case .argentina: ArgentineNumber.others(than: canonical)
        case .brazil: BrazilianNumber.others(than: canonical)
        case .mexico: MexicanNumber.others(than: canonical)
        }
    }
}

private enum BrazilianNumber {
    /// Mobiles had eight digits that began with 6 to 9 before they all got a 9 in front. What begins with 2 to 5 is a
    /// landline and got none; numbers given out since begin with 91 to 95 and never had eight digits.
    private static let oldMobiles = six...nine

    static func canonical(_ number: [UInt8]) -> [UInt8]? {
        guard number.count >= 10, number[0] != zero, number[1] != zero else { return nil }
        switch number.count {
        case 10 where oldMobiles ~= number[2]: return Array(number[..<2] + [nine] + number[2...])
        case 11 where number[2] == nine: return number
        default: return nil
        }
    }

    static func others(than canonical: [UInt8]) -> [[UInt8]] {
        oldMobiles ~= canonical[3] ? [Array(canonical[..<2] + canonical[3...])] : []
    }
}

private enum MexicanNumber {
    /// No area code begins with 0 or 1.
    private static let areaCodes = two...nine

    static func canonical(_ number: [UInt8]) -> [UInt8]? {
        switch number.count {
        case 10 where areaCodes ~= number[0]: number
        case 11 where number[0] == one && areaCodes ~= number[1]: Array(number[1...])
        default: nil
        }
    }

    static func others(than canonical: [UInt8]) -> [[UInt8]] {
        [[one] + canonical]
    }
}

private enum ArgentineNumber {
    static func canonical(_ number: [UInt8]) -> [UInt8]? {
        let rest = number[0] == nine ? Array(number[1...]) : number
        guard hasAreaCode(rest) else { return nil }
        switch rest.count {
        case 10: return [nine] + rest
        case 12: return withoutFifteen(rest).map { [nine] + $0 }
        default: return nil
        }
    }

    static func others(than canonical: [UInt8]) -> [[UInt8]] {
        let rest = Array(canonical[1...])
        // Which of the two lengths an area code has is not decided here: the wrong one makes a number nobody has.
        let lengths = isBuenosAires(rest) ? [2] : [3, 4]
        return [rest] + lengths.map { Array(rest[..<$0] + [one, five] + rest[$0...]) }
    }

    /// Area codes are 11 for Buenos Aires; all others begin with 2 or 3 and have three or four digits.
    private static func hasAreaCode(_ rest: [UInt8]) -> Bool {
        guard rest.count >= 10 else { return false }
        return isBuenosAires(rest) || rest[0] == two || rest[0] == three
    }

    private static func isBuenosAires(_ rest: [UInt8]) -> Bool {
        rest[0] == one && rest[1] == one
    }

    /// Twelve digits without the 15 after their area code. It can stand after the third or after the fourth digit, not
    /// after both: the fifth digit would have to be 5 and 1.
    private static func withoutFifteen(_ rest: [UInt8]) -> [UInt8]? {
        let lengths = isBuenosAires(rest) ? [2] : [3, 4]
        for length in lengths where rest[length] == one && rest[length + 1] == five {
            return Array(rest[..<length] + rest[(length + 2)...])
        }
        return nil
    }
}

private let zero = UInt8(ascii: "0")
private let one = UInt8(ascii: "1")
private let two = UInt8(ascii: "2")
private let three = UInt8(ascii: "3")
private let four = UInt8(ascii: "4")
private let five = UInt8(ascii: "5")
private let six = UInt8(ascii: "6")
private let nine = UInt8(ascii: "9")
