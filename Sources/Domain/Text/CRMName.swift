/// What people call a CRM connection.
package enum CRMName {
    /// - Parameters:
    ///   - name: in the configuration.
    ///   - kind: `hubspot`, `own`, …
    package static func shown(_ name: String, kind: String) -> String {
        guard let vendor = vendors[kind] else { return name }
        return name.lowercased() == kind ? vendor : "\(vendor) (\(name))"
    }

    private static let vendors = [
        "hubspot": "HubSpot", "salesforce": "Salesforce", "zoho": "Zoho CRM", "odoo": "Odoo",
    ]
}
