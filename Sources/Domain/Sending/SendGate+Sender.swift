/// Whether the customer can tell who writes (R12).
///
/// - A template names the company in its heading, its text or its footer, as the customer reads them. Codes are let off:
///   Meta writes their text, and nothing can be added to it.
/// - A free-form message names it when it is our first in a conversation that the company began, such as one that began
///   on the shop's phone. Whoever writes to a company's number has its name before their eyes; a company may demand more
///   (``SendGateRules/namesInEveryConversation``).
/// - A reaction says nothing, and needs no name.
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
        guard case .template = content else { return content.asksForSender }
        return template.map { !$0.isCode } ?? false
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
        case .template, .reaction, .choice, .order, .system, .unsupported: false
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
