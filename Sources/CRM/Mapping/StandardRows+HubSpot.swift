import Domain

extension StandardRows {
    static let hubSpot: [MappingRow] = [
        told(.whatsAppID, HubSpotField.whatsAppID.rawValue),
        told(.userID, HubSpotField.userID.rawValue),
        told(.username, HubSpotField.username.rawValue),
        told(.profileName, HubSpotField.profileName.rawValue),
        phone("mobilephone"),
        MappingRow(
            local: .phone, remote: "hs_whatsapp_phone_number", direction: .toCRM, rule: .puenteWins,
            transforms: [.phone(.e164)]),
        both(.firstName, "firstname", .crmWins),
        both(.lastName, "lastname", .crmWins),
        email("email"),
        both(.language, "hs_language", .newest),
        both(.labels, HubSpotField.labels.rawValue, .newest),
        consent(HubSpotField.optIn.rawValue),
        told(.marketingConsentAt, HubSpotField.optInAt.rawValue),
        told(.marketingConsentSource, HubSpotField.optInSource.rawValue),
        told(.lastInboundAt, HubSpotField.lastInboundAt.rawValue),
        told(.lastOutboundAt, HubSpotField.lastOutboundAt.rawValue),
        told(.windowEndsAt, HubSpotField.windowEndsAt.rawValue),
        told(.page, HubSpotField.page.rawValue),
        taken(.company, "company"),
        taken(.jobTitle, "jobtitle"),
        taken(.city, "city"),
        taken(.country, "country"),
        taken(.timeZone, "hs_timezone"),
        taken(.lifecycle, "lifecyclestage"),
        owner("hubspot_owner_id"),
    ]
}
