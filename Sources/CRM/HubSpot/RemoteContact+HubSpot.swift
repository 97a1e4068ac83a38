import Domain

extension RemoteContact {
    init(_ object: HubSpotObject) {
        let values = object.values
        let phones = [
            "mobilephone", "phone", "hs_whatsapp_phone_number", "hs_calculated_mobile_number",
            "hs_calculated_phone_number",
        ].compactMap { values[$0] }
        self.init(
            id: object.id, puenteID: values[HubSpotField.puenteID.rawValue], firstName: values["firstname"],
            lastName: values["lastname"], email: values["email"],
            phones: phones + [values[HubSpotField.whatsAppID.rawValue]].compactMap(Self.phone(whatsAppID:)),
            userID: values[HubSpotField.userID.rawValue], ownerID: values["hubspot_owner_id"],
            modifiedAt: values["lastmodifieddate"].flatMap(Timestamp.init(iso8601:)),
            isDeleted: object.archived ?? false,
            mergedIDs: (values["hs_merged_object_ids"] ?? "").split(separator: ";").map(String.init), fields: values)
    }
}
