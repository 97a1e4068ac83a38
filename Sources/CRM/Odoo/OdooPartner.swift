import Domain

/// A partner as Odoo reads it out.
struct OdooPartner {
    private static let wanted =
        ["name", "email", "phone", "mobile", "phone_sanitized", "phone_sanitized_blacklisted", "active", "user_id"]
        + ["lang", "function", "city", "write_date", "write_uid"] + OdooField.read.map(\.rawValue)

    /// What a partner is read with: those of the wanted fields that this Odoo has. Asking for another is an error
    /// there.
    /// - Parameter further: fields that are there and are read besides.
    static func fields(of existing: Set<String>, _ further: [String] = []) -> [String] {
        wanted.filter(existing.contains) + further.filter { !wanted.contains($0) && $0 != "id" }
    }

    let values: [String: OdooValue]

    var id: Int64? { values["id"]?.integer }
    /// Seconds since 1970.
    var writtenAt: Int64? { values["write_date"]?.text.flatMap(OdooTime.seconds) }
    var isArchived: Bool { values["active"]?.flag == false }

    /// Odoo has one field for the whole name: it comes as the first name.
    var contact: RemoteContact? {
        guard let id else { return nil }
        return RemoteContact(
            id: String(id), puenteID: text(.puenteID), firstName: values["name"]?.text, email: values["email"]?.text,
            phones: phones, userID: text(.userID), ownerID: values["user_id"]?.integer.map { String($0) },
            modifiedAt: writtenAt.map { Timestamp(seconds: $0) }, isDeleted: isArchived,
            fields: values.compactMapValues(\.shown))
    }

    private var phones: [String] {
        let whatsApp = RemoteContact.phone(whatsAppID: text(.whatsAppID))
        return [values["mobile"]?.text, values["phone"]?.text, values["phone_sanitized"]?.text, whatsApp]
            .compactMap(\.self).uniqued()
    }

    private func text(_ field: OdooField) -> String? { values[field.rawValue]?.text }
}
