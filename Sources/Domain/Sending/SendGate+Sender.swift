/// Whether the customer can tell who writes (R12).
///
/// - A template names the company in its heading, its text or its footer, as the customer reads them. Codes are let off:
///   Meta writes their text, and nothing can be added to it.
/// - A free-form message names it when it is our first in a conversation: since the customer's message that opened the
///   customer service window, or in the 24 hours before it (a template that they answer). A company may let off
///   conversations that the customer began (``SendGateRules/namesInEveryConversation``).
/// - Where it does not, it gets a line that does (``completed(_:facts:)``). What has no room for words, a voice note or a
///   reaction, is not the first. Taking a reaction back says nothing, and needs no name.
extension SendGate {
    static func senderRefusal(_ content: MessageContent, facts: SendFacts) -> SendRefusal? {
        if case .template(let content) = content {
            guard let template = facts.template, !template.isCode else { return nil }
            return facts.sender.isNamed(in: template.shownText(with: content)) ? nil : .templateWithoutSender
        }
        guard content.asksForSender, !facts.isSenderKnown else { return nil }
        return facts.sender.isNamed(in: content.writtenText) ? nil : .senderNotNamed
    }

    /// Whether the customer knows who writes once this has left.
    package static func introducesSender(_ content: MessageContent, template: TemplateFacts?) -> Bool {
        switch content {
        case .template: template.map { !$0.isCode } ?? false
        case .reaction: false
        default: content.asksForSender
        }
    }

    /// The message with the line that names the company, where it must have one, is to get it from us and has room.
    package static func completed(_ content: MessageContent, facts: SendFacts) -> MessageContent {
        guard facts.rules.addsSenderLine, senderRefusal(content, facts: facts) == .senderNotNamed else {
            return content
        }
        return content.adding(line: facts.rules.senderLine(naming: facts.sender)) ?? content
    }
}

extension TemplateFacts {
    fileprivate var isCode: Bool { category.uppercased() == "AUTHENTICATION" }

    /// Heading, text and footer as the customer reads them.
    func shownText(with content: TemplateContent) -> String {
        ([headerText] + content.header.map(\.displayText) + [rendered(with: content), footerText]).compactMap(\.self)
            .joined(separator: "\n")
    }
}

extension MessageContent {
    /// Whether it says something of its own, so that the customer must know who writes.
    package var asksForSender: Bool {
        switch self {
        case .text, .media, .location, .contacts, .interactive: true
        case .reaction(let reaction): !reaction.emoji.isEmpty
        case .template, .choice, .order, .system, .unsupported: false
        }
    }

    /// Every word in it that the customer reads.
    var writtenText: String {
        let parts: [String?] =
            switch self {
            case .text(let content): [content.body]
            case .media(let content): [content.caption]
            case .location(let content): [content.name, content.address]
            case .contacts(let content): content.cards.flatMap { [$0.formattedName, $0.organization] }
            case .interactive(let content): [content.headerText, content.body, content.footer]
            case .template(let content): [content.rendered]
            case .choice, .order, .reaction, .system, .unsupported: []
            }
        return parts.compactMap(\.self).joined(separator: "\n")
    }
}

extension InteractiveContent {
    fileprivate var headerText: String? {
        if case .text(let text)? = header { text } else { nil }
    }
}
