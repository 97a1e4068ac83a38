/// One field of a kind of object.
struct PropertyDefinition: Sendable {
    enum Kind: String, Sendable, CaseIterable {
        case bool, date, datetime, enumeration, number, string
        case phoneNumber = "phone_number"
    }

    let name: String
    var label: String
    var kind: Kind
    var fieldType: String
    var groupName: String
    var description = ""
    var options: [JSON] = []
    let hasUniqueValue: Bool
    /// Computed or kept by HubSpot itself: writes are refused.
    let isReadOnly: Bool
    let isHubSpotDefined: Bool
    var createdAt: Int64 = 0

    init(
        _ name: String, _ kind: Kind = .string, isUnique: Bool = false, isReadOnly: Bool = false, options: [String] = []
    ) {
        self.name = name
        self.kind = kind
        label = name.replacingUnderscores
        fieldType = Self.fieldType(kind)
        groupName = "contactinformation"
        self.options = options.map { ["label": JSON($0), "value": JSON($0), "displayOrder": -1, "hidden": false] }
        hasUniqueValue = isUnique
        self.isReadOnly = isReadOnly
        isHubSpotDefined = true
    }

    /// Reads what `POST /crm/v3/properties/{type}` was given.
    init(_ json: JSON, now: Int64) throws(HubSpotError) {
        guard let name = json["name"]?.text, let label = json["label"]?.text, let type = json["type"]?.text,
            let fieldType = json["fieldType"]?.text, let group = json["groupName"]?.text
        else { throw .validation("Invalid input JSON: name, label, type, fieldType and groupName are required.") }
        guard let first = name.first, first.isLowercase, name.utf8.count <= 100,
            name.allSatisfy({ $0.isASCII && ($0.isLowercase || $0.isNumber || $0 == "_") })
        else { throw .validation("Property name '\(name.prefix(120))' is not valid.") }
        guard let kind = Kind(rawValue: type) else { throw .validation("Invalid property type '\(type)'.") }
        self.name = name
        self.label = label
        self.kind = kind
        self.fieldType = fieldType
        groupName = group
        description = json["description"]?.text ?? ""
        options = json["options"]?.items ?? []
        hasUniqueValue = json["hasUniqueValue"]?.flag ?? false
        isReadOnly = false
        isHubSpotDefined = false
        createdAt = now
    }

    /// Its values are ids of colleagues.
    private var isOwner: Bool { name == "hubspot_owner_id" }

    var json: JSON {
        [
            "name": JSON(name), "label": JSON(label), "type": JSON(kind.rawValue), "fieldType": JSON(fieldType),
            "groupName": JSON(groupName), "description": JSON(description), "options": .array(options),
            "displayOrder": -1, "calculated": JSON(isReadOnly), "externalOptions": JSON(isOwner),
            "referencedObjectType": isOwner ? "OWNER" : nil,
            "hasUniqueValue": JSON(hasUniqueValue), "hidden": false, "formField": false, "archived": false,
            "hubspotDefined": isHubSpotDefined ? true : nil, "createdAt": JSON(ISOTime.text(createdAt)),
            "updatedAt": JSON(ISOTime.text(createdAt)), "dataSensitivity": "non_sensitive",
            "modificationMetadata": [
                "archivable": JSON(!isHubSpotDefined), "readOnlyDefinition": JSON(isHubSpotDefined),
                "readOnlyValue": JSON(isReadOnly),
            ],
        ]
    }

    private static func fieldType(_ kind: Kind) -> String {
        switch kind {
        case .bool: "booleancheckbox"
        case .date, .datetime: "date"
        case .enumeration: "select"
        case .number: "number"
        case .phoneNumber: "phonenumber"
        case .string: "text"
        }
    }
}

extension String {
    fileprivate var replacingUnderscores: String {
        let spaced = String(map { $0 == "_" ? " " : $0 })
        return spaced.prefix(1).uppercased() + spaced.dropFirst()
    }
}
