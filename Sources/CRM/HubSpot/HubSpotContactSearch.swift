import Domain
import PhoneNumbers

/// The searches that find people by every handle: few, since HubSpot allows five a second for the whole account.
struct HubSpotContactSearch {
    /// A search has five groups at most, joined by "or".
    private static let maxGroups = 5
    /// Of a search's body, in bytes.
    private static let maxBody = 3000

    /// What a contact is read with, everywhere.
    static let properties =
        ["firstname", "lastname", "email", "phone", "mobilephone", "hs_whatsapp_phone_number"]
        + ["hs_calculated_phone_number", "hs_calculated_mobile_number", "hs_merged_object_ids"]
        + ["hubspot_owner_id", "createdate", "lastmodifieddate"]
        + [HubSpotField.puenteID, .whatsAppID, .userID].map(\.rawValue)

    let lookups: [ContactLookup]

    /// Whether HubSpot takes searches as long as these.
    var fits: Bool {
        get throws(CallFailure) {
            for search in searches {
                do {
                    guard try WireJSON.encode(search).count <= Self.maxBody else { return false }
                } catch {
                    throw HubSpotAdvice.rejected("not-encodable", error.text)
                }
            }
            return true
        }
    }

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
        let filters = [
            Self.isOneOf("hs_searchable_calculated_mobile_number", nationals),
            Self.isOneOf("hs_searchable_calculated_phone_number", nationals),
            Self.isOneOf(HubSpotField.whatsAppID.rawValue, phones),
            Self.isOneOf(HubSpotField.puenteID.rawValue, lookups.map(\.puenteID)),
            Self.isOneOf(HubSpotField.userID.rawValue, lookups.flatMap { $0.userIDs.prefix(10) }),
            Self.isOneOf("email", lookups.compactMap { $0.email?.lowercased() }),
        ]
        return (filters.compactMap(\.self) + tokens).map { .init(filters: [$0]) }
    }

    private var phones: [String] { lookups.flatMap(Self.phones) }
    private var nationals: [String] { phones.map(\.withoutCountryCode) }

    /// Free text, where agents write what they like: by the end of the number.
    private var tokens: [HubSpotSearch.Filter] {
        let ends = lookups.flatMap { Self.phones($0).map(\.withoutCountryCode).uniqued().prefix(3) }
        return ends.uniqued().map {
            .init(propertyName: "hs_whatsapp_phone_number", operator: "CONTAINS_TOKEN", value: "*\($0)")
        }
    }

    private static func phones(_ lookup: ContactLookup) -> [String] {
        lookup.phones.prefix(5).flatMap(WhatsAppNumber.variants)
    }

    /// Nil without values.
    private static func isOneOf(_ property: String, _ values: [String]) -> HubSpotSearch.Filter? {
        let values = values.filter { !$0.isEmpty }.uniqued()
        guard let first = values.first else { return nil }
        if values.count == 1 { return .init(propertyName: property, operator: "EQ", value: first) }
        // `IN` on text wants lower case, and compares without case.
        return .init(propertyName: property, operator: "IN", values: values.map { $0.lowercased() }.uniqued())
    }

}
