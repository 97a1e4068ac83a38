import Domain

extension RemoteContact {
    init(_ record: SalesforceRecord, mergedIDs: [String] = []) {
        let values = record.values
        let phones = ["MobilePhone", "Phone", "HomePhone", "OtherPhone"].compactMap { values[$0] }
        self.init(
            id: record.id, puenteID: values[SalesforceField.puenteID.name], firstName: values["FirstName"],
            lastName: values["LastName"], email: values["Email"],
            phones: phones + [values[SalesforceField.whatsAppID.name]].compactMap(Self.phone(whatsAppID:)),
            userID: values[SalesforceField.userID.name], ownerID: values["OwnerId"],
            modifiedAt: record.modifiedAt, isDeleted: record.isDeleted, mergedIDs: mergedIDs, fields: values)
    }
}

extension SalesforceRecord {
    /// By Salesforce's clock, in whole seconds.
    var modifiedAt: Timestamp? { values["SystemModstamp"].flatMap(SalesforceTime.timestamp) }
}

/// Times as Salesforce writes them: `2026-11-20T09:30:02.000+0000`.
enum SalesforceTime {
    static func timestamp(_ text: String) -> Timestamp? {
        // ISO 8601 as everybody else writes it has a colon in the offset, or a Z for UTC.
        let plain = text.hasSuffix("+0000") ? "\(text.dropLast(5))Z" : text
        return Timestamp(iso8601: plain)
    }
}
