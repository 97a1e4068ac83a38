import Domain

extension ChoiceContent {
    /// Out of `interactive{type, button_reply|list_reply|nfm_reply|call_permission_reply}`. Kinds that are new to us keep
    /// their JSON as data. Nil when there is no object of the kind.
    init?(interactive json: JSON) {
        let types = ["button_reply", "list_reply", "nfm_reply", "call_permission_reply"]
        guard let type = json["type"].text ?? types.first(where: { json[$0].isObject }) else { return nil }
        let reply = json[type]
        guard reply.isObject else { return nil }
        switch type {
        case "button_reply": self.init(kind: .button, reply)
        case "list_reply": self.init(kind: .list, reply)
        case "nfm_reply":
            self.init(
                kind: .flow, id: reply["name"].text, title: reply["body"].text ?? "", data: reply["response_json"].data)
        case "call_permission_reply":
            self.init(kind: .callPermission, id: nil, title: reply["response"].text ?? "", data: reply.sortedText)
        default:
            self.init(kind: .other, id: reply["id"].text, title: reply["title"].text ?? type, data: reply.sortedText)
        }
    }

    private init(kind: Kind, _ reply: JSON) {
        let id = reply["id"].text
        self.init(kind: kind, id: id, title: reply["title"].text ?? id ?? "", description: reply["description"].text)
    }

    /// Out of `button{payload, text}`: the quick reply of a template.
    init?(quickReply json: JSON) {
        guard let title = json["text"].text ?? json["payload"].text else { return nil }
        self.init(kind: .quickReply, id: json["payload"].text, title: title)
    }
}

extension JSON {
    /// A flow's answers: JSON inside a string as documented, or the JSON itself.
    fileprivate var data: String? {
        isNull ? nil : text ?? sortedText
    }
}
