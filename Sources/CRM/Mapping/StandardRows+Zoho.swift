import Domain

extension StandardRows {
    static let zoho: [MappingRow] = [
        told(.whatsAppID, ZohoField.whatsAppID.rawValue),
        told(.userID, ZohoField.userID.rawValue),
        told(.username, ZohoField.username.rawValue),
        told(.profileName, ZohoField.profileName.rawValue),
        phone("Mobile"),
        both(.firstName, "First_Name", .crmWins),
        taken(.lastName, "Last_Name"),
        lastNameInstead("Last_Name"),
        email("Email"),
        both(.labels, ZohoConnector.tags, .newest),
        consent(ZohoField.optIn.rawValue),
        told(.marketingConsentAt, ZohoField.optInAt.rawValue),
        told(.marketingConsentSource, ZohoField.optInSource.rawValue),
        told(.lastInboundAt, ZohoField.lastInboundAt.rawValue),
        told(.lastOutboundAt, ZohoField.lastOutboundAt.rawValue),
        told(.windowEndsAt, ZohoField.windowEndsAt.rawValue),
        told(.page, ZohoField.page.rawValue),
        taken(.note, "Description"),
        taken(.jobTitle, "Title"),
        taken(.city, "Mailing_City"),
        taken(.country, "Mailing_Country"),
        taken(.leadSource, "Lead_Source"),
        taken(.birthday, "Date_of_Birth"),
        owner("Owner"),
    ]
}
