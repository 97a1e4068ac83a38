import Domain

/// `message.send`: what the own system wants a customer to read.
///
/// Whom: one of `to` (a phone number), `user_id`, `contact_id` (ours), `external_id` (theirs).
/// What: one of `text`, `template`, `media`.
struct OwnInboundSend: Decodable {
    struct Template: Decodable {
        struct Button: Decodable {
            let index: Int
            let type: String
            let value: String
        }

        let name: String
        let language: String
        let header: OwnInboundMedia?
        let headerText: String?
        let variables: Variables?
        let buttons: [Button]?

        enum CodingKeys: String, CodingKey {
            case name, language, header, variables, buttons
            case headerText = "header_text"
        }
    }

    /// A list for numbered variables, an object for named ones.
    enum Variables: Decodable {
        case numbered([LooseText])
        case named([String: LooseText])

        init(from decoder: any Decoder) throws {
            let container = try decoder.singleValueContainer()
            if let list = try? container.decode([LooseText].self) {  // not a list: then it has to be an object
                self = .numbered(list)
            } else {
                self = .named(try container.decode([String: LooseText].self))
            }
        }

        var parameters: [TemplateContent.Parameter] {
            switch self {
            case .numbered(let values): values.map { .init(value: .text($0.text ?? "")) }
            case .named(let values):
                values.sorted { $0.key < $1.key }.map { .init(name: $0.key, value: .text($0.value.text ?? "")) }
            }
        }
    }

    let to: String?
    let userID: String?
    let contactID: String?
    let externalID: LooseText?
    let text: String?
    let previewURL: Bool?
    let template: Template?
    let media: OwnInboundMedia?
    let replyTo: String?
    let author: String?
    let from: String?

    enum CodingKeys: String, CodingKey {
        case to, text, template, media, author, from
        case userID = "user_id"
        case contactID = "contact_id"
        case externalID = "external_id"
        case previewURL = "preview_url"
        case replyTo = "reply_to"
    }

    func command(id: String) throws(PuenteError) -> SendCommand {
        guard let target else {
            throw Self.invalid(
                "to", en: "Say whom to write to: exactly one of to, user_id, contact_id and external_id.",
                es: "Indique a quién escribir: exactamente uno de to, user_id, contact_id y external_id.")
        }
        guard let content else {
            throw Self.invalid(
                "content", en: "Say what to write: exactly one of text, template and media, and not an empty one.",
                es: "Indique qué escribir: exactamente uno de text, template y media, y no vacío.")
        }
        return SendCommand(
            commandID: id, target: target, content: content, replyTo: replyTo, authorName: author, from: from)
    }

    private var target: SendCommand.Target? {
        let targets: [SendCommand.Target] = [
            to.map { .phone($0) }, userID.map { .userID($0) }, contactID.map { .contact($0) },
            externalID?.text.map { .remoteContact($0) },
        ].compactMap { $0 }
        return targets.count == 1 ? targets.first : nil
    }

    private var content: MessageContent? {
        let contents: [MessageContent] = [
            text.flatMap { $0.isEmpty ? nil : .text(TextContent(body: $0, previewURL: previewURL)) },
            template.map { .template($0.content) }, media.map { .media($0.content) },
        ].compactMap { $0 }
        return contents.count == 1 ? contents.first : nil
    }

    private static func invalid(_ detail: String, en: String, es: String) -> PuenteError {
        PuenteError(.invalid, detail: detail, en: en, es: es)
    }
}

/// A file by its public address.
struct OwnInboundMedia: Decodable {
    let type: MediaContent.Kind
    let link: String
    let caption: String?
    let filename: String?

    var content: MediaContent {
        MediaContent(kind: type, link: link, caption: caption, filename: filename)
    }
}

extension OwnInboundSend.Template {
    var content: TemplateContent {
        let media = header.map { [TemplateContent.Parameter(value: .media($0.content))] }
        let text = headerText.map { [TemplateContent.Parameter(value: .text($0))] }
        return TemplateContent(
            name: name, language: language, header: media ?? text ?? [], body: variables?.parameters ?? [],
            buttons: (buttons ?? []).map { button in
                let value: TemplateContent.Parameter.Value =
                    switch button.type {
                    case "quick_reply": .payload(button.value)
                    case "copy_code": .couponCode(button.value)
                    default: .text(button.value)
                    }
                return .init(subType: button.type, index: button.index, parameters: [.init(value: value)])
            })
    }
}
