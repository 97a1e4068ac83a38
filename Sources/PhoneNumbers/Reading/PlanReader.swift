import Domain

/// Reads plainly written numbers by the numbering plans, in the steps and with the answers of libphonenumber.
///
/// Rarer writing is left to the library; tests compare the two on many thousands of texts.
struct PlanReader {
    enum Answer {
        case number(PhoneNumber)
        case refused(PhoneNumberProblem)
        /// The library is to be asked.
        case unknown
    }

    let book: PlanBook

    /// Shorter and longer national numbers than these exist nowhere.
    private static let nationalLengths = 2...17

    func read(_ text: UnsafeBufferPointer<UInt8>, region: RegionKey?) -> Answer {
        guard let scan = NumberScan(text) else { return .unknown }
        guard let region, book.has(region) else {
            return scan.isInternational ? international(scan.digits, home: nil) : .refused(.unknownCountry)
        }
        guard let (plans, home) = book.plans(of: region) else { return .unknown }
        if scan.isInternational { return international(scan.digits, home: home) }
        if let dialled = home.withoutInternationalPrefix(scan.digits) { return international(dialled, home: home) }
        let national = home.withoutCallingCode(scan.digits, plans.digits) ?? scan.digits
        return number(national, of: home, plans)
    }

    /// - Parameter digits: they begin with a calling code.
    private func international(_ digits: DigitString, home: NumberPlan?) -> Answer {
        guard digits.count > 2, let (plans, national) = book.split(digits) else { return .unknown }
        let isHome = home.map { $0.region == plans.main.region } ?? false
        return number(national, of: isHome ? home ?? plans.main : plans.main, plans)
    }

    /// - Parameter plan: whose national prefix the digits may still have.
    private func number(_ digits: DigitString, of plan: NumberPlan, _ plans: CallingCodePlans) -> Answer {
        guard digits.count >= Self.nationalLengths.lowerBound else { return .refused(.tooShort) }
        let national = plan.withoutNationalPrefix(digits)
        if let problem = Self.problem(national, plans.main) { return .refused(problem) }
        let place = plans.place(national)
        let region = place?.region ?? plans.main.region
        return .number(
            PhoneNumber(
                digits: (plans.digits + national).text, validity: place == nil ? .possible : .valid,
                kind: place?.kind ?? .unknown,
                region: region == "001" ? nil : region, countryCode: plans.callingCode, extension: nil))
    }

    private static func problem(_ national: DigitString, _ plan: NumberPlan) -> PhoneNumberProblem? {
        if national.count < nationalLengths.lowerBound { return .tooShort }
        if national.count > nationalLengths.upperBound { return .tooLong }
        return switch plan.length(of: national) {
        case .possible: nil
        case .localOnly: .areaCodeMissing
        case .tooShort: .tooShort
        case .tooLong: .tooLong
        case .unused: .wrongLength
        }
    }
}

extension NumberPlan {
    /// What follows the prefix for calls abroad, such as 00; nil when the digits do not begin with it. A country code
    /// never begins with 0.
    fileprivate func withoutInternationalPrefix(_ digits: DigitString) -> DigitString? {
        guard let length = internationalPrefix?.matchPrefix(of: digits)?.length else { return nil }
        let rest = digits.dropFirst(length)
        return rest.isEmpty || rest[0] != 0 ? rest : nil
    }

    /// The national number when the digits begin with the plan's own calling code: people leave out the "+". Nil when
    /// they only seem to: they are a number of the plan as they stand.
    fileprivate func withoutCallingCode(_ digits: DigitString, _ code: DigitString) -> DigitString? {
        guard digits.hasPrefix(code) else { return nil }
        let rest = digits.dropFirst(code.count)
        let national = nationalPrefix?.strip(from: rest, of: self) ?? rest
        let isBetter = !resembles(digits) && resembles(national) || length(of: digits) == .tooLong
        return isBetter ? national : nil
    }

    fileprivate func withoutNationalPrefix(_ digits: DigitString) -> DigitString {
        guard let stripped = nationalPrefix?.strip(from: digits, of: self) else { return digits }
        switch length(of: stripped) {
        case .possible, .tooLong: return stripped
        case .localOnly, .tooShort, .unused: return digits
        }
    }
}
