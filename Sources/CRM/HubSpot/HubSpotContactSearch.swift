import PhoneNumbers

/// The searches that find a person by every handle: few, since HubSpot allows five a second for the whole account.
struct HubSpotContactSearch {
    /// A search has five groups at most, joined by "or".
    private static let maxGroups = 5

    /// What a contact is read with, everywhere.
    static let properties =
        ["firstname", "lastname", "email", "phone", "mobilephone", "hs_whatsapp_phone_number"]
        + ["hs_calculated_phone_number", "hs_calculated_mobile_number", "hs_merged_object_ids"]
        + ["hubspot_owner_id", "createdate", "lastmodifieddate"]
        + [HubSpotField.puenteID, .whatsAppID, .userID].map(\.rawValue)

    let lookup: ContactLookup

    var searches: [HubSpotSearch] {
        stride(from: 0, to: groups.count, by: Self.maxGroups).map { start in
            HubSpotSearch(
                filterGroups: Array(groups[start..<min(start + Self.maxGroups, groups.count)]),
                sorts: [.init(propertyName: "lastmodifieddate", direction: "DESCENDING")],
                properties: Self.properties, limit: 200)
        }
    }

    /// The likeliest first. Each has one filter.
    private var groups: [HubSpotSearch.Group] {
        let phones = lookup.phones.prefix(5).flatMap(WhatsAppNumber.variants)
        let nationals = Self.unique(phones.map(Self.national))
        var filters: [HubSpotSearch.Filter] = []
        if !nationals.isEmpty {
            filters += [
                .init(propertyName: "hs_searchable_calculated_mobile_number", operator: "IN", values: nationals),
                .init(propertyName: "hs_searchable_calculated_phone_number", operator: "IN", values: nationals),
                .init(propertyName: HubSpotField.whatsAppID.rawValue, operator: "IN", values: Self.unique(phones)),
            ]
        }
        filters.append(
            .init(propertyName: HubSpotField.puenteID.rawValue, operator: "EQ", value: lookup.puenteID))
        if !lookup.userIDs.isEmpty {
            // `IN` on text wants lower case, and compares without case.
            let ids = lookup.userIDs.prefix(10).map { $0.lowercased() }
            filters.append(.init(propertyName: HubSpotField.userID.rawValue, operator: "IN", values: Array(ids)))
        }
        if let email = lookup.email, !email.isEmpty {
            filters.append(.init(propertyName: "email", operator: "EQ", value: email.lowercased()))
        }
        // Free text, where agents write what they like: by the end of the number.
        filters += nationals.prefix(3).map {
            .init(propertyName: "hs_whatsapp_phone_number", operator: "CONTAINS_TOKEN", value: "*\($0)")
        }
        return filters.map { .init(filters: [$0]) }
    }

    /// The digits without the country code, as HubSpot's searchable properties hold them.
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
