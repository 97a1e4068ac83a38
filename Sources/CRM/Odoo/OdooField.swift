/// The fields that Puente makes on Odoo's contacts. None is needed: without them contacts are known by their external
/// id alone, and people in Odoo see less.
enum OdooField: String, CaseIterable {
    case puenteID = "x_puente_id"
    case whatsAppID = "x_whatsapp_id"
    case userID = "x_whatsapp_user_id"
    case profileName = "x_whatsapp_name"
    /// Filled in by people and rules of the company's: read, never written.
    case optIn = "x_whatsapp_opt_in"

    private var label: String {
        switch self {
        case .puenteID: "Puente ID"
        case .whatsAppID: "WhatsApp ID"
        case .userID: "WhatsApp user ID"
        case .profileName: "WhatsApp profile name"
        case .optIn: "WhatsApp opt-in"
        }
    }

    /// Values for `ir.model.fields`.
    /// - Parameter model: the id of `res.partner` in `ir.model`.
    func definition(model: Int64) -> OdooValue {
        var values: [String: OdooValue] = [
            "model_id": .integer(model), "name": .text(rawValue), "field_description": .text(label), "state": "manual",
            "ttype": self == .optIn ? "selection" : "char", "copied": false,
        ]
        if self == .optIn {
            values["selection_ids"] = [
                [0, 0, ["value": "opted_in", "name": "Opted in", "sequence": 1]],
                [0, 0, ["value": "opted_out", "name": "Opted out", "sequence": 2]],
            ]
        } else {
            values["index"] = true
        }
        return .object(values)
    }
}
