/// What simulated customers send.
extension InboundDraft {
    /// A step of a scenario as a message; nil for steps that send nothing.
    init?(_ step: Scenario.Step, answering messageID: String?) {
        switch step {
        case .awaitAnswer: return nil
        case .say(let text): self = .text(text)
        case .image(let caption): self.init(type: "image", content: ["caption": caption.map { JSON($0) }])
        case .voice: self.init(type: "audio", content: ["voice": true])
        case .sticker: self.init(type: "sticker", content: ["animated": false])
        case .document(let filename, let caption):
            self.init(
                type: "document", content: ["filename": JSON(filename), "caption": caption.map { JSON($0) }])
        case .location(let latitude, let longitude, let name, let address):
            self.init(
                type: "location",
                content: [
                    "latitude": JSON(latitude), "longitude": JSON(longitude), "name": JSON(name),
                    "address": JSON(address),
                ])
        case .contact(let name, let phone):
            self.init(type: "contacts", content: Self.card(name: name, phone: phone))
        case .react(let emoji):
            guard let messageID else { return nil }
            self.init(type: "reaction", content: ["message_id": JSON(messageID), "emoji": JSON(emoji)])
        }
    }

    /// The answer a message asks for by its buttons, rows or requests; nil when it has none.
    /// - Parameters:
    ///   - quickReplies: the `button` contents a template's quick replies give.
    ///   - digits: the business's own number, which the answer quotes.
    init?(
        pressing message: SentMessage, quickReplies: [JSON], business digits: String, using random: inout SeededRandom
    ) {
        let context: JSON = ["from": JSON(digits), "id": JSON(message.id)]
        if message.type == "template" {
            guard let button = quickReplies.randomElement(using: &random) else { return nil }
            self.init(type: "button", content: button, context: context)
            return
        }
        guard message.type == "interactive", let interactive = message.request["interactive"] else { return nil }
        switch interactive["type"]?.text {
        case "button":
            let buttons = (interactive["action"]?["buttons"]?.items ?? []).compactMap { $0["reply"] }
            guard let reply = buttons.randomElement(using: &random) else { return nil }
            self.init(
                type: "interactive", content: ["type": "button_reply", "button_reply": reply], context: context)
        case "list":
            let sections = interactive["action"]?["sections"]?.items ?? []
            guard let row = sections.flatMap({ $0["rows"]?.items ?? [] }).randomElement(using: &random) else {
                return nil
            }
            self.init(type: "interactive", content: ["type": "list_reply", "list_reply": row], context: context)
        case "location_request_message":
            self.init(
                type: "location", content: ["latitude": 40.4168, "longitude": -3.7038, "name": "Aquí estoy"],
                context: context)
        default: return nil
        }
    }

    private static func card(name: String, phone: String) -> JSON {
        let parts = name.split(separator: " ", maxSplits: 1).map(String.init)
        return [
            [
                "name": [
                    "formatted_name": JSON(name), "first_name": JSON(parts.first ?? name),
                    "last_name": parts.count > 1 ? JSON(parts[1]) : nil,
                ],
                "phones": [
                    ["phone": JSON(phone), "wa_id": JSON(phone.filter(\.isASCIIDigit)), "type": "MOBILE"]
                ],
            ]
        ]
    }
}
