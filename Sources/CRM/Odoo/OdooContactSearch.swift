import PhoneNumbers

/// The searches that find a person by every handle: one that has indexes, and a second one over the numbers as people
/// wrote them, where the first finds nobody.
struct OdooContactSearch {
    let lookup: ContactLookup
    /// The fields of this Odoo's partners.
    let fields: Set<String>

    /// Each term finds some of the candidates; which of them it is is decided here, handle by handle.
    var indexed: [OdooValue] {
        var terms: [OdooValue] = [["id", "=", 0]]
        let add = { (name: String, values: [String]) in
            if fields.contains(name), !values.isEmpty { terms.append([.text(name), "in", .texts(values)]) }
        }
        add("phone_sanitized", variants.map { "+\($0)" })
        add(OdooField.whatsAppID.rawValue, variants)
        add(OdooField.userID.rawValue, Array(lookup.userIDs.prefix(10)))
        add(OdooField.puenteID.rawValue, [lookup.puenteID])
        if let email = lookup.email, !email.isEmpty {
            if fields.contains("email_normalized") {
                add("email_normalized", [email.lowercased()])
            } else {
                terms.append(["email", "=ilike", .text(email)])
            }
        }
        return Self.any(terms)
    }

    /// By the digits at the end of the numbers; nil where this Odoo cannot, or there is no number.
    var byDigits: [OdooValue]? {
        guard !variants.isEmpty else { return nil }
        let nationals = Self.unique(variants.map(Self.national)).prefix(4)
        if fields.contains("phone_mobile_search") {
            return Self.any(nationals.map { ["phone_mobile_search", "ilike", .text($0)] })
        }
        // Without the module that reads numbers: as they stand, with or without the country code.
        let names = ["phone", "mobile"].filter(fields.contains)
        let written = Self.unique(variants.map { "+\($0)" } + nationals)
        return names.isEmpty ? nil : Self.any(names.map { [.text($0), "in", .texts(written)] })
    }

    private var variants: [String] {
        Self.unique(lookup.phones.prefix(5).flatMap(WhatsAppNumber.variants))
    }

    /// "Or" stands before its operands.
    private static func any(_ terms: [OdooValue]) -> [OdooValue] {
        [OdooValue](repeating: "|", count: max(0, terms.count - 1)) + terms
    }

    /// The digits without the country code.
    private static func national(_ digits: String) -> String {
        // A number that fits no country is searched as it is.
        guard let number = try? PhoneNumber("+\(digits)") else { return digits }
        let code = String(number.countryCode)
        return digits.hasPrefix(code) ? String(digits.dropFirst(code.count)) : digits
    }

    private static func unique(_ values: [String]) -> [String] {
        var seen: Set<String> = []
        return values.filter { seen.insert($0).inserted }
    }
}
