import Domain
import Testing

@Suite struct SendGateTests {
    private static let order = TemplateFacts(
        status: "APPROVED", category: "UTILITY", header: nil, bodyVariables: ["1"], isNamed: false, buttonSlots: [],
        bodyText: "Pedido {{1}}", footerText: "Ejemplo S.A.")
    private static let text = MessageContent.text(TextContent(body: "Hola"))
    private static let wrote = Timestamp(seconds: 1_800_000_000)

    private static func template(_ body: [TemplateContent.Parameter]) -> MessageContent {
        .template(TemplateContent(name: "order", language: "es_MX", body: body))
    }

    private var facts: SendFacts {
        SendFacts(
            isHeld: false, isNumberUsable: true, recipient: .phone("5215512345678"), standing: .stranger,
            owner: .queue, lastInbound: Self.wrote, isWindowOpen: true, template: nil,
            sender: SenderName(["Ejemplo S.A."]), isSenderKnown: true, rules: SendGateRules())
    }

    private func refusal(
        _ content: MessageContent = text, by author: SendRequest.Author = .staff, _ change: (inout SendFacts) -> Void
    ) -> SendRefusal? {
        var facts = facts
        change(&facts)
        return SendGate.check(SendRequest(author: author, content: content), facts: facts)
    }

    @Test func `an answer inside the window passes`() {
        #expect(refusal { _ in } == nil)
    }

    @Test func `each reason has its refusal`() {
        let filled = Self.template([.init(value: .text("42"))])
        #expect(refusal { $0.isHeld = true } == .installationHeld)
        #expect(refusal { $0.isNumberUsable = false } == .numberNotConnected)
        #expect(refusal { $0.recipient = nil } == .noAddress)
        #expect(refusal { $0.isWindowOpen = false } == .windowClosed)
        #expect(refusal(filled) { $0.template = nil } == .templateUnknown)
        #expect(refusal(filled) { $0.template = Self.order.with(status: "PAUSED") } == .templateNotApproved)
        #expect(refusal(Self.template([])) { $0.template = Self.order } == .templateIncomplete)
    }

    @Test(arguments: [
        (SendRequest.Author.staff, nil), (.automation, SendRefusal.numberUnreachable), (.api, .numberUnreachable),
        (.crm, .numberUnreachable), (.consent, .numberUnreachable),
    ])
    func `a number at which nobody is reached is tried by people alone`(
        author: SendRequest.Author, expected: SendRefusal?
    ) {
        #expect(
            refusal(by: author) {
                $0.isRecipientUnreachable = true
                $0.owner = .automation
            } == expected)
    }

    @Test func `no promotion goes to a number at which nobody is reached`() {
        let promotion = Self.template([.init(value: .text("42"))])
        let agreed = RecipientStanding(consent: [
            .marketing: ConsentStanding(
                word: .granted, isDouble: true, since: Self.wrote, entry: ConsentEntryID(rawValue: 1))
        ])
        for (isUnreachable, expected) in [(false, nil), (true, SendRefusal.numberUnreachable)] {
            #expect(
                refusal(promotion) {
                    $0.template = Self.order.with(category: "MARKETING")
                    $0.standing = agreed
                    $0.isRecipientUnreachable = isUnreachable
                } == expected)
        }
    }

    @Test(arguments: [
        TemplateFacts.ButtonSlot(index: -1, subType: "carousel"), .init(index: -1, subType: "limited_time_offer"),
        .init(index: 0, subType: "mpm"), .init(index: 0, subType: "order_details"),
    ])
    func `a template that Puente cannot fill in is refused as such, whatever values it is given`(
        slot: TemplateFacts.ButtonSlot
    ) {
        var template = Self.order
        template.buttonSlots = [.init(index: 0, subType: "url"), slot]
        let content = TemplateContent(
            name: "order", language: "es_MX", body: [.init(value: .text("42"))],
            buttons: [-1, 0].map {
                .init(subType: slot.subType, index: $0, parameters: [.init(value: .payload("42"))])
            })
        #expect(refusal(.template(content)) { $0.template = template } == .templateUnsupported)
    }

    @Test func `a filled, approved template leaves also when the window is closed`() {
        let filled = Self.template([.init(value: .text("42"))])
        #expect(
            refusal(filled) {
                $0.isWindowOpen = false
                $0.template = Self.order
            } == nil)
    }

    @Test(arguments: [
        MessageContent.choice(ChoiceContent(kind: .button, id: "1", title: "Sí")),
        .order(OrderContent(catalogID: nil, text: nil, items: [])),
        .system(SystemContent(kind: "user_changed_number", body: "")), .unsupported(UnsupportedContent(kind: "x")),
    ])
    func `what only customers write cannot be sent`(content: MessageContent) {
        #expect(refusal(content) { _ in } == .cannotBeSent)
    }

    @Test(arguments: [ConversationOwner.queue, .person(StaffID(rawValue: 1))])
    func `automation is silent while it does not own the conversation`(owner: ConversationOwner) {
        #expect(refusal(by: .automation) { $0.owner = owner } == .conversationOwnedByPerson)
        for author in [SendRequest.Author.staff, .api, .crm] {
            #expect(refusal(by: author) { $0.owner = owner } == nil)
        }
        #expect(refusal(by: .automation) { $0.owner = .automation } == nil)
    }

    @Test func `a permit is bound to its message and epoch and comes only where nothing speaks against it`() throws {
        let request = SendRequest(author: .staff, content: Self.text)
        let message = MessageID(rawValue: 9)
        let permit = try SendGate.permit(request, facts: facts, message: message, epoch: 4).get()
        #expect(permit.message == message)
        #expect(permit.epoch == 4)

        var closed = facts
        closed.isWindowOpen = false
        #expect(throws: SendRefusal.windowClosed) {
            try SendGate.permit(request, facts: closed, message: message, epoch: 4).get()
        }
    }

    @Test func `a permit covers its message, word for word, to its recipient, and nothing else`() throws {
        let message = MessageID(rawValue: 9)
        let permit = try SendGate.permit(
            SendRequest(author: .staff, content: Self.text), facts: facts, message: message, epoch: 4
        ).get()
        func covers(
            _ content: MessageContent = Self.text, to phone: String = "5215512345678", as id: MessageID = message
        ) -> Bool {
            permit.covers(
                OutgoingMessage(recipient: .phone(phone), content: content, replyTo: nil, callbackData: "\(id)"))
        }
        #expect(covers())
        #expect(!covers(.text(TextContent(body: "Otra"))))
        #expect(!covers(Self.template([])))
        #expect(!covers(to: "5215587654321"))
        #expect(!covers(as: MessageID(rawValue: 10)))
    }

    @Test func `the window is open for 24 hours to the millisecond`() {
        let wrote = Timestamp(seconds: 1_800_000_000)
        let end = wrote + .hours(24)
        #expect(CustomerServiceWindow.isOpen(lastInbound: wrote, now: wrote))
        #expect(CustomerServiceWindow.isOpen(lastInbound: wrote, now: end - .milliseconds(1)))
        #expect(!CustomerServiceWindow.isOpen(lastInbound: wrote, now: end))
        #expect(!CustomerServiceWindow.isOpen(lastInbound: nil, now: wrote))
        #expect(CustomerServiceWindow.end(lastInbound: wrote) == end)
    }

    @Test func `every refusal tells a person what to do in both languages`() {
        for refusal in SendRefusal.allCases {
            #expect(!refusal.sentence.en.isEmpty && !refusal.sentence.es.isEmpty)
            #expect(refusal.sentence.en != refusal.sentence.es)
        }
    }
}

extension TemplateFacts {
    fileprivate func with(status: String) -> TemplateFacts {
        var facts = self
        facts.status = status
        return facts
    }

    fileprivate func with(category: String) -> TemplateFacts {
        var facts = self
        facts.category = category
        return facts
    }
}
