/// An app that gets an account's webhooks: `data[]{whatsapp_business_api_data{id, name, link}}`.
package struct SubscribedApp: Equatable, Sendable {
    package let id: String
    package let name: String?

    init?(_ json: JSON) {
        let data = json["whatsapp_business_api_data"]
        guard let id = data["id"].text else { return nil }
        self.id = id
        self.name = data["name"].text
    }
}
