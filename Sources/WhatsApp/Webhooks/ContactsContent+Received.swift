import Domain

extension ContactsContent {
    /// Out of `contacts[]` of a message. Sources put `origin` on the card or on the message: both are read.
    init?(received item: JSON) {
        let origin = item["origin"].text
        let cards = item["contacts"].items.filter(\.isObject).map { ContactCard(received: $0, origin: origin) }
        guard !cards.isEmpty else { return nil }
        self.init(cards: cards)
    }
}

extension ContactCard {
    /// `{name{formatted_name, first_name, last_name}, phones[]{phone, wa_id, type}, emails[]{email}, org{company}}`.
    init(received json: JSON, origin: String?) {
        let name = json["name"]
        let phones = json["phones"].items.filter(\.isObject).map { phone in
            Phone(phone: phone["phone"].text, waID: phone["wa_id"].text, type: phone["type"].text)
        }
        let organization = json["org"]["company"].text
        let names = [name["first_name"].text, name["last_name"].text].compactMap(\.self)
        let joined = names.isEmpty ? nil : names.joined(separator: " ")
        self.init(
            formattedName: name["formatted_name"].text ?? joined ?? organization ?? phones.first?.phone ?? "",
            firstName: name["first_name"].text, lastName: name["last_name"].text, phones: phones,
            emails: json["emails"].items.compactMap { $0["email"].text }, organization: organization,
            origin: json["origin"].text ?? origin)
    }
}
