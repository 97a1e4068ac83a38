import Domain

extension StandardRows {
    /// The last version with a number of its own for mobiles.
    private static let lastWithMobile = 18

    static func odoo(majorVersion: Int?) -> [MappingRow] {
        let hasMobile = majorVersion.map { $0 <= lastWithMobile } ?? false
        return [phone(hasMobile ? "mobile" : "phone")] + odooAlways
    }

    /// Odoo has one field for the whole name.
    private static let odooAlways: [MappingRow] = [
        told(.whatsAppID, OdooField.whatsAppID.rawValue),
        told(.userID, OdooField.userID.rawValue),
        told(.username, OdooField.username.rawValue),
        told(.profileName, OdooField.profileName.rawValue),
        both(.name, "name", .crmWins),
        email("email"),
        both(.language, "lang", .newest),
        both(.labels, "category_id", .newest),
        consent(OdooField.optIn.rawValue),
        told(.marketingConsentAt, OdooField.optInAt.rawValue),
        told(.marketingConsentSource, OdooField.optInSource.rawValue),
        told(.lastInboundAt, OdooField.lastInboundAt.rawValue),
        told(.lastOutboundAt, OdooField.lastOutboundAt.rawValue),
        told(.windowEndsAt, OdooField.windowEndsAt.rawValue),
        told(.page, OdooField.page.rawValue),
        taken(.note, "comment"),
        taken(.company, "commercial_company_name"),
        taken(.jobTitle, "function"),
        taken(.city, "city"),
        taken(.timeZone, "tz"),
        owner("user_id"),
    ]
}
