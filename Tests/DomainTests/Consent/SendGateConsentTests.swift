import Domain
import Testing

/// Whom the gate lets be written to, and whether they can tell by whom.
@Suite struct SendGateConsentTests {
    private static let text = MessageContent.text(TextContent(body: "Hola"))
    private static let wrote = Timestamp(seconds: 1_800_000_000)

    private static func template(_ category: String, body: String = "Oferta de {{1}}") -> TemplateFacts {
        TemplateFacts(
            status: "APPROVED", category: category, header: nil, bodyVariables: ["1"], isNamed: false, buttonSlots: [],
            bodyText: body, footerText: nil)
    }

    private static func content(_ value: String = "Ejemplo") -> MessageContent {
        .template(TemplateContent(name: "t", language: "es", body: [.init(value: .text(value))]))
    }

    private static func yes(_ isDouble: Bool = false) -> ConsentStanding {
        ConsentStanding(word: .granted, isDouble: isDouble, since: wrote, entry: ConsentEntryID(rawValue: 1))
    }

    private static func no(since: Timestamp = wrote) -> ConsentStanding {
        ConsentStanding(word: .withdrawn, since: since, entry: ConsentEntryID(rawValue: 1))
    }

    private func refusal(
        _ content: MessageContent = content(), by author: SendRequest.Author = .staff,
        _ change: (inout SendFacts) -> Void
    ) -> SendRefusal? {
        var facts = SendFacts(
            isHeld: false, isNumberUsable: true, recipient: .phone("5215512345678"), standing: .stranger,
            owner: .queue, lastInbound: Self.wrote, isWindowOpen: true, template: Self.template("MARKETING"),
            sender: SenderName(["Ejemplo S.A."]), isSenderKnown: true, rules: SendGateRules())
        change(&facts)
        return SendGate.check(SendRequest(author: author, content: content), facts: facts)
    }

    @Test func `a first contact gets nothing but transactional messages`() {
        #expect(refusal { _ in } == .marketingWithoutConsent)
        #expect(refusal { $0.template = Self.template("SOMETHING_NEW") } == .marketingWithoutConsent)
        #expect(refusal { $0.template = Self.template("UTILITY") } == nil)
        #expect(refusal { $0.template = Self.template("AUTHENTICATION") } == nil)
        #expect(refusal(Self.text) { _ in } == nil)
    }

    @Test func `promotions need an explicit yes, and a confirmed one where the company demands it`() {
        #expect(refusal { $0.standing.consent[.marketing] = Self.yes() } == nil)
        #expect(
            refusal {
                $0.standing.consent[.marketing] = Self.yes()
                $0.rules.marketingNeedsProof = true
            } == .marketingWithoutProof)
        #expect(
            refusal {
                $0.standing.consent[.marketing] = Self.yes(true)
                $0.rules.marketingNeedsProof = true
            } == nil)
        // A yes to something else is none to promotions.
        #expect(refusal { $0.standing.consent[.utility] = Self.yes(true) } == .marketingWithoutConsent)
    }

    @Test func `special states stand in the way`() {
        func states(_ change: (inout RecipientStanding) -> Void) -> SendRefusal? {
            refusal {
                $0.standing.consent[.marketing] = Self.yes(true)
                change(&$0.standing)
            }
        }
        #expect(states { $0.isDoNotCall = true } == .doNotCall)
        #expect(states { $0.hasComplaint = true } == .complaintOpen)
        #expect(states { $0.consent[.marketing] = Self.no() } == .marketingWithdrawn)
        #expect(states { $0.isBlocked = true } == .contactBlocked)
        for author in [SendRequest.Author.staff, .api, .crm, .automation, .consent] {
            #expect(refusal(Self.text, by: author) { $0.standing.isBlocked = true } == .contactBlocked)
        }
        #expect(refusal(Self.text) { $0.standing.isDoNotCall = true } == nil)
        #expect(
            refusal {
                $0.template = Self.template("UTILITY")
                $0.standing.hasComplaint = true
            } == nil)
    }

    @Test func `notices and answers can be withdrawn, too; whoever writes afterwards is answered`() {
        #expect(
            refusal {
                $0.template = Self.template("UTILITY")
                $0.standing.consent[.utility] = Self.no()
            } == .utilityWithdrawn)
        #expect(refusal(Self.text) { $0.standing.consent[.service] = Self.no() } == .serviceWithdrawn)
        #expect(
            refusal(Self.text) { $0.standing.consent[.service] = Self.no(since: Self.wrote - .seconds(1)) } == nil)
        #expect(
            refusal {
                $0.template = Self.template("AUTHENTICATION")
                $0.standing.consent[.service] = Self.no()
                $0.lastInbound = nil
            } == .serviceWithdrawn)
    }

    @Test func `a template names the company in its text, heading or footer, as the customer reads them`() {
        func named(_ change: (inout TemplateFacts) -> Void) -> SendRefusal? {
            refusal(Self.content("hoy")) {
                var template = Self.template("UTILITY")
                change(&template)
                $0.template = template
            }
        }
        #expect(named { _ in } == .templateWithoutSender)
        #expect(named { $0.footerText = "Ejemplo S.A." } == nil)
        #expect(named { $0.headerText = "Ejemplo" } == nil)
        #expect(named { $0.bodyText = "Ejemplo: {{1}}" } == nil)
        #expect(named { $0.footerText = "Otra S.A." } == .templateWithoutSender)
        #expect(refusal(Self.content("Ejemplo")) { $0.template = Self.template("UTILITY") } == nil)
        // WhatsApp writes the text of codes.
        #expect(named { $0.category = "AUTHENTICATION" } == nil)
    }

    @Test func `our first free-form message in a conversation names the company`() {
        func first(_ content: MessageContent) -> SendRefusal? { refusal(content) { $0.isSenderKnown = false } }
        #expect(first(Self.text) == .senderNotNamed)
        #expect(first(.text(TextContent(body: "Hola, le escribe Ejemplo."))) == nil)
        #expect(first(.media(MediaContent(kind: .image, caption: "Ejemplo S.A."))) == nil)
        #expect(first(.media(MediaContent(kind: .audio))) == .senderNotNamed)
        #expect(first(.location(LocationContent(latitude: 1, longitude: 2, name: "Ejemplo Centro"))) == nil)
        #expect(first(.reaction(ReactionContent(messageID: "wamid.1", emoji: "👍"))) == .senderNotNamed)
        #expect(first(.reaction(ReactionContent(messageID: "wamid.1", emoji: ""))) == nil)
        let buttons = InteractiveContent(
            body: "¿Sí?", footer: "Ejemplo S.A.", action: .buttons([.init(id: "a", title: "Sí")]))
        #expect(first(.interactive(buttons)) == nil)
        #expect(refusal(Self.text) { _ in } == nil)
    }

    @Test func `a refusal tells the name that is missing`() {
        let sender = SenderName(["Ejemplo S.A."])
        for refusal in [SendRefusal.templateWithoutSender, .senderNotNamed] {
            #expect(refusal.sentence(naming: sender).en.contains("“Ejemplo S.A.”"))
            #expect(refusal.sentence(naming: sender).es.contains("«Ejemplo S.A.»"))
        }
        #expect(SendRefusal.windowClosed.sentence(naming: sender) == SendRefusal.windowClosed.sentence)
    }

    @Test func `Puente confirms and asks whoever has the conversation`() {
        for owner in [ConversationOwner.queue, .automation, .person(StaffID(rawValue: 1))] {
            #expect(refusal(Self.text, by: .consent) { $0.owner = owner } == nil)
        }
        #expect(refusal(Self.text, by: .consent) { $0.isWindowOpen = false } == .windowClosed)
    }

    /// Which promises are broken when this leaves on these facts.
    private func broken(_ content: MessageContent, _ facts: SendFacts) -> Set<String> {
        let isTemplate = if case .template = content { true } else { false }
        let category = isTemplate ? facts.template?.category ?? "" : ""
        let isMarketing = isTemplate && !["UTILITY", "AUTHENTICATION"].contains(category)
        let marketing = facts.standing.consent[.marketing]
        let isSilent = category == "AUTHENTICATION"
        let isNamed =
            isTemplate
            ? facts.template?.footerText == "Ejemplo S.A." : content.saysEjemplo || facts.isSenderKnown
        let promises: [(String, Bool)] = [
            ("reachable", !facts.isHeld && facts.isNumberUsable && facts.recipient != nil),
            ("blocked", !facts.standing.isBlocked),
            ("consent", !isMarketing || marketing?.word == .granted),
            ("proof", !isMarketing || !facts.rules.marketingNeedsProof || marketing?.isDouble == true),
            ("state", !isMarketing || !(facts.standing.hasComplaint || facts.standing.isDoNotCall)),
            ("utility", category != "UTILITY" || facts.standing.consent[.utility]?.word != .withdrawn),
            ("window", isTemplate || facts.isWindowOpen),
            ("approved", !isTemplate || facts.template?.status == "APPROVED"),
            ("sender", isSilent || isNamed),
        ]
        return Set(promises.filter { !$0.1 }.map(\.0))
    }

    /// Whatever the facts, what the gate lets through keeps its promises.
    @Test func `no facts let through what may not leave`() {
        let seed = UInt64.random(in: .min ... .max)
        var dice = Dice(seed: seed)
        for _ in 0..<20_000 {
            let facts = SendFacts.random(&dice)
            let content = MessageContent.random(&dice)
            let author = dice.pick([SendRequest.Author.staff, .api, .crm, .automation, .consent])
            let request = SendRequest(author: author, content: content)
            guard case .success = SendGate.permit(request, facts: facts, message: MessageID(rawValue: 1), epoch: 1)
            else { continue }
            #expect(broken(content, facts) == [], "seed \(seed)")
        }
    }

    /// Who judges is judged: were there no gate, each promise would be seen broken.
    @Test func `without the gate every promise is broken`() {
        var dice = Dice(seed: 1)
        var seen: Set<String> = []
        for _ in 0..<20_000 {
            let facts = SendFacts.random(&dice)
            seen.formUnion(broken(MessageContent.random(&dice), facts))
        }
        #expect(
            seen == [
                "reachable", "blocked", "consent", "proof", "state", "utility", "window", "approved", "sender",
            ])
    }
}

/// SplitMix64: the same seed, the same throws.
struct Dice: RandomNumberGenerator {
    private var state: UInt64

    init(seed: UInt64) {
        state = seed
    }

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var value = state
        value = (value ^ (value >> 30)) &* 0xBF58_476D_1CE4_E5B9
        value = (value ^ (value >> 27)) &* 0x94D0_49BB_1331_11EB
        return value ^ (value >> 31)
    }

    mutating func pick<Value>(_ values: [Value]) -> Value {
        values[Int.random(in: values.indices, using: &self)]
    }

    mutating func flips() -> Bool { Bool.random(using: &self) }
}

extension SendFacts {
    fileprivate static func random(_ dice: inout Dice) -> SendFacts {
        let at = Timestamp(seconds: 1_800_000_000)
        var standing = RecipientStanding(
            isBlocked: dice.pick([true, false, false, false]), hasComplaint: dice.pick([true, false, false]),
            isDoNotCall: dice.pick([true, false, false]))
        for purpose in ConsentPurpose.allCases where dice.flips() {
            standing.consent[purpose] = ConsentStanding(
                word: dice.pick([.granted, .withdrawn]), isDouble: dice.flips(), since: at,
                entry: ConsentEntryID(rawValue: 1))
        }
        let template = TemplateFacts(
            status: dice.pick(["APPROVED", "APPROVED", "PAUSED"]),
            category: dice.pick(["MARKETING", "UTILITY", "AUTHENTICATION", "OTHER", ""]), header: nil,
            bodyVariables: [], isNamed: false, buttonSlots: [], bodyText: "Hola",
            footerText: dice.pick(["Ejemplo S.A.", "Otra S.A.", nil]))
        return SendFacts(
            isHeld: dice.pick([true, false, false, false]), isNumberUsable: dice.pick([true, true, false]),
            recipient: dice.pick([.phone("5215512345678"), .phone("34600111222"), nil]), standing: standing,
            owner: dice.pick([.queue, .automation, .person(StaffID(rawValue: 1))]),
            lastInbound: dice.pick([nil, at, at + .seconds(5)]), isWindowOpen: dice.flips(),
            template: dice.pick([template, template, nil]), sender: SenderName(["Ejemplo S.A."]),
            isSenderKnown: dice.flips(),
            rules: SendGateRules(marketingNeedsProof: dice.flips(), namesInEveryConversation: dice.flips()))
    }
}

extension MessageContent {
    fileprivate static func random(_ dice: inout Dice) -> MessageContent {
        dice.pick([
            .text(TextContent(body: "Hola")), .text(TextContent(body: "Soy Ana, de Ejemplo")),
            .template(TemplateContent(name: "t", language: "es")), .media(MediaContent(kind: .image)),
            .reaction(ReactionContent(messageID: "wamid.1", emoji: "👍")),
            .location(LocationContent(latitude: 1, longitude: 2)),
        ])
    }

    fileprivate var saysEjemplo: Bool {
        if case .text(let text) = self { text.body.contains("Ejemplo") } else { false }
    }
}
