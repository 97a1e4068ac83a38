/// What a send must know about its template: state and slots, read once from Meta's components.
package struct TemplateFacts: Equatable, Codable, Sendable {
    package enum Header: String, Codable, Sendable { case text, image, video, document, location }

    package struct ButtonSlot: Equatable, Codable, Sendable {
        package var index: Int
        package var subType: String

        package init(index: Int, subType: String) {
            self.index = index
            self.subType = subType
        }
    }

    /// `APPROVED`, `PAUSED`, …
    package var status: String
    package var category: String
    /// What the header needs a value for; nil when it needs none.
    package var header: Header?
    /// The body's variables in order: their names, or "1", "2", … for positional ones.
    package var bodyVariables: [String]
    package var isNamed: Bool
    /// The buttons that need a value (a URL with a variable, a code to copy).
    package var buttonSlots: [ButtonSlot]
    /// The body as approved, with its variables.
    package var bodyText: String
    package var footerText: String?

    package init(
        status: String, category: String, header: Header?, bodyVariables: [String], isNamed: Bool,
        buttonSlots: [ButtonSlot], bodyText: String, footerText: String?
    ) {
        self.status = status
        self.category = category
        self.header = header
        self.bodyVariables = bodyVariables
        self.isNamed = isNamed
        self.buttonSlots = buttonSlots
        self.bodyText = bodyText
        self.footerText = footerText
    }

    /// Whether every slot has a value that is not blank, and nothing is left over.
    package func isFilled(by content: TemplateContent) -> Bool {
        guard content.body.count == bodyVariables.count, content.body.allSatisfy(\.hasValue) else { return false }
        if isNamed, Set(content.body.compactMap(\.name)) != Set(bodyVariables) { return false }
        guard content.header.count == (header == nil ? 0 : 1), content.header.allSatisfy(\.hasValue) else {
            return false
        }
        return buttonSlots.allSatisfy { slot in
            content.buttons.contains {
                $0.index == slot.index && !$0.parameters.isEmpty && $0.parameters.allSatisfy(\.hasValue)
            }
        }
    }

    /// The body as the customer reads it.
    package func rendered(with content: TemplateContent) -> String {
        var text = bodyText
        for (position, variable) in bodyVariables.enumerated() {
            let parameter = isNamed ? content.body.first { $0.name == variable } : content.body[safe: position]
            guard let value = parameter?.displayText else { continue }
            text = text.replacingAll("{{\(variable)}}", with: value)
        }
        return text
    }
}

extension TemplateContent.Parameter {
    /// A blank text is no value: Meta refuses it.
    var hasValue: Bool {
        switch value {
        case .text(let text), .payload(let text), .couponCode(let text), .dateTime(let text):
            !text.allSatisfy(\.isWhitespace)
        case .currency(let fallback, _, _): !fallback.isEmpty
        case .media(let media): media.mediaID != nil || media.link != nil || media.storedID != nil
        case .location: true
        }
    }

    var displayText: String? {
        switch value {
        case .text(let text), .couponCode(let text), .payload(let text): text
        case .currency(let fallback, _, _): fallback
        case .dateTime(let fallback): fallback
        case .media, .location: nil
        }
    }
}

extension Array {
    subscript(safe index: Int) -> Element? {
        indices.contains(index) ? self[index] : nil
    }
}

extension String {
    /// Replaces without looking at what was put in: a value that contains "{{2}}" stays as it is written.
    func replacingAll(_ mark: String, with value: String) -> String {
        split(separator: mark, omittingEmptySubsequences: false).joined(separator: value)
    }
}
