package import Domain
import OutboundHTTP

/// What is needed to speak to a company's own system.
package struct OwnSystemSettings: Sendable {
    /// R18: a hundred messages a batch.
    package static let maxBatch = 100

    package let url: String
    let signer: StandardWebhooks
    /// Events in one request: 1 for receivers that know single events only.
    package let batchSize: Int
    /// Of the sentences in events.
    let language: Language
    /// For what people are advised.
    package var place = SettingsPlace.unnamed

    /// - Parameters:
    ///   - url: where events are posted to.
    ///   - secret: `whsec_…`, shared with the receiver. Signs what we send and verifies what it sends.
    ///   - previousSecret: still valid while the secret is being changed.
    /// - Throws: `invalid` when one of them cannot be used.
    package init(
        url: String, secret: String, previousSecret: String? = nil, batchSize: Int = maxBatch,
        language: Language = .english
    ) throws(PuenteError) {
        guard let address = WebAddress(url) else {
            throw PuenteError(
                .invalid, en: "The own system's url is not a web address.",
                es: "La url del sistema propio no es una dirección web.")
        }
        let current = StandardWebhooks.Secret(secret)
        let previous = previousSecret.map { StandardWebhooks.Secret($0) }
        guard let current, previous.map({ $0 != nil }) ?? true else {
            throw PuenteError(
                .invalid, en: "A secret is written whsec_ and the base64 of 24 to 64 random bytes.",
                es: "Un secreto se escribe whsec_ y el base64 de 24 a 64 bytes al azar.")
        }
        self.url = address.url
        self.signer = StandardWebhooks(current: current, previous: previous ?? nil)
        self.language = language
        self.batchSize = min(max(1, batchSize), Self.maxBatch)
    }
}
