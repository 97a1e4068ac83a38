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

    package enum Credential: Equatable, Sendable {
        /// A service key, or the access token of an app in one account: good until somebody changes it there.
        case token(String)
        /// Of an app with OAuth, whose access tokens last half an hour.
        case oauth(clientID: String, clientSecret: String, refreshToken: String)
    }

    package static let newestVersion = Version.dated("2026-09")
    package static let defaultURL = "https://api.hubapi.com"

    /// Without a slash at its end.
    package let baseURL: String
    let credential: Credential
    /// The app's client secret: what webhooks are signed with. Nil where there are none (service keys).
    let clientSecret: String?
    /// The app's id, by which its own changes are recognised in webhooks.
    package let appID: String?
    package let version: Version
    /// For the words beside a message on the timeline.
    package let language: Language
    /// For what people are advised.
    package var place = SettingsPlace.unnamed

    /// - Parameter clientSecret: of an app with a token of its own; one with OAuth has it in its credential.
    /// - Throws: `invalid` when an address, a version or a secret cannot be one.
    package init(
        baseURL: String = defaultURL, credential: Credential, clientSecret: String? = nil, appID: String? = nil,
        version: Version = .dated("2026-09"), language: Language = .english
    ) throws(PuenteError) {
        guard let address = WebAddress(baseURL), !address.rest.contains("?") else {
            throw PuenteError(
                .invalid, en: "HubSpot's base_url is not a web address.",
                es: "La base_url de HubSpot no es una dirección web.")
        }
        for (name, secret) in credential.parts where !Self.isSecret(secret) {
            throw PuenteError(
                .invalid, en: "HubSpot's \(name) is empty or has characters that it cannot have.",
                es: "\(name) de HubSpot está vacío o tiene caracteres que no puede tener.")
        }
        if case .dated(let date) = version, !Self.isVersion(date) {
            throw PuenteError(
                .invalid, en: "HubSpot's API version is written like 2026-09, or v3.",
                es: "La versión de la API de HubSpot se escribe como 2026-09, o v3.")
        }
        var url = address.url
        while url.last == "/" { url.removeLast() }
        self.baseURL = url
        self.credential = credential
        self.clientSecret =
            switch credential {
            case .token: clientSecret
            case .oauth(_, let secret, _): secret
            }
        self.appID = appID
        self.version = version
        self.language = language
    }

    /// With a service key, or an app's own token.
    package init(
        baseURL: String = defaultURL, token: String, clientSecret: String? = nil, appID: String? = nil,
        version: Version = .dated("2026-09"), language: Language = .english
    ) throws(PuenteError) {
        try self.init(
            baseURL: baseURL, credential: .token(token), clientSecret: clientSecret, appID: appID, version: version,
            language: language)
    }

    private static func isSecret(_ text: String) -> Bool {
        !text.isEmpty && text.utf8.allSatisfy { (0x21...0x7e).contains($0) }
    }

    private static func isVersion(_ text: String) -> Bool {
        let bytes = Array(text.utf8)
        return bytes.count == 7 && bytes[4] == UInt8(ascii: "-")
            && bytes.enumerated().allSatisfy {
                $0.offset == 4 || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0.element)
            }
    }
}

extension HubSpotSettings.Credential {
    fileprivate var parts: [(name: String, secret: String)] {
        switch self {
        case .token(let token): [("token", token)]
        case .oauth(let clientID, let clientSecret, let refreshToken):
            [("client_id", clientID), ("client_secret", clientSecret), ("refresh_token", refreshToken)]
        }
    }
}
