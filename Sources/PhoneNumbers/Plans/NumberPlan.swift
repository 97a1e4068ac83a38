import Domain

/// A region's numbering plan, ready for reading numbers.
final class NumberPlan: Sendable {
    let region: String
    let callingCode: Int
    let internationalPrefix: DigitPattern?
    let nationalPrefix: NationalPrefix?
    private let leadingDigits: DigitPattern?
    private let general: NumberShape
    private let localLengths: UInt32
    /// In the order in which they are asked; fixed lines and mobiles come after all of them.
    private let special: [(kind: PhoneNumberKind, shape: NumberShape)]
    private let fixedLine: NumberShape?
    private let mobile: NumberShape?
    private let isMobileAsFixed: Bool

    private static let specialKinds: [PhoneNumberKind] = [
        .premiumRate, .tollFree, .sharedCost, .voip, .personal, .pager, .company, .voicemail,
    ]

    /// Nil when one of the patterns is of no known kind: such a plan is the library's to read.
    init?(_ text: PlanText) {
        do {
            region = text.region
            callingCode = text.callingCode
            internationalPrefix = try Self.pattern(text.internationalPrefix)
            nationalPrefix = try Self.pattern(text.nationalPrefix).map {
                try NationalPrefix($0, rule: text.nationalPrefixRule)
            }
            leadingDigits = try Self.pattern(text.leadingDigits)
            guard let general = try NumberShape(text.general) else { return nil }
            self.general = general
            localLengths = text.general.localLengths
            special = try Self.specialKinds.compactMap { kind in
                try text.kinds[kind].flatMap { try NumberShape($0) }.map { (kind, $0) }
            }
            fixedLine = try text.kinds[.fixedLine].flatMap { try NumberShape($0) }
            mobile = try text.kinds[.mobile].flatMap { try NumberShape($0) }
            isMobileAsFixed = text.isMobileAsFixed
        } catch {
            return nil
        }
    }

    /// Whether the digits look like a national number of this region, whatever kind of number.
    func resembles(_ number: DigitString) -> Bool {
        general.pattern.matchesAll(of: number)
    }

    func length(of number: DigitString) -> NumberLength {
        let bit = 1 &<< UInt32(truncatingIfNeeded: number.count) as UInt32
        let lengths = general.lengths ?? 0
        if localLengths & bit != 0 { return .localOnly }
        if lengths & bit != 0 { return .possible }
        if bit > lengths { return .tooLong }
        return bit < lengths & (0 &- lengths) ? .tooShort : .unused
    }

    /// Whether the digits say that the number is this region's, where several share a calling code.
    func claims(_ number: DigitString) -> Bool {
        guard let leadingDigits else { return kind(of: number) != nil }
        return leadingDigits.matchPrefix(of: number) != nil
    }

    /// Nil when the plan has no such number.
    func kind(of number: DigitString) -> PhoneNumberKind? {
        guard general.matches(number) else { return nil }
        if let special = special.first(where: { $0.shape.matches(number) }) { return special.kind }
        if let fixedLine, fixedLine.matches(number) {
            if isMobileAsFixed { return .fixedLineOrMobile }
            return mobile.map { $0.matches(number) } ?? false ? .fixedLineOrMobile : .fixedLine
        }
        if !isMobileAsFixed, let mobile, mobile.matches(number) { return .mobile }
        return nil
    }

    private static func pattern(_ text: String) throws(UnknownPattern) -> DigitPattern? {
        guard !text.isEmpty else { return nil }
        guard let pattern = DigitPattern(text) else { throw UnknownPattern() }
        return pattern
    }
}

/// What a number's length says of it.
enum NumberLength {
    case possible, localOnly, tooShort, tooLong
    /// Between two lengths that are used.
    case unused
}

/// What the numbers of one kind look like.
struct NumberShape: Sendable {
    let pattern: DigitPattern
    /// Nil when every length that the pattern allows will do.
    let lengths: UInt32?

    /// Nil when there are no such numbers.
    init?(_ text: NumberText) throws(UnknownPattern) {
        guard !text.pattern.isEmpty else { return nil }
        guard let pattern = DigitPattern(text.pattern) else { throw UnknownPattern() }
        self.pattern = pattern
        lengths = text.lengths
    }

    func matches(_ number: DigitString) -> Bool {
        if let lengths, lengths & (1 &<< UInt32(truncatingIfNeeded: number.count)) == 0 { return false }
        return pattern.matchesAll(of: number)
    }
}

/// A plan holds something that this reader has not learnt.
struct UnknownPattern: Error {}
