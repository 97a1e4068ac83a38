package import Domain
import OutboundHTTP

/// What is needed to speak to one HubSpot account.
package struct HubSpotSettings: Sendable {
    package enum Version: Equatable, Sendable {
        /// For example `2026-09`: the version stands after the name of the API family.
        case dated(String)
        /// The older paths, supported until September 2027.
        case v3
    }

    package static let defaultURL = "https://api.hubapi.com"

    /// Without a slash at its end.
    package let baseURL: String
    let token: String
    /// The app's client secret: what webhooks are signed with. Nil where there are none (service keys).
    let clientSecret: String?
    /// The app's id, by which its own changes are recognised in webhooks.
    package let appID: String?
    package let version: Version
    /// For the words beside a message on the timeline.
    package let language: Language

    /// - Throws: `invalid` when an address, a version or a token cannot be one.
    package init(
        baseURL: String = defaultURL, token: String, clientSecret: String? = nil, appID: String? = nil,
        version: Version = .dated("2026-09"), language: Language = .english
    ) throws(PuenteError) {
        guard let address = WebAddress(baseURL), !address.rest.contains("?") else {
            throw PuenteError(
                .invalid, en: "HubSpot's base_url is not a web address.",
                es: "La base_url de HubSpot no es una dirección web.")
        }
        guard !token.isEmpty, token.utf8.allSatisfy({ (0x21...0x7e).contains($0) }) else {
            throw PuenteError(
                .invalid, en: "HubSpot's token is empty or has characters that a token cannot have.",
                es: "El token de HubSpot está vacío o tiene caracteres que un token no puede tener.")
        }
        if case .dated(let date) = version, !Self.isVersion(date) {
            throw PuenteError(
                .invalid, en: "HubSpot's API version is written like 2026-09, or v3.",
                es: "La versión de la API de HubSpot se escribe como 2026-09, o v3.")
        }
        var url = address.url
        while url.last == "/" { url.removeLast() }
        self.baseURL = url
        self.token = token
        self.clientSecret = clientSecret
        self.appID = appID
        self.version = version
        self.language = language
    }

    private static func isVersion(_ text: String) -> Bool {
        let bytes = Array(text.utf8)
        return bytes.count == 7 && bytes[4] == UInt8(ascii: "-")
            && bytes.enumerated().allSatisfy {
                $0.offset == 4 || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0.element)
            }
    }
}
