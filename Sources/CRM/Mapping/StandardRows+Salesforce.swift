import Domain

extension StandardRows {
    static let salesforce: [MappingRow] = [
        told(.whatsAppID, SalesforceField.whatsAppID.name),
        told(.userID, SalesforceField.userID.name),
        told(.username, SalesforceField.username.name),
        told(.profileName, SalesforceField.profileName.name),
        phone("MobilePhone"),
        both(.firstName, "FirstName", .crmWins),
        taken(.lastName, "LastName"),
        lastNameInstead("LastName"),
        email("Email"),
        both(.labels, SalesforceField.labels.name, .newest),
        consent(SalesforceField.optIn.name),
        told(.marketingConsentAt, SalesforceField.optInAt.name),
        told(.marketingConsentSource, SalesforceField.optInSource.name),
        told(.lastInboundAt, SalesforceField.lastInboundAt.name),
        told(.lastOutboundAt, SalesforceField.lastOutboundAt.name),
        told(.windowEndsAt, SalesforceField.windowEndsAt.name),
        told(.page, SalesforceField.page.name),
        taken(.note, "Description"),
        taken(.jobTitle, "Title"),
        taken(.city, "MailingCity"),
        taken(.country, "MailingCountry"),
        taken(.leadSource, "LeadSource"),
        taken(.birthday, "Birthdate"),
        owner("OwnerId"),
    ]
}
