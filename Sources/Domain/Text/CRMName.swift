/// What people call a CRM connection.
package enum CRMName {
    /// - Parameters:
    ///   - name: in the configuration, or as whoever made it called it.
    ///   - kind: `hubspot`, `own`, …
    package static func shown(_ name: String, kind: String) -> String {
        let name = String(name.prefix { $0 != "~" })
        guard let vendor = vendors[kind] else { return name }
        return name.lowercased() == kind ? vendor : "\(vendor) (\(name))"
    }

    /// The name that a connection has once it is taken away: its own is free again, and people still know it by that.
    package static func removed(_ name: String, id: String) -> String { "\(name)~\(id)" }

    private static let vendors = [
        "hubspot": "HubSpot", "salesforce": "Salesforce", "zoho": "Zoho CRM", "odoo": "Odoo",
    ]
}
