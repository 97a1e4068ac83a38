/// The fields that we create on Zoho's contacts: those that are filled, and no others. Zoho makes a field's API name
/// out of its label.
///
/// Only `Puente_Id` is unique: it is the upsert key. The others are not, since a number or a user id may for a while
/// stand on two records.
enum ZohoField: String, CaseIterable {
    case puenteID = "Puente_Id"
    case whatsAppID = "WhatsApp_Id"
    case userID = "WhatsApp_User_Id"
    case profileName = "WhatsApp_Name"
    case username = "WhatsApp_Username"
    case optIn = "WhatsApp_Opt_In"
    case optInAt = "WhatsApp_Opt_In_At"
    case optInSource = "WhatsApp_Opt_In_Source"
    case lastInboundAt = "WhatsApp_Last_Inbound"
    case lastOutboundAt = "WhatsApp_Last_Outbound"
    case windowEndsAt = "WhatsApp_Window_Ends"
    case page = "WhatsApp_Conversation"

    var definition: ZohoRow {
        switch self {
        case .puenteID: ZohoFieldDefinition.text("Puente Id", length: 50, isUnique: true)
        case .whatsAppID: ZohoFieldDefinition.text("WhatsApp Id", length: 50)
        case .userID: ZohoFieldDefinition.text("WhatsApp User Id", length: 150)
        case .profileName: ZohoFieldDefinition.text("WhatsApp Name", length: 255)
        case .username: ZohoFieldDefinition.text("WhatsApp Username", length: 100)
        case .optIn: ZohoFieldDefinition.choice("WhatsApp Opt In", SyncedOptIn.options)
        case .optInAt: ZohoFieldDefinition.plain("WhatsApp Opt In At", "datetime")
        case .optInSource: ZohoFieldDefinition.text("WhatsApp Opt In Source", length: 255)
        case .lastInboundAt: ZohoFieldDefinition.plain("WhatsApp Last Inbound", "datetime")
        case .lastOutboundAt: ZohoFieldDefinition.plain("WhatsApp Last Outbound", "datetime")
        case .windowEndsAt: ZohoFieldDefinition.plain("WhatsApp Window Ends", "datetime")
        case .page: ZohoFieldDefinition.plain("WhatsApp Conversation", "website")
        }
    }

    /// Nobody else writes it. People may say in Zoho, too, that somebody wants no promotions.
    var isOurs: Bool { self != .optIn }

    /// What a contact is read with, everywhere; those that an administrator may have taken away last.
    static let read =
        ["id", "First_Name", "Last_Name", "Email", "Phone", "Mobile", "Owner", "Created_Time", "Modified_Time"]
        + [puenteID, whatsAppID, userID].map(\.rawValue) + ["Home_Phone", "Other_Phone", "Email_Opt_Out"]

    static let phones = ["Mobile", "Phone", "Home_Phone", "Other_Phone"]
}

/// The fields of the custom module `WhatsApp_Messages`, where an administrator made it.
enum ZohoMessageField: String, CaseIterable {
    static let module = "WhatsApp_Messages"

    case puenteID = "Puente_Id"
    case contact = "Contact"
    case body = "Body"
    case direction = "Direction"
    case status = "Status"
    case sentAt = "Sent_At"
    case author = "Author"
    case link = "Conversation"

    var definition: ZohoRow {
        switch self {
        case .puenteID: ZohoFieldDefinition.text("Puente Id", length: 50, isUnique: true)
        case .contact: ZohoFieldDefinition.lookup("Contact", module: "Contacts")
        case .body: ZohoFieldDefinition.textArea("Body", length: 32_000)
        case .direction: ZohoFieldDefinition.text("Direction", length: 20)
        case .status: ZohoFieldDefinition.text("Status", length: 255)
        case .sentAt: ZohoFieldDefinition.plain("Sent At", "datetime")
        case .author: ZohoFieldDefinition.text("Author", length: 255)
        case .link: ZohoFieldDefinition.plain("Conversation", "website")
        }
    }
}

private enum ZohoFieldDefinition {
    static func text(_ label: String, length: Int, isUnique: Bool = false) -> ZohoRow {
        var row: ZohoRow = [
            "field_label": .text(label), "data_type": .text("text"), "length": .number(length),
        ]
        // Zoho's schema writes it with an underscore, its clients without: either is read where it is known.
        if isUnique { row["unique"] = .object(["case_sensitive": .flag(false), "casesensitive": .text("false")]) }
        return row
    }

    static func plain(_ label: String, _ type: String) -> ZohoRow {
        ["field_label": .text(label), "data_type": .text(type)]
    }

    static func choice(_ label: String, _ options: [(value: String, label: String)]) -> ZohoRow {
        // What is shown is what is stored, so that people and programs read the same.
        let values = options.map { option in
            ZohoValue.object(["display_value": .text(option.value), "actual_value": .text(option.value)])
        }
        return ["field_label": .text(label), "data_type": .text("picklist"), "pick_list_values": .list(values)]
    }

    static func textArea(_ label: String, length: Int) -> ZohoRow {
        [
            "field_label": .text(label), "data_type": .text("textarea"), "length": .number(length),
            "textarea": .object(["type": .text("large")]),
        ]
    }

    static func lookup(_ label: String, module: String) -> ZohoRow {
        [
            "field_label": .text(label), "data_type": .text("lookup"),
            "lookup": .object([
                "module": .object(["api_name": .text(module)]), "display_label": .text("WhatsApp Messages"),
            ]),
        ]
    }
}
