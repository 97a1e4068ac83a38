/// The products that can be connected. The raw value is written in the configuration.
package enum ConnectorKind: String, Codable, CaseIterable, Sendable {
    case hubspot, salesforce, zoho, odoo, own

    /// All of them, for sentences.
    package static let words = allCases.map(\.rawValue).joined(separator: ", ")
}
