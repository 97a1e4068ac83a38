internal import CPhoneNumber
import Domain

/// Reads numbers by libphonenumber: it knows every habit of writing, and takes 10 to 25 µs a number.
enum LibraryReader {
    static func read(
        _ text: UnsafeBufferPointer<UInt8>, region: RegionKey?
    ) -> Result<PhoneNumber, PhoneNumberProblem> {
        // An empty Swift string has no address.
        guard let start = text.baseAddress, !text.isEmpty else { return .failure(.notANumber) }
        var found = puente_phone()
        let outcome = start.withMemoryRebound(to: CChar.self, capacity: text.count) {
            puente_phone_parse($0, text.count, region?.text, &found)
        }
        if let problem = PhoneNumberProblem(outcome: outcome) { return .failure(problem) }
        return .success(PhoneNumber(found))
    }
}

extension PhoneNumber {
    fileprivate init(_ found: puente_phone) {
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

extension PhoneNumberProblem {
    /// Nil when the text was understood.
    fileprivate init?(outcome: Int32) {
        switch puente_phone_outcome(rawValue: UInt32(bitPattern: outcome)) {
        case PUENTE_PHONE_OK: return nil
        case PUENTE_PHONE_UNKNOWN_COUNTRY: self = .unknownCountry
        case PUENTE_PHONE_TOO_SHORT: self = .tooShort
        case PUENTE_PHONE_TOO_LONG: self = .tooLong
        case PUENTE_PHONE_WRONG_LENGTH: self = .wrongLength
        case PUENTE_PHONE_AREA_CODE_MISSING: self = .areaCodeMissing
        // PUENTE_PHONE_NOT_A_NUMBER and PUENTE_PHONE_LIBRARY_FAILED: the person can do the same about both.
        default: self = .notANumber
        }
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
