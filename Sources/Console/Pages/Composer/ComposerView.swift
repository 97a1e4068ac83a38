package import Domain

/// Where an answer is written: free text and files while the window is open, a template at any time.
package struct ComposerView: PageFragment {
    package static let template = "composer/composer"

    package let sendURL: String
    /// Told while an answer is being written.
    package let typingURL: String
    /// Who had the conversation when the form was drawn.
    package let expectedOwner: String
    package let once: String
    package let window: WindowView
    /// Free messages are allowed.
    package let isOpen: Bool
    package let isClosing: Bool
    package let draft: String
    /// What was written before the window closed: it stays to be read and copied.
    package let keptDraft: String?
    package let error: String?
    /// Nobody was reached at the customer's number.
    package let isUnreachable: Bool
    /// "Puente adds “— Ejemplo S.A.”…"; nil where nothing is added or wanted.
    package let senderNote: String?
    package let reply: QuoteView?
    package let plainURL: String
    package let templatesURL: String
    package let picker: TemplatePicker?
    /// "Sending takes the conversation over from the bot."; nil when nothing changes hands.
    package let takeOver: String?
    package let attachments: AttachmentRules
    /// The closed composer looks again when the customer writes; an open one never loses a draft that way.
    package let refreshURL: String
    package let event: String

    /// - Parameter owner: nil where there is no conversation yet.
    package init(
        at place: ComposerPlace, person: String, windowEnds: Timestamp?, owner: OwnerFacts?, facts: ComposerFacts,
        in context: PageContext
    ) {
        let window = WindowView(ends: windowEnds, in: context)
        self.sendURL = place.url(to: "messages")
        self.typingURL = place.url(to: "typing")
        self.expectedOwner = owner?.token ?? ""
        self.once = facts.once
        self.window = window
        self.isOpen = window.state == .open || window.state == .closing
        self.isClosing = window.state == .closing
        self.draft = facts.draft
        self.keptDraft = facts.draft.isEmpty ? nil : facts.draft
        self.error = facts.error?[context.language]
        self.isUnreachable = facts.isUnreachable
        self.senderNote = facts.sender.map { Self.note($0, in: context) }
        self.reply = facts.reply.map { QuoteView($0, person: person, in: context) }
        self.plainURL = place.plainURL
        self.templatesURL = place.url([("templates", "all")])
        self.picker = facts.templates.map { TemplatePicker($0, at: place, in: context) }
        self.takeOver = owner.flatMap { Self.takeOver($0, in: context) }
        self.attachments = AttachmentRules(in: context)
        self.refreshURL = place.refreshURL
        self.event = place.event
    }

    private static func note(_ sender: SenderNote, in context: PageContext) -> String {
        switch sender {
        case .added(let line): context.words("composer.addsLine", ["line": line])
        case .wanted(let name): context.words("composer.wantsName", ["name": name])
        }
    }

    private static func takeOver(_ owner: OwnerFacts, in context: PageContext) -> String? {
        switch owner {
        case .automation: context.words("composer.takeOverFromBot")
        case .queue: context.words("composer.takeOverFromQueue")
        case .person(_, _, isReader: true): nil
        case .person(_, let name, isReader: false): context.words("composer.takeOverFrom", ["name": name])
        }
    }
}
