import Domain
package import Store

extension StoredCRM {
    /// - Throws: `PuenteError` for a kind that there is not; what cannot be read of the texts.
    package init(_ account: ConnectionAccount) throws {
        guard let kind = ConnectorKind(rawValue: account.kind) else {
            throw PuenteError(
                .invalid,
                en: "crm.\(account.slug).kind \"\(account.kind)\" is none of \(ConnectorKind.words).",
                es: "crm.\(account.slug).kind «\(account.kind)» no es ninguno de \(ConnectorKind.words).")
        }
        let (settings, secrets) = (account.settings, account.secrets)
        switch kind {
        case .hubspot: self = .hubspot(try Self.read(settings), try Self.read(secrets))
        case .salesforce: self = .salesforce(try Self.read(settings), try Self.read(secrets))
        case .zoho: self = .zoho(try Self.read(settings), try Self.read(secrets))
        case .odoo: self = .odoo(try Self.read(settings), try Self.read(secrets))
        case .own: self = .own(try Self.read(settings), try Self.read(secrets))
        }
    }

    private static func read<Value: Decodable>(_ text: String) throws -> Value {
        try JSONText.decode(Value.self, from: text)
    }

    /// As it is kept.
    package func provision(at baseURL: String, pace: StoredPace = StoredPace()) throws -> Provision.Connection {
        let (kind, settings, secrets) = parts
        return Provision.Connection(
            kind: kind.rawValue, baseURL: baseURL,
            settings: try JSONText.encode(PacedSettings(settings: settings, pace: pace)),
            secrets: try JSONText.encode(secrets))
    }

    private var parts: (kind: ConnectorKind, settings: any Encodable, secrets: any Encodable) {
        switch self {
        case .hubspot(let settings, let secrets): (.hubspot, settings, secrets)
        case .salesforce(let settings, let secrets): (.salesforce, settings, secrets)
        case .zoho(let settings, let secrets): (.zoho, settings, secrets)
        case .odoo(let settings, let secrets): (.odoo, settings, secrets)
        case .own(let settings, let secrets): (.own, settings, secrets)
        }
    }
}
