import PhoneNumbers

/// The queries and searches that find a person by every handle.
///
/// COQL sees every record at once, and compares whole texts: a number is asked for in all its usual writings. The
/// search by phone finds other writings too, but its index lags. What either gives is confirmed afterwards.
struct ZohoContactSearch {
    private static let maxPhones = 3
    private static let maxSearches = 3
    /// Zoho takes 50 values in a list, and 25 conditions.
    private static let maxValues = 50

    let lookup: ContactLookup
    let schema: ZohoSchema

    /// One query for all handles but for those that cannot be quoted.
    var query: String {
        let conditions = self.conditions
        let joined = conditions.dropFirst().reduce(conditions[0]) { "(\($0) or \($1))" }
        return "select \(schema.read.joined(separator: ", ")) from Contacts where \(joined) limit \(Self.limit)"
    }

    static let limit = 200

    /// Paths of the searches, without the fields.
    var searches: [String] {
        let nationals = variants.map(\.withoutCountryCode).uniqued().prefix(Self.maxSearches)
        var searches = nationals.map { "phone=\(FormBody.escaped($0))" }
        if let email = lookup.email, !email.isEmpty, Self.quoted(email) == nil {
            searches.append("email=\(FormBody.escaped(email))")
        }
        return searches
    }

    private var conditions: [String] {
        var conditions = [Self.isOneOf(ZohoField.puenteID.rawValue, [lookup.puenteID])].compactMap { $0 }
        // Never empty: our own ids can be quoted.
        if conditions.isEmpty { conditions = ["id = '0'"] }
        conditions += [
            Self.isOneOf(ZohoField.whatsAppID.rawValue, variants),
            Self.isOneOf(ZohoField.userID.rawValue, Array(lookup.userIDs.prefix(10))),
            lookup.email.flatMap { Self.isOneOf("Email", [$0]) },
        ].compactMap { $0 }
        return conditions + schema.phones.compactMap { Self.isOneOf($0, writings) }
    }

    private var variants: [String] {
        lookup.phones.prefix(Self.maxPhones).flatMap(WhatsAppNumber.variants).uniqued()
    }

    /// How people and programs write numbers.
    private var writings: [String] {
        let writings = variants.flatMap { digits -> [String] in
            // A number that fits no country is asked for as it is.
            guard let number = try? PhoneNumber("+\(digits)") else { return ["+\(digits)", digits] }
            return [
                number.e164, digits, number.internationalFormat, number.nationalFormat, digits.withoutCountryCode,
                "00\(digits)",
            ]
        }
        return Array(writings.uniqued().prefix(Self.maxValues))
    }

    /// Nil when none of the values can be quoted.
    static func isOneOf(_ field: String, _ values: [String]) -> String? {
        let texts = values.prefix(maxValues).compactMap { quoted($0) }
        switch texts.count {
        case 0: return nil
        case 1: return "\(field) = \(texts[0])"
        default: return "\(field) in (\(texts.joined(separator: ", ")))"
        }
    }

    /// Nil for what could end the quotation: how Zoho escapes is said differently in different places.
    private static func quoted(_ value: String) -> String? {
        guard !value.isEmpty, value.utf8.count <= 255,
            !value.unicodeScalars.contains(where: {
                $0 == "'" || $0 == "\\" || $0 == "\"" || $0.properties.generalCategory == .control
            })
        else { return nil }
        return "'\(value)'"
    }

}
