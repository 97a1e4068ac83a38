import OutboundHTTP

/// Where a Zoho organisation lives. Each has an accounts server, an API and pages of its own, and none knows another's
/// tokens. Source: Zoho CRM API v8, "Multi data center support", and the hosts in the official Python client.
package enum ZohoDataCenter: String, CaseIterable, Sendable {
    case us, eu, `in`, au, jp, ca, cn, sa

    package var accountsURL: String { "https://accounts.\(pagesDomain)" }
    package var apiURL: String { "https://www.\(apiDomain)" }
    /// Where people see their records.
    var pagesURL: String { "https://crm.\(pagesDomain)" }

    private var pagesDomain: String {
        switch self {
        case .us: "zoho.com"
        case .eu: "zoho.eu"
        case .in: "zoho.in"
        case .au: "zoho.com.au"
        case .jp: "zoho.jp"
        case .ca: "zohocloud.ca"
        case .cn: "zoho.com.cn"
        case .sa: "zoho.sa"
        }
    }

    private var apiDomain: String {
        switch self {
        case .us: "zohoapis.com"
        case .eu: "zohoapis.eu"
        case .in: "zohoapis.in"
        case .au: "zohoapis.com.au"
        case .jp: "zohoapis.jp"
        case .ca: "zohoapis.ca"
        case .cn: "zohoapis.com.cn"
        case .sa: "zohoapis.sa"
        }
    }

    /// Whether tokens may be shown there: one of Zoho's own API hosts (production, sandbox or developer), over TLS.
    static func isAPI(_ address: WebAddress) -> Bool {
        address.isSecure && address.port == 443
            && allCases.contains { center in
                ["www", "sandbox", "developer"].contains { "\($0).\(center.apiDomain)" == address.host }
            }
    }
}
