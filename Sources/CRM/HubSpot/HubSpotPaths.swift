/// Where HubSpot's resources live in either style of path.
struct HubSpotPaths: Sendable {
    let version: HubSpotSettings.Version

    var contacts: String { objects("contacts") }
    var communications: String { objects("communications") }
    var account: String { "/account-info/v3/details" }
    /// Version 1 of this path ends in February 2027.
    var token: String {
        switch version {
        case .dated(let date): "/oauth/\(date)/token"
        case .v3: "/oauth/v3/token"
        }
    }

    var owners: String { "/crm/v3/owners" }

    var contactProperties: String {
        switch version {
        case .dated(let date): "/crm/properties/\(date)/contacts"
        case .v3: "/crm/v3/properties/contacts"
        }
    }

    var communicationLabels: String {
        switch version {
        case .dated(let date): "/crm/associations/\(date)/communications/contacts/labels"
        case .v3: "/crm/v4/associations/communications/contacts/labels"
        }
    }

    private func objects(_ type: String) -> String {
        switch version {
        case .dated(let date): "/crm/objects/\(date)/\(type)"
        case .v3: "/crm/v3/objects/\(type)"
        }
    }
}
