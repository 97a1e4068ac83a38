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

    /// A button whose press comes back as a message.
    package struct QuickReply: Equatable, Codable, Sendable {
        package var index: Int
        package var text: String

        package init(index: Int, text: String) {
            self.index = index
            self.text = text
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
    /// The heading as approved, with its variable, where it is a text.
    package var headerText: String?
    /// In their order. Nil in what an earlier release has stored.
    package var quickReplies: [QuickReply]?

    package init(
        status: String, category: String, header: Header?, bodyVariables: [String], isNamed: Bool,
        buttonSlots: [ButtonSlot], bodyText: String, footerText: String?, headerText: String? = nil,
        quickReplies: [QuickReply]? = nil
    ) {
        self.status = status
        self.category = category
        self.header = header
        self.bodyVariables = bodyVariables
        self.isNamed = isNamed
        self.buttonSlots = buttonSlots
        self.bodyText = bodyText
        self.footerText = footerText
        self.headerText = headerText
        self.quickReplies = quickReplies
    }

    /// The kinds of button that Puente can fill in.
    private static let fillableButtons: Set<String> = ["url", "copy_code"]

    /// Whether Puente has values of the right kind for each slot. Carousels, countdowns and lists of products have
    /// slots for which there are none yet, neither in the console nor in the API.
    package var isFillable: Bool {
        buttonSlots.allSatisfy { $0.index >= 0 && Self.fillableButtons.contains($0.subType) }
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

    /// The body as the customer reads it. Filled in one pass: a value that contains "{{2}}" stays as it is written, as
    /// it does at Meta.
    package func rendered(with content: TemplateContent) -> String {
        let values = texts(in: content)
        let pieces = bodyText.split(separator: "{{", omittingEmptySubsequences: false)
        return pieces.dropFirst().reduce(into: pieces.first.map(String.init) ?? "") { text, piece in
            text += Self.filled(piece, from: values) ?? "{{\(piece)"
        }
    }

    /// What each variable is replaced by; those without a value are left out.
    private func texts(in content: TemplateContent) -> [String: String] {
        var values: [String: String] = [:]
        for (position, variable) in bodyVariables.enumerated() {
            let parameter = isNamed ? content.body.first { $0.name == variable } : content.body[safe: position]
            values[variable] = parameter?.displayText
        }
        return values
    }

    /// - Parameter piece: what follows an opening "{{". Nil when it is no variable, or has no value.
    private static func filled(_ piece: Substring, from values: [String: String]) -> String? {
        guard let end = piece.firstRange(of: "}}"),
            let value = values[piece[..<end.lowerBound].filter({ !$0.isWhitespace })]
        else { return nil }
        return value + piece[end.upperBound...]
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
