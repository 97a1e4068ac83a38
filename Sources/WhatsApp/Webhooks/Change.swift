import Domain

/// One item of `changes[]`: a field and what is new in it.
struct Change {
    let wabaID: String
    let entryTime: Timestamp?
    /// Empty when the change names none.
    let field: String
    let value: JSON
    private let json: JSON

    init(_ json: JSON, wabaID: String, entryTime: Timestamp?) {
        self.json = json
        self.wabaID = wabaID
        self.entryTime = entryTime
        self.field = json["field"].text ?? ""
        self.value = json["value"]
    }

    var updates: [Update] {
        let phoneNumberID = value["metadata"]["phone_number_id"].text
        return facts.map {
            Update(wabaID: wabaID, phoneNumberID: phoneNumberID, field: field, fact: $0)
        }
    }

    private var facts: [Update.Fact] {
        guard let kind = WebhookField(field) else {
            return [.unrouted(field.isEmpty ? .malformed : .unknownField, excerpt: json.excerpt())]
        }
        let facts = facts(of: kind)
        return facts.isEmpty ? [.unrouted(.malformed, excerpt: json.excerpt())] : facts
    }

    private func facts(of kind: WebhookField) -> [Update.Fact] {
        switch kind {
        case .messaging: MessagingReader(self).facts
        case .template: TemplateNotice(self).map { [.template($0)] } ?? []
        case .account: AccountNotice(self).map { [.notice($0)] } ?? []
        }
    }
}
