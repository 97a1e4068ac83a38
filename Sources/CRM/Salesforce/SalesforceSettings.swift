package import Domain
import JWTKit
import OutboundHTTP

/// What is needed to speak to one Salesforce org.
package struct SalesforceSettings: Sendable {
    /// How the app proves itself. Neither way needs a person who signs in.
    package enum Credential: Sendable {
        /// The app's consumer secret; Salesforce acts as the user whom the app's policy names.
        case clientCredentials(secret: String)
        /// A key whose certificate was uploaded to the app.
        /// - Parameters:
        ///   - privateKey: RSA, as PEM.
        ///   - audience: `https://login.salesforce.com`, or `https://test.salesforce.com` for a sandbox.
        case jwtBearer(username: String, privateKey: String, audience: String)

        var secret: String {
            switch self {
            case .clientCredentials(let secret): secret
            case .jwtBearer(_, let privateKey, _): privateKey
            }
        }
    }

    package static let defaultVersion = "v66.0"
    package static let defaultAudience = "https://login.salesforce.com"
    /// The oldest version whose answers were read here.
    private static let oldestVersion = 64

    /// Where tokens are asked for: the org's My Domain. Without a slash at its end.
    package let baseURL: String
    /// The app's consumer key.
    let clientID: String
    let credential: Credential
    /// For example `v66.0`.
    package let version: String
    /// For the words beside a message.
    package let language: Language
    /// For what people are advised.
    package var place = SettingsPlace.unnamed

    /// - Throws: `invalid` when an address, a version, a key or a secret cannot be one.
    package init(
        baseURL: String, clientID: String, credential: Credential, version: String = defaultVersion,
        language: Language = .english
    ) throws(PuenteError) {
        guard let address = WebAddress(baseURL), !address.rest.contains("?") else {
            throw PuenteError(
                .invalid, en: "Salesforce's base_url is not a web address.",
                es: "La base_url de Salesforce no es una dirección web.")
        }
        guard Self.isWord(clientID) else {
            throw PuenteError(
                .invalid, en: "Salesforce's client_id is empty or has characters that a consumer key cannot have.",
                es:
                    "El client_id de Salesforce está vacío o tiene caracteres que una clave de consumidor no puede tener."
            )
        }
        guard Self.isVersion(version) else {
            throw PuenteError(
                .invalid,
                en: "Salesforce's API version is written like v66.0, and v64.0 is the oldest that works here.",
                es: "La versión de la API de Salesforce se escribe como v66.0; aquí funciona desde v64.0.")
        }
        try Self.check(credential)
        var url = address.url
        while url.last == "/" { url.removeLast() }
        self.baseURL = url
        self.clientID = clientID
        self.credential = credential
        self.version = version
        self.language = language
    }

    /// Whether a text is a version that works here.
    package static func isVersion(_ text: String) -> Bool {
        guard text.hasPrefix("v"), text.hasSuffix(".0"), let number = Int(text.dropFirst().dropLast(2)) else {
            return false
        }
        return (oldestVersion...999).contains(number)
    }

    /// Whether a text is the PEM of an RSA key with at least 2048 bits.
    package static func isPrivateKey(_ pem: String) -> Bool {
        // Which part of it is wrong, the parser says in words that help nobody.
        (try? Insecure.RSA.PrivateKey(pem: pem)) != nil
    }

    private static func check(_ credential: Credential) throws(PuenteError) {
        switch credential {
        case .clientCredentials(let secret):
            guard !isWord(secret) else { return }
            throw PuenteError(
                .invalid, en: "Salesforce's client_secret is empty or has characters that a secret cannot have.",
                es: "El client_secret de Salesforce está vacío o tiene caracteres que un secreto no puede tener.")
        case .jwtBearer(let username, let privateKey, let audience):
            guard !username.isEmpty, isPrivateKey(privateKey), WebAddress(audience) != nil else {
                throw PuenteError(
                    .invalid,
                    en:
                        "Salesforce's JWT login needs username, a private_key (PEM of an RSA key of 2048 bits or more) and an audience that is a web address.",
                    es:
                        "El acceso JWT de Salesforce necesita username, una private_key (PEM de una clave RSA de 2048 bits o más) y una audience que sea una dirección web."
                )
            }
        }
    }

    private static func isWord(_ text: String) -> Bool {
        !text.isEmpty && text.utf8.allSatisfy { (0x21...0x7e).contains($0) }
    }
}
