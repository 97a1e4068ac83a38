/// The fields of one kind of object. Each name has a small number, under which records keep their values.
struct PropertyBook: Sendable {
    static let maximumUnique = 10

    private(set) var definitions: [PropertyDefinition?] = []
    private var numbers: [String: Int] = [:]
    private(set) var groups: [JSON] = []
    /// As they were before people changed them at the controls.
    private var originals: [String: (number: Int, definition: PropertyDefinition)] = [:]

    init(for type: ObjectType) {
        for definition in Self.standard(type) { insert(definition) }
        groups = [Self.group("contactinformation", "Contact information")]
    }

    /// The number of a field; nil when there is none of this name.
    func number(of name: String) -> Int? {
        guard let number = numbers[name], definitions[number] != nil else { return nil }
        return number
    }

    func name(of number: Int) -> String { definitions[number]?.name ?? "" }

    subscript(name: String) -> PropertyDefinition? { number(of: name).flatMap { definitions[$0] } }

    var all: [PropertyDefinition] { definitions.compactMap { $0 } }

    mutating func add(_ definition: PropertyDefinition) throws(HubSpotError) {
        if self[definition.name] != nil {
            throw .conflict("Property named \(definition.name) already exists.")
        }
        let unique = all.filter { $0.hasUniqueValue && !$0.isHubSpotDefined }.count
        if definition.hasUniqueValue, unique >= Self.maximumUnique {
            throw .validation("There can be at most \(Self.maximumUnique) unique properties per object type.")
        }
        insert(definition)
    }

    mutating func update(_ name: String, _ change: (inout PropertyDefinition) -> Void) -> PropertyDefinition? {
        guard let number = number(of: name), var definition = definitions[number] else { return nil }
        change(&definition)
        definitions[number] = definition
        return definition
    }

    /// False when the field is HubSpot's own or unknown. Values of an archived field are kept and no longer shown.
    mutating func archive(_ name: String) -> Bool {
        guard let number = number(of: name), definitions[number]?.isHubSpotDefined == false else { return false }
        definitions[number] = nil
        numbers[name] = nil
        return true
    }

    // MARK: What an administrator does

    /// - Returns: false when there is no such field.
    mutating func take(_ name: String) -> Bool {
        guard remember(name), let number = number(of: name) else { return false }
        definitions[number] = nil
        numbers[name] = nil
        return true
    }

    mutating func retype(_ name: String, _ kind: PropertyDefinition.Kind) -> Bool {
        guard remember(name), let number = number(of: name) else { return false }
        definitions[number]?.kind = kind
        return true
    }

    /// As it was, with its values, unless somebody has made it anew: then of its old kind.
    /// - Returns: false when nothing was changed.
    mutating func putBack(_ name: String) -> Bool {
        guard let original = originals.removeValue(forKey: name) else { return false }
        let number = number(of: name) ?? original.number
        definitions[number] = original.definition
        numbers[name] = number
        return true
    }

    private mutating func remember(_ name: String) -> Bool {
        guard let number = number(of: name), let definition = definitions[number] else { return false }
        if originals[name] == nil { originals[name] = (number, definition) }
        return true
    }

    mutating func addGroup(_ json: JSON) -> JSON? {
        guard let name = json["name"]?.text, let label = json["label"]?.text else { return nil }
        let group = Self.group(name, label)
        if !groups.contains(where: { $0["name"]?.text == name }) { groups.append(group) }
        return group
    }

    private mutating func insert(_ definition: PropertyDefinition) {
        numbers[definition.name] = definitions.count
        definitions.append(definition)
    }

    private static func group(_ name: String, _ label: String) -> JSON {
        ["name": JSON(name), "label": JSON(label), "displayOrder": -1, "archived": false]
    }

    private static func standard(_ type: ObjectType) -> [PropertyDefinition] {
        let common: [PropertyDefinition] = [
            .init("hs_object_id", .number, isReadOnly: true), .init(type.created, .datetime, isReadOnly: true),
            .init(type.modified, .datetime, isReadOnly: true), .init("hubspot_owner_id"),
        ]
        return common + special(type)
    }

    private static func special(_ type: ObjectType) -> [PropertyDefinition] {
        switch type {
        case .contacts: contacts
        case .companies: [.init("name"), .init("domain"), .init("phone"), .init("city"), .init("country")]
        case .communications:
            [
                .init(
                    "hs_communication_channel_type", .enumeration, options: ["WHATS_APP", "LINKEDIN_MESSAGE", "SMS"]),
                .init("hs_communication_logged_from", .enumeration, options: ["CRM"]),
                .init("hs_communication_body"), .init("hs_timestamp", .datetime),
            ]
        case .notes: [.init("hs_note_body"), .init("hs_timestamp", .datetime), .init("hs_attachment_ids")]
        case .tasks:
            [
                .init("hs_task_subject"), .init("hs_task_body"), .init("hs_timestamp", .datetime),
                .init("hs_task_status"), .init("hs_task_priority"), .init("hs_task_type"),
            ]
        }
    }

    // Some of the choices that HubSpot has.
    private static let languages = ["ca", "de", "en", "en-us", "es", "es-es", "es-mx", "fr", "it", "pt", "pt-br"]
    private static let zones = ["america_slash_mexico_city", "europe_slash_london", "europe_slash_madrid"]
    private static let stages = [
        "subscriber", "lead", "marketingqualifiedlead", "salesqualifiedlead", "opportunity", "customer", "evangelist",
        "other",
    ]

    private static let contacts: [PropertyDefinition] = [
        .init("email"), .init("firstname"), .init("lastname"), .init("company"), .init("jobtitle"), .init("website"),
        .init("address"), .init("city"), .init("state"), .init("zip"), .init("country"),
        .init("hs_language", .enumeration, options: languages), .init("hs_timezone", .enumeration, options: zones),
        .init("lifecyclestage", .enumeration, options: stages), .init("hs_lead_status"), .init("phone", .phoneNumber),
        .init("mobilephone", .phoneNumber), .init("hs_whatsapp_phone_number", .phoneNumber),
        .init("hs_calculated_phone_number", isReadOnly: true), .init("hs_calculated_mobile_number", isReadOnly: true),
        .init("hs_calculated_phone_number_country_code", isReadOnly: true),
        .init("hs_searchable_calculated_phone_number", isReadOnly: true),
        .init("hs_searchable_calculated_mobile_number", isReadOnly: true),
        .init("hs_searchable_calculated_international_phone_number", isReadOnly: true),
        .init("hs_merged_object_ids", isReadOnly: true), .init("hs_email_optout", .bool, isReadOnly: true),
        .init("hs_legal_basis"),
    ]
}
