import Domain
import Testing

@testable import Store

/// Random histories: whatever customers, Meta, colleagues and programs do, what leaves keeps three promises.
///
/// - No promotion leaves for anybody without a yes that no later no has ended; so first contacts get none.
/// - Nothing leaves for a blocked contact.
/// - Nothing leaves in a conversation that does not say who writes.
///
/// Meanwhile the page's answer to "may I write?" is the gate's each time, a no is confirmed once, and what is kept is what
/// the ledger comes to.
@Suite struct ConsentPropertyTests {
    @Test(arguments: TestDatabase.available)
    func `no sequence of events lets a promotion through without consent, or a message without its sender`(
        engine: TestDatabase
    ) async throws {
        let seeds = (0..<(engine == .sqlite ? 5 : 3)).map { _ in UInt64.random(in: .min ... .max) }
        var left = 0
        var compared = 0
        for seed in seeds {
            try await engine.withWorld { world in
                try await world.addTemplates()
                let course = ConsentCourse(world: world, seed: seed)
                try await course.run(steps: 160)
                left += course.left
                compared += course.compared
            }
        }
        // One history may be full of people who want nothing; on average they are not.
        #expect(left > 10 * seeds.count, "hardly anything left, seeds \(seeds)")
        #expect(compared > 10 * seeds.count, "hardly anything asked, seeds \(seeds)")
    }
}

extension ConsentPropertyTests {
    /// Who judges is judged: with a ledger that says yes for somebody who said no, the same course fails.
    @Test(arguments: TestDatabase.available)
    func `a promotion after a no would be noticed`(engine: TestDatabase) async throws {
        try await engine.withWorld { world in
            try await world.addTemplates()
            let course = ConsentCourse(world: world, seed: 1)
            try await withKnownIssue {
                try await course.sendAfterStop(forging: true)
            } matching: { issue in
                issue.comments.contains { $0.rawValue.hasPrefix("a promotion without consent") }
            }
        }
        try await engine.withWorld { world in
            try await world.addTemplates()
            try await ConsentCourse(world: world, seed: 1).sendAfterStop(forging: false)
        }
    }
}

/// One random history, with what is known of it from outside: an oracle that knows nothing of the ledger's rules but
/// the plain words of R11.
private final class ConsentCourse {
    private struct Person {
        let phone: String
        /// Seconds of the words that count.
        var noes: [Int64] = []
        /// Those that only Meta has told of.
        var metaNoes: [Int64] = []
        /// A yes that somebody gave or wrote down with its words.
        var yeses: [Int64] = []
        /// A yes that a list told of.
        var listed: [Int64] = []
        var isBlocked = false
        /// Who was first in the conversation; nil while there is none.
        var isBegunByCustomer: Bool?
        /// The messages that said who writes, and that were not turned down afterwards.
        var introductions: Set<MessageID> = []
        /// How often they heard that their no was understood, and how often something was said that could have lifted it.
        var confirmations = 0
        var openings = 0
        var question: (id: OptInID, wamid: String)?

        var mayBePromoted: Bool {
            if let last = (noes + metaNoes).max() { return yeses.contains { $0 > last } }
            return !yeses.isEmpty || !listed.isEmpty
        }
    }

    /// What the page said.
    private struct Told {
        let refusal: SendRefusal?
    }

    private let world: ConsoleWorld
    private let seed: UInt64
    private var dice: SplitMix
    private var people: [Person]
    private var wamids = 0
    private var staff: StaffID?
    private(set) var left = 0
    private(set) var compared = 0

    init(world: ConsoleWorld, seed: UInt64) {
        self.world = world
        self.seed = seed
        dice = SplitMix(seed: seed)
        people = (1...4).map { Person(phone: "521550000000\($0)") }
    }

    func run(steps: Int) async throws {
        staff = try await world.hire("ana")
        for _ in 0..<steps {
            world.clock.advance(by: .seconds(Int.random(in: 2...900, using: &dice)))
            if dice.isOne(in: 25) { world.clock.advance(by: .hours(25)) }
            try await step(Int.random(in: people.indices, using: &dice))
            if dice.isOne(in: 2) { try await leave() }
        }
        for _ in 0..<10 { try await leave() }
        try await recount()
    }

    /// A no, and then a promotion.
    /// - Parameter isForged: whether somebody has written a yes beside the ledger meanwhile.
    func sendAfterStop(forging isForged: Bool) async throws {
        try await write("Hola", 0)
        world.clock.advance(by: .seconds(5))
        try await write("STOP", 0)
        people[0].noes.append(second)
        try await leave()
        if isForged {
            try await world.store.database.write {
                try $0.execute("UPDATE consent SET standing = 'granted', is_double = 1")
            }
        }
        try await command(.template(TemplateContent(name: "oferta", language: "es")), 0, .api(key: "k"))
        try await leave()
    }

    /// What is kept of each person is what their entries come to.
    private func recount() async throws {
        let workspace = world.workspace
        let differences = try await world.store.database.read { connection in
            let contacts = try connection.rows(
                "SELECT id FROM contact WHERE workspace_id = :workspace_id", ["workspace_id": workspace])
            return try connection.consentChanges(
                of: Set(contacts.map { try $0.get("id", as: ContactID.self) }), in: workspace
            ).count
        }
        #expect(differences == 0, "the ledger says something else, seed \(seed)")
    }

    private var second: Int64 { world.clock.now.milliseconds / 1000 }

    private func step(_ place: Int) async throws {
        switch Int.random(in: 0..<18, using: &dice) {
        case 0...2: try await write("¿Tienen talla 42?", place)
        case 3:
            try await write(dice.pick(["STOP", "Baja!", "退订", "désabonner"]), place)
            people[place].noes.append(second)
        case 4:
            try await write(dice.pick(["ALTA", "start"]), place)
            people[place].openings += 1
        case 5: try await write("Por favor no paren: stop no es lo que digo", place)
        case 6: try await preferStop(place)
        case 7: try await importYes(place)
        case 8: try await formYes(place)
        case 9: try await ask(place)
        case 10: try await answer(place)
        case 11: try await toggleBlock(place)
        case 12: try await echo(place)
        case 13: try await resume(place)
        case 14: try await staffNo(place)
        case 15: try await speak(dice.pick(["Buenas", "Soy Ana, de Ejemplo"]), place)
        default: try await sendTemplate(place)
        }
    }

    // MARK: What happens

    private func nextWamid() -> String {
        wamids += 1
        return "in.\(wamids)"
    }

    private func write(_ text: String, _ place: Int) async throws {
        try await world.write(text, wamid: nextWamid(), from: Participant(waID: people[place].phone))
        people[place].isBegunByCustomer = people[place].isBegunByCustomer ?? true
    }

    private func preferStop(_ place: Int) async throws {
        guard people[place].isBegunByCustomer != nil else { return }
        try await world.prefer("stop", phone: people[place].phone)
        people[place].metaNoes.append(second)
    }

    private func resume(_ place: Int) async throws {
        guard people[place].isBegunByCustomer != nil else { return }
        try await world.prefer("resume", phone: people[place].phone)
        people[place].metaNoes = []
        people[place].openings += 1
    }

    private func staffNo(_ place: Int) async throws {
        guard people[place].isBegunByCustomer != nil else { return }
        try await world.tell(.staff, of: people[place].phone)
        people[place].noes.append(second)
    }

    private func importYes(_ place: Int) async throws {
        guard people[place].isBegunByCustomer != nil else { return }
        try await world.listConsent(.granted, of: people[place].phone)
        people[place].listed.append(second)
        people[place].openings += 1
    }

    private func formYes(_ place: Int) async throws {
        guard people[place].isBegunByCustomer != nil else { return }
        try await world.grant(people[place].phone)
        people[place].yeses.append(second)
        people[place].openings += 1
    }

    private func ask(_ place: Int) async throws {
        guard people[place].isBegunByCustomer != nil else { return }
        do {
            let asked = try await world.store.askForConsent(
                world.contact(people[place].phone), actor: "Ana", in: world.workspace)
            people[place].question = (asked.optIn, "wamid.\(asked.message.message)")
        } catch is PuenteError {}  // asked already, said no, or outside the window
    }

    private func answer(_ place: Int) async throws {
        guard let question = people[place].question else { return }
        try await leave()
        let isYes = dice.isOne(in: 2)
        // Some press the button of another message.
        let isRight = !dice.isOne(in: 4)
        let hasLeft =
            try await world.store.message(
                MessageID(String(question.wamid.dropFirst(6))) ?? MessageID(rawValue: 0), in: world.workspace)?.wamid
            != nil
        let expires = try await world.consent(people[place].phone).questions.first { $0.id == question.id }?.expiresAt
        try await world.receive([
            .message(
                ReceivedMessage(
                    id: nextWamid(), origin: .customer, participant: Participant(waID: people[place].phone),
                    at: world.clock.now,
                    content: .choice(
                        ChoiceContent(
                            kind: .button, id: OptInButton(optIn: question.id, isYes: isYes).id, title: "Sí")),
                    context: .init(messageID: isRight ? question.wamid : "wamid.other")))
        ])
        if !isYes {
            people[place].noes.append(second)
        } else if isRight, hasLeft, let expires, world.clock.now <= expires {
            people[place].yeses.append(second)
            people[place].openings += 1
        }
    }

    private func toggleBlock(_ place: Int) async throws {
        guard people[place].isBegunByCustomer != nil else { return }
        if people[place].isBlocked {
            let (workspace, contact) = (world.workspace, try await world.contact(people[place].phone))
            try await world.store.database.write { connection in
                try connection.execute(
                    "DELETE FROM contact_state WHERE workspace_id = :workspace_id AND contact_id = :contact_id",
                    ["workspace_id": workspace, "contact_id": contact])
            }
        } else if dice.isOne(in: 3) {
            try await world.set(state: "blocked", of: people[place].phone)
        } else {
            return
        }
        people[place].isBlocked.toggle()
    }

    private func echo(_ place: Int) async throws {
        try await world.receive([
            .message(
                ReceivedMessage(
                    id: nextWamid(), origin: .echo, participant: Participant(waID: people[place].phone),
                    at: world.clock.now, content: .text(TextContent(body: "STOP"))))
        ])
        people[place].isBegunByCustomer = people[place].isBegunByCustomer ?? false
    }

    private func speak(_ text: String, _ place: Int) async throws {
        guard let staff else { return }
        try await command(
            .text(TextContent(body: text)), place, dice.pick([.staff(staff, name: "Ana"), .api(key: "k")]))
    }

    private func sendTemplate(_ place: Int) async throws {
        let name = dice.pick(["aviso", "oferta", "oferta", "anonima", "codigo"])
        try await command(
            .template(TemplateContent(name: name, language: "es")), place,
            dice.pick([.api(key: "k"), .crm(connection: "hubspot"), .automation(rule: "r"), .consent]))
    }

    private func command(
        _ content: MessageContent, _ place: Int, _ author: MessageCommand.Author
    ) async throws {
        let told = try await verdict(on: content, place)
        var refusal: String?
        do {
            _ = try await world.store.accept(
                MessageCommand(
                    workspace: world.workspace, target: .address(.phone(people[place].phone), from: world.number),
                    content: content, author: author))
        } catch let error as PuenteError {
            refusal = error.detail
        }
        if case .automation = author { return }  // the page answers for people
        guard let told else { return }
        compared += 1
        #expect(told.refusal?.rawValue == refusal, "the page said something else, seed \(seed)")
    }

    /// What the contact's page says of it; nil where there is no such contact yet.
    private func verdict(
        on content: MessageContent, _ place: Int
    ) async throws -> Told? {
        guard people[place].isBegunByCustomer != nil else { return nil }
        let contact = try await world.contact(people[place].phone)
        let verdicts = try required(await world.store.writingVerdicts(to: contact, in: world.workspace))
        guard case .template(let template) = content else {
            let isMended = verdicts.answer == .senderNotNamed && content.plainText.contains("Ejemplo")
            return Told(refusal: isMended ? nil : verdicts.answer)
        }
        let judged = try required(verdicts.templates.first { $0.template.name == template.name })
        return Told(refusal: judged.refusal)
    }

    // MARK: What leaves

    private func leave() async throws {
        for job in try await world.leave() {
            guard case .permitted(_, .phone(let phone)) = job.state,
                let place = people.firstIndex(where: { $0.phone == phone })
            else { continue }
            left += 1
            check(job.content, job.message, place)
            if dice.isOne(in: 8) { try await turnDown(job.message, place) }
        }
    }

    /// Meta took it, and says later that it did not arrive.
    private func turnDown(_ message: MessageID, _ place: Int) async throws {
        try await world.receive([
            .status(
                ReceivedStatus(
                    messageID: "wamid.\(message)", name: "failed", at: world.clock.now,
                    recipient: Participant(waID: people[place].phone),
                    failures: [GraphFailure(code: 131_026, title: "x", details: nil)]))
        ])
        people[place].introductions.remove(message)
    }

    private static let confirmations = Set(
        ConsentLanguage.allCases.map {
            ConsentTexts.filled(ConsentTexts.standard($0).confirmation, company: "Ejemplo S.A.")
        })

    private func check(_ content: MessageContent, _ message: MessageID, _ place: Int) {
        let person = people[place]
        if Self.confirmations.contains(content.plainText) {
            people[place].confirmations += 1
            #expect(person.confirmations <= person.openings, "confirmed twice, seed \(seed)")
        }
        var (isPromotion, isCode, isNamed) = (false, false, content.plainText.contains("Ejemplo"))
        if case .template(let template) = content {
            isPromotion = template.name == "oferta"
            isCode = template.name == "codigo"
            isNamed = ["oferta", "aviso", "permiso"].contains(template.name)
            #expect(template.name != "anonima", "seed \(seed)")
        }
        #expect(!isPromotion || person.mayBePromoted, "a promotion without consent, seed \(seed)")
        #expect(!person.isBlocked, "to a blocked contact, seed \(seed)")
        let isKnown = !person.introductions.isEmpty || person.isBegunByCustomer == true
        #expect(isNamed || isCode || isKnown, "nobody said who writes, seed \(seed)")
        people[place].isBegunByCustomer = person.isBegunByCustomer ?? false
        if isNamed { people[place].introductions.insert(message) }
    }
}

extension SplitMix {
    fileprivate mutating func pick<Value>(_ values: [Value]) -> Value {
        values[Int.random(in: values.indices, using: &self)]
    }

    fileprivate mutating func isOne(in count: Int) -> Bool { Int.random(in: 0..<count, using: &self) == 0 }
}
