import Domain

extension StandardRows {
    /// In the words of the contract; a company's own system may take others as well.
    static let own: [MappingRow] = [
        told(.whatsAppID, "wa_id"),
        told(.userID, "user_id"),
        told(.username, "username"),
        told(.profileName, "profile_name"),
        phone("phone"),
        both(.firstName, "first_name", .crmWins),
        both(.lastName, "last_name", .crmWins),
        email("email"),
        both(.language, "language", .newest),
        both(.note, "note", .newest),
        both(.labels, "labels", .newest),
        both(.marketingConsent, "marketing_consent", .newest),
        told(.marketingConsentAt, "marketing_consent_at"),
        told(.marketingConsentSource, "marketing_consent_source"),
        told(.lastInboundAt, "last_inbound_at"),
        told(.lastOutboundAt, "last_outbound_at"),
        told(.windowEndsAt, "window_ends_at"),
        told(.page, "page"),
        told(.createdAt, "created_at"),
        taken(.company, "company"),
        taken(.jobTitle, "job_title"),
        taken(.city, "city"),
        taken(.country, "country"),
        taken(.timeZone, "time_zone"),
        taken(.lifecycle, "lifecycle"),
        taken(.leadSource, "lead_source"),
        taken(.birthday, "birthday"),
        owner("owner"),
    ]
}
