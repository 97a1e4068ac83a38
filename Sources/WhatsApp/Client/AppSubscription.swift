/// What an app has Meta tell it, and where: an element of `GET /{app_id}/subscriptions`,
/// `{object, callback_url, active, fields: [{name, version}]}`.
package struct AppSubscription: Equatable, Sendable {
    /// `whatsapp_business_account` for everything of WhatsApp's.
    package let object: String
    package let callbackURL: String?
    package let isActive: Bool
    package let fields: Set<String>

    package static let whatsApp = "whatsapp_business_account"

    init?(_ json: JSON) {
        guard let object = json["object"].text else { return nil }
        self.object = object
        callbackURL = json["callback_url"].text
        isActive = json["active"].flag ?? true
        fields = Set(json["fields"].items.compactMap { $0["name"].text ?? $0.text })
    }
}
