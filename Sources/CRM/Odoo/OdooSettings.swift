package import Domain
import OutboundHTTP

/// What is needed to speak to one Odoo database.
package struct OdooSettings: Sendable {
    /// Which of Odoo's interfaces is spoken.
    package enum Interface: String, Codable, CaseIterable, Sendable {
        /// JSON-2 where the version has it (19 and later), else JSON-RPC.
        case auto
        case json2
        case jsonrpc
    }

    /// Without a slash at its end.
    package let baseURL: String
    let database: String?
    let username: String?
    /// The API key.
    let key: String
    package let interface: Interface
    /// In the address that automation rules call. Nil: their calls are refused.
    let webhookSecret: String?
    /// For the whole connection; nil: as fast as three calls at once go.
    let callsPerSecond: Int?
    /// For the words beside a message on the timeline.
    package let language: Language
    /// For what people are advised.
    package var place = SettingsPlace.unnamed

    /// - Parameters:
    ///   - database: needed for JSON-RPC, and for JSON-2 where a server has several.
    ///   - username: the user's, for JSON-RPC.
    /// - Throws: `invalid` when one of them cannot be used.
    package init(
        baseURL: String, database: String? = nil, username: String? = nil, key: String, interface: Interface = .auto,
        webhookSecret: String? = nil, callsPerSecond: Int? = nil, language: Language = .english
    ) throws(PuenteError) {
        guard let address = WebAddress(baseURL), !address.rest.contains("?") else {
            throw PuenteError(
                .invalid, en: "Odoo's base_url is not a web address.",
                es: "La base_url de Odoo no es una dirección web.")
        }
        guard !key.isEmpty, key.utf8.allSatisfy({ (0x21...0x7e).contains($0) }) else {
            throw PuenteError(
                .invalid, en: "Odoo's API key is empty or has characters that a key cannot have.",
                es: "La clave de API de Odoo está vacía o tiene caracteres que una clave no puede tener.")
        }
        guard interface != .jsonrpc || (database?.isEmpty == false && username?.isEmpty == false) else {
            throw PuenteError(
                .invalid, en: "Odoo's interface jsonrpc needs database and username.",
                es: "La interfaz jsonrpc de Odoo necesita database y username.")
        }
        guard database?.utf8.allSatisfy({ (0x21...0x7e).contains($0) }) ?? true else {
            throw PuenteError(
                .invalid, en: "Odoo's database has characters that its name cannot have.",
                es: "La base de datos de Odoo tiene caracteres que su nombre no puede tener.")
        }
        guard webhookSecret.map(Self.isSecret) ?? true else {
            throw PuenteError(
                .invalid,
                en:
                    "Odoo's webhook_secret has 16 to 200 letters, digits, hyphens and underscores: it stands in an address.",
                es: "El webhook_secret de Odoo tiene de 16 a 200 letras, cifras y guiones: va en una dirección.")
        }
        var url = address.url
        while url.last == "/" { url.removeLast() }
        self.baseURL = url
        self.database = database
        self.username = username
        self.key = key
        self.interface = interface
        self.webhookSecret = webhookSecret
        self.callsPerSecond = callsPerSecond.map { max(1, $0) }
        self.language = language
    }

    /// Nothing else protects the webhooks, and it stands in an address as it is.
    package static func isSecret(_ text: String) -> Bool {
        let others = "0123456789-_".unicodeScalars
        return (16...200).contains(text.utf8.count)
            && text.unicodeScalars.allSatisfy { $0.isASCII && ($0.properties.isAlphabetic || others.contains($0)) }
    }
}
