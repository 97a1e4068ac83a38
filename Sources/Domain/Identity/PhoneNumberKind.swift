/// What a phone number is used for, as far as its digits tell.
package enum PhoneNumberKind: String, Codable, CaseIterable, Sendable {
    case unknown, fixedLine, mobile, fixedLineOrMobile, tollFree, premiumRate, sharedCost, voip, personal, pager
    case company, voicemail
}

extension PhoneNumberKind {
    /// The word for programs, files and the database: `fixed_line_or_mobile`.
    package var code: String {
        String(rawValue.flatMap { $0.isUppercase ? "_\($0.lowercased())" : String($0) })
    }

    /// Nil for a word that is no kind's.
    package init?(code: String) {
        guard let kind = Self.allCases.first(where: { $0.code == code }) else { return nil }
        self = kind
    }
}
