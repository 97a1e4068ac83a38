/// The people of the organisation: the one behind the token, two who work in the CRM's pages, and one who did.
enum ZohoUser: UInt8, CaseIterable, Sendable {
    case bridge, agent, colleague, former

    var id: Int64 { 554_023_000_000_235_011 + Int64(rawValue) }

    var name: String {
        switch self {
        case .bridge: "Bridge Bot"
        case .agent: "Marta Gil"
        case .colleague: "Luis Pardo"
        case .former: "Rosa Díaz"
        }
    }

    var isActive: Bool { self != .former }

    var email: String {
        switch self {
        case .bridge: "bridge@ejemplo.example"
        case .agent: "marta.gil@ejemplo.example"
        case .colleague: "luis.pardo@ejemplo.example"
        case .former: "rosa.diaz@ejemplo.example"
        }
    }

    /// As a field shows them.
    var reference: JSON { ["name": JSON(name), "id": JSON(String(id)), "email": JSON(email)] }

    /// As the answer to a write shows them.
    var shortReference: JSON { ["name": JSON(name), "id": JSON(String(id))] }

    /// - Parameter type: of `GET /crm/v8/users`.
    func isListed(as type: String) -> Bool {
        switch type {
        case "CurrentUser": self == .bridge
        case "ActiveUsers", "ActiveConfirmedUsers": isActive
        case "DeactiveUsers": !isActive
        default: true
        }
    }

    /// As `GET /crm/v8/users` shows them.
    var json: JSON {
        let parts = name.split(separator: " ")
        return [
            "id": JSON(String(id)), "full_name": JSON(name), "first_name": JSON(parts[0]), "last_name": JSON(parts[1]),
            "email": JSON(email), "status": isActive ? "active" : "disabled", "confirm": true, "locale": "es_ES",
            "time_zone": "Europe/Madrid",
            "role": ["name": "CEO", "id": "554023000000015966"],
            "profile": ["name": "Administrator", "id": "554023000000015972"],
        ]
    }
}
