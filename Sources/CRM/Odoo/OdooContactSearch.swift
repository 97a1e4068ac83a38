import PhoneNumbers

/// The searches that find people by every handle: one that has indexes, and a second one over the numbers as people
/// wrote them, for those whom the first does not find.
struct OdooContactSearch {
    let lookups: [ContactLookup]
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
        add(OdooField.userID.rawValue, lookups.flatMap { $0.userIDs.prefix(10) })
        add(OdooField.puenteID.rawValue, lookups.map(\.puenteID))
        let emails = lookups.compactMap(\.email).filter { !$0.isEmpty }
        if fields.contains("email_normalized") {
            add("email_normalized", emails.map { $0.lowercased() })
        } else {
            terms += emails.map { ["email", "=ilike", .text($0)] }
        }
        return Self.any(terms)
    }

    /// By the digits at the end of the numbers; nil where this Odoo cannot, or there is no number.
    var byDigits: [OdooValue]? {
        guard !variants.isEmpty else { return nil }
        let nationals = lookups.flatMap { Self.variants($0).map(\.withoutCountryCode).uniqued().prefix(4) }.uniqued()
        if fields.contains("phone_mobile_search") {
            return Self.any(nationals.map { ["phone_mobile_search", "ilike", .text($0)] })
        }
        // Without the module that reads numbers: as they stand, with or without the country code.
        let names = ["phone", "mobile"].filter(fields.contains)
        let written = (variants.map { "+\($0)" } + nationals).uniqued()
        return names.isEmpty ? nil : Self.any(names.map { [.text($0), "in", .texts(written)] })
    }

    private var variants: [String] { lookups.flatMap(Self.variants).uniqued() }

    private static func variants(_ lookup: ContactLookup) -> [String] {
        lookup.phones.prefix(5).flatMap(WhatsAppNumber.variants)
    }

    /// "Or" stands before its operands.
    private static func any(_ terms: [OdooValue]) -> [OdooValue] {
        [OdooValue](repeating: "|", count: max(0, terms.count - 1)) + terms
    }
}
