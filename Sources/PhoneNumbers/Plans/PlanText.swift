import Domain

/// A region's numbering plan as libphonenumber keeps it: patterns still as text.
/// Source: phonemetadata.proto of libphonenumber, messages PhoneMetadata and PhoneNumberDesc.
struct PlanText: Sendable {
    /// ISO 3166 alpha-2, or "001" for numbers of no country.
    private(set) var region = ""
    private(set) var callingCode = 0
    private(set) var isMainOfItsCode = false
    private(set) var internationalPrefix = ""
    /// Of what people dial before the number at home, such as a trunk zero.
    private(set) var nationalPrefix = ""
    /// What replaces such a prefix when it says more than that a number follows.
    private(set) var nationalPrefixRule = ""
    private(set) var leadingDigits = ""
    private(set) var isMobileAsFixed = false
    private(set) var general = NumberText()
    private(set) var kinds: [PhoneNumberKind: NumberText] = [:]

    init(_ fields: WireFields) {
        for field in fields {
            switch field.number {
            case 1: general = NumberText(field.value.message)
            case 9: region = field.value.text
            case 10: callingCode = Int(truncatingIfNeeded: field.value.number)
            case 11: internationalPrefix = field.value.text
            case 15: nationalPrefix = field.value.text
            case 16: nationalPrefixRule = field.value.text
            case 18: isMobileAsFixed = field.value.isTrue
            case 22: isMainOfItsCode = field.value.isTrue
            case 23: leadingDigits = field.value.text
            default: readKind(field)
            }
        }
    }

    private mutating func readKind(_ field: WireFields.Field) {
        let kind: PhoneNumberKind
        switch field.number {
        case 2: kind = .fixedLine
        case 3: kind = .mobile
        case 4: kind = .tollFree
        case 5: kind = .premiumRate
        case 6: kind = .sharedCost
        case 7: kind = .personal
        case 8: kind = .voip
        case 21: kind = .pager
        case 25: kind = .company
        case 28: kind = .voicemail
        default: return
        }
        kinds[kind] = NumberText(field.value.message)
    }
}

/// One kind of number of a plan.
struct NumberText: Sendable {
    private(set) var pattern = ""
    /// Lengths that its numbers have; bit 9 is set when some have nine digits. Nil when nothing is said of them.
    private(set) var lengths: UInt32?
    /// Lengths that are understood inside an area only.
    private(set) var localLengths: UInt32 = 0

    init() {}

    init(_ fields: WireFields) {
        for field in fields {
            switch field.number {
            case 2: pattern = field.value.text
            case 9: lengths = (lengths ?? 0) | Self.bits(field.value)
            case 10: localLengths |= Self.bits(field.value)
            default: break
            }
        }
    }

    /// A length of -1 says that there are no such numbers: it has no bit.
    private static func bits(_ value: WireValue) -> UInt32 {
        let length = value.number
        return length < 32 ? 1 << UInt32(length) : 0
    }
}
