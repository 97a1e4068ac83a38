import Crypto
package import Domain
import OutboundHTTP

/// What is needed to speak to one Zoho organisation.
package struct ZohoSettings: Sendable {
    package let dataCenter: ZohoDataCenter
    /// Without a slash at its end.
    package let accountsURL: String
    /// Of the data centre, or as the operator wrote it. Without a slash at its end.
    package let apiURL: String
    /// The operator wrote it: no answer of Zoho's leads elsewhere.
    let isAPIFixed: Bool
    let clientID: String
    let clientSecret: String
    let refreshToken: String
    /// Comes back with every call-back, which is all that they can be told by; nil where there are none.
    let notificationToken: String?
    /// Calls at once. Zoho allows 5 to 25 by edition; a fifth of the least is left to others (R2).
    let concurrentCalls: Int
    /// What the organisation has in 24 hours, if the operator says so: Zoho tells only what is left, and late.
    let dailyCredits: Int?
    /// For the words beside a message on the timeline.
    let language: Language
    /// For what people are advised.
    package var place = SettingsPlace.unnamed

    /// - Throws: `invalid` when an address or a secret cannot be one.
    package init(
        dataCenter: ZohoDataCenter = .us, accountsURL: String? = nil, apiURL: String? = nil, clientID: String,
        clientSecret: String, refreshToken: String, notificationToken: String? = nil, concurrentCalls: Int = 4,
        dailyCredits: Int? = nil, language: Language = .english
    ) throws(PuenteError) {
        self.dataCenter = dataCenter
        self.accountsURL = try Self.address(accountsURL ?? dataCenter.accountsURL, "accounts_url")
        // The sandbox has both on one port.
        self.apiURL = try Self.address(apiURL ?? accountsURL ?? dataCenter.apiURL, "base_url")
        isAPIFixed = apiURL != nil
        for (name, secret) in [
            ("client_id", clientID), ("client_secret", clientSecret), ("refresh_token", refreshToken),
        ] where !Self.isSecret(secret) {
            throw PuenteError(
                .invalid, en: "Zoho's \(name) is empty or has characters that it cannot have.",
                es: "\(name) de Zoho está vacío o tiene caracteres que no puede tener.")
        }
        if let notificationToken, !Self.isNotificationToken(notificationToken) {
            throw PuenteError(
                .invalid, en: "Zoho's webhook_secret must have 16 to 50 characters, without spaces.",
                es: "webhook_secret de Zoho debe tener de 16 a 50 caracteres, sin espacios.")
        }
        self.clientID = clientID
        self.clientSecret = clientSecret
        self.refreshToken = refreshToken
        self.notificationToken = notificationToken
        self.concurrentCalls = min(max(1, concurrentCalls), 20)
        self.dailyCredits = dailyCredits
        self.language = language
    }

    /// The number of our channel: the same for the same settings, another one for another installation.
    var channelID: String {
        let digest = SHA256.hash(data: Array("\(clientID) \(notificationToken ?? "")".utf8))
        let number = digest.prefix(8).reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
        return String(number % 900_000_000_000_000 + 100_000_000_000_000)
    }

    /// Zoho takes 50 characters; fewer than 16 can be guessed.
    package static func isNotificationToken(_ text: String) -> Bool {
        (16...50).contains(text.utf8.count) && isSecret(text)
    }

    private static func address(_ text: String, _ name: String) throws(PuenteError) -> String {
        guard let address = WebAddress(text), !address.rest.contains("?") else {
            throw PuenteError(
                .invalid, en: "Zoho's \(name) is not a web address.", es: "\(name) de Zoho no es una dirección web.")
        }
        var url = address.url
        while url.last == "/" { url.removeLast() }
        return url
    }

    private static func isSecret(_ text: String) -> Bool {
        !text.isEmpty && text.utf8.allSatisfy { (0x21...0x7e).contains($0) }
    }
}
