/// The people of the organisation: the one behind the token, and one who works in the CRM's pages.
enum ZohoUser: UInt8, CaseIterable, Sendable {
    case bridge, agent

    var id: Int64 { 554_023_000_000_235_011 + Int64(rawValue) }

    var name: String {
        switch self {
        case .bridge: "Bridge Bot"
        case .agent: "Marta Gil"
        }
    }

    var email: String {
        switch self {
        case .bridge: "bridge@ejemplo.example"
        case .agent: "marta.gil@ejemplo.example"
        }
    }

    /// As a field shows them.
    var reference: JSON { ["name": JSON(name), "id": JSON(String(id)), "email": JSON(email)] }

    /// As the answer to a write shows them.
    var shortReference: JSON { ["name": JSON(name), "id": JSON(String(id))] }

    /// As `GET /crm/v8/users` shows them.
    var json: JSON {
        let parts = name.split(separator: " ")
        return [
            "id": JSON(String(id)), "full_name": JSON(name), "first_name": JSON(parts[0]), "last_name": JSON(parts[1]),
            "email": JSON(email), "status": "active", "confirm": true, "locale": "es_ES", "time_zone": "Europe/Madrid",
            "role": ["name": "CEO", "id": "554023000000015966"],
            "profile": ["name": "Administrator", "id": "554023000000015972"],
        ]
    }
}
