/// The fields that Puente makes on Odoo's contacts. None is needed: without them contacts are known by their external
/// id alone, and people in Odoo see less.
enum OdooField: String, CaseIterable {
    case puenteID = "x_puente_id"
    case whatsAppID = "x_whatsapp_id"
    case userID = "x_whatsapp_user_id"
    case profileName = "x_whatsapp_name"
    /// Filled in by people and rules of the company's, and by the mapping.
    case optIn = "x_whatsapp_opt_in"
    case optInAt = "x_whatsapp_opt_in_at"
    case optInSource = "x_whatsapp_opt_in_source"
    case username = "x_whatsapp_username"
    case lastInboundAt = "x_whatsapp_last_inbound"
    case lastOutboundAt = "x_whatsapp_last_outbound"
    case windowEndsAt = "x_whatsapp_window_ends"
    case page = "x_whatsapp_conversation"

    /// What every partner is read with.
    static let read: [OdooField] = [.puenteID, .whatsAppID, .userID, .profileName, .optIn]

    private var label: String {
        switch self {
        case .puenteID: "Puente ID"
        case .whatsAppID: "WhatsApp ID"
        case .userID: "WhatsApp user ID"
        case .profileName: "WhatsApp profile name"
        case .optIn: "WhatsApp opt-in"
        case .optInAt: "WhatsApp opt-in at"
        case .optInSource: "WhatsApp opt-in source"
        case .username: "WhatsApp username"
        case .lastInboundAt: "WhatsApp last inbound"
        case .lastOutboundAt: "WhatsApp last outbound"
        case .windowEndsAt: "WhatsApp window ends"
        case .page: "WhatsApp conversation"
        }
    }

    private var type: String {
        switch self {
        case .puenteID, .whatsAppID, .userID, .profileName, .optInSource, .username, .page: "char"
        case .optIn: "selection"
        case .optInAt, .lastInboundAt, .lastOutboundAt, .windowEndsAt: "datetime"
        }
    }

    /// Contacts are looked for by it.
    private var isHandle: Bool { [.puenteID, .whatsAppID, .userID, .profileName].contains(self) }

    /// Values for `ir.model.fields`.
    /// - Parameter model: the id of `res.partner` in `ir.model`.
    func definition(model: Int64) -> OdooValue {
        var values: [String: OdooValue] = [
            "model_id": .integer(model), "name": .text(rawValue), "field_description": .text(label), "state": "manual",
            "ttype": .text(type), "copied": false,
        ]
        if isHandle { values["index"] = true }
        if self == .optIn {
            let options = SyncedOptIn.options.enumerated().map { index, option in
                OdooValue.list([
                    0, 0,
                    [
                        "value": .text(option.value), "name": .text(option.label),
                        "sequence": .integer(Int64(index + 1)),
                    ],
                ])
            }
            values["selection_ids"] = .list(options)
        }
        return .object(values)
    }
}
