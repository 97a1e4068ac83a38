import Foundation

/// Where webhooks go: an address, and whose webhooks it wants.
package struct SandboxCallback: Hashable, Sendable {
    package enum Sender: String, CaseIterable, Sendable {
        case odoo
        case whatsapp, hubspot, own
        /// Its addresses are those of the channels that were enabled with it.
        case zoho
    }

    package let sender: Sender
    package let url: String

    package init(sender: Sender, url: String) {
        self.sender = sender
        self.url = url
    }

    /// Reads `--callback`: `hubspot=URL`, `own=URL`, `whatsapp=URL`, or just a URL. A bare URL that ends in
    /// `/webhooks/crm/hubspot` or `/webhooks/crm/own` is that CRM's; any other gets WhatsApp's webhooks.
    /// Nil when it is no http or https address.
    package init?(_ text: String) {
        let named = Sender.allCases.first { text.hasPrefix("\($0.rawValue)=") }
        let url = named.map { String(text.dropFirst($0.rawValue.count + 1)) } ?? text
        guard let parts = URLComponents(string: url), ["http", "https"].contains(parts.scheme ?? ""),
            parts.host?.isEmpty == false
        else { return nil }
        self.url = url
        sender = named ?? Self.sender(of: parts.path)
    }

    private static func sender(of path: String) -> Sender {
        if path.hasSuffix("/webhooks/crm/hubspot") { return .hubspot }
        if path.hasSuffix("/webhooks/crm/own") { return .own }
        if path.hasSuffix("/webhooks/crm/zoho") { return .zoho }
        if path.hasSuffix("/webhooks/crm/odoo") { return .odoo }
        return .whatsapp
    }
}
