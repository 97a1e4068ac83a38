/// What is asked about a number.
struct NumberUnderCheck: Sendable {
    /// The Meta app that its webhooks should come to.
    struct App: Sendable {
        /// Its name in the configuration, the last part of the callback's address.
        let name: String
        let id: String
        let secret: String
        let verifyToken: String
    }

    /// Its name in the configuration.
    let name: String
    let phoneNumberID: String
    let wabaID: String
    let displayNumber: String
    let accessToken: String
    /// Nil when the configuration names none.
    let app: App?
    /// Where Meta reaches us; nil while nobody said.
    let publicURL: String?

    /// Whether Meta is a sandbox of this network.
    let isMetaSimulated: Bool

    /// What stands in Meta's "Callback URL".
    var callback: String? {
        guard let publicURL, let app else { return nil }
        return "\(publicURL)/webhooks/whatsapp/\(app.name)"
    }

    /// The short form, which every app of the installation may use.
    var bareCallback: String? { publicURL.map { "\($0)/webhooks/whatsapp" } }
}
