internal import CPhoneNumber

extension PhoneNumber {
    /// More than any number with its extension needs, and what libphonenumber itself refuses beyond.
    private static let maxTextBytes = 250

    /// Reads a number in any habit of writing: spaces, dots, dashes, brackets, "+" and "00", trunk zeros, extensions,
    /// full-width and Arabic digits, words before it.
    ///
    /// - Parameters:
    ///   - text: what was written; over 250 bytes it is refused as too long.
    ///   - region: ISO 3166 alpha-2 (either case) of numbers written without a country code; nil when there is none,
    ///     and then only international writing is understood.
    /// - Throws: why the text is no possible number.
    package init(_ text: String, region: String? = nil) throws(PhoneNumberProblem) {
        var text = text
        let regionCode = region.flatMap(Self.regionCode)
        var found = puente_phone()
        let outcome = text.withUTF8 { bytes in
            guard bytes.count <= Self.maxTextBytes else { return Int32(PUENTE_PHONE_TOO_LONG.rawValue) }
            return bytes.withMemoryRebound(to: CChar.self) { characters in
                Self.parse(characters, regionCode, into: &found)
            }
        }
        if let problem = PhoneNumberProblem(outcome: outcome) { throw problem }
        self.init(found)
    }

    private static func parse(
        _ characters: UnsafeBufferPointer<CChar>, _ region: String?, into found: inout puente_phone
    ) -> Int32 {
        // An empty Swift string has no address.
        guard let start = characters.baseAddress, !characters.isEmpty else {
            return Int32(PUENTE_PHONE_NOT_A_NUMBER.rawValue)
        }
        return puente_phone_parse(start, characters.count, region, &found)
    }

    private static func regionCode(_ text: String) -> String? {
        let code = text.uppercased()
        guard code.utf8.count == 2, code.utf8.allSatisfy({ (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains($0) })
        else { return nil }
        return code
    }

    private init(_ found: puente_phone) {
        let region = text(of: found.region)
        let `extension` = text(of: found.extension)
        self.init(
            digits: text(of: found.digits),
            validity: found.is_valid ? .valid : .possible,
            kind: PhoneNumberKind(found.kind),
            region: region.isEmpty || region == "001" ? nil : region,
            countryCode: Int(found.country_code),
            extension: `extension`.isEmpty ? nil : `extension`)
    }
}

extension PhoneNumberKind {
    fileprivate init(_ code: Int32) {
        switch puente_phone_kind(rawValue: UInt32(bitPattern: code)) {
        case PUENTE_PHONE_KIND_FIXED_LINE: self = .fixedLine
        case PUENTE_PHONE_KIND_MOBILE: self = .mobile
        case PUENTE_PHONE_KIND_FIXED_LINE_OR_MOBILE: self = .fixedLineOrMobile
        case PUENTE_PHONE_KIND_TOLL_FREE: self = .tollFree
        case PUENTE_PHONE_KIND_PREMIUM_RATE: self = .premiumRate
        case PUENTE_PHONE_KIND_SHARED_COST: self = .sharedCost
        case PUENTE_PHONE_KIND_VOIP: self = .voip
        case PUENTE_PHONE_KIND_PERSONAL: self = .personal
        case PUENTE_PHONE_KIND_PAGER: self = .pager
        case PUENTE_PHONE_KIND_COMPANY: self = .company
        case PUENTE_PHONE_KIND_VOICEMAIL: self = .voicemail
        default: self = .unknown
        }
    }
}

/// The text in a C array of fixed size, up to its NUL.
private func text<Characters>(of characters: Characters) -> String {
    withUnsafeBytes(of: characters) { String(decoding: $0.prefix { $0 != 0 }, as: UTF8.self) }
}
