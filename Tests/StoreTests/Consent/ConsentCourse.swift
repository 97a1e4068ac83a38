import Domain
import Testing

@testable import Store

/// One random history, judged by ``ConsentOracle``.
final class ConsentCourse {
    let world: ConsoleWorld
    let seed: UInt64
    var dice: SplitMix
    var oracle: ConsentOracle
    private var questions: [Int: (id: OptInID, wamid: String)] = [:]
    private var wamids = 0
    var phones = 0
    private var staff: StaffID?
    var left = 0
    private(set) var compared = 0
    /// How often each kind of event really happened.
    private(set) var happened: [String: Int] = [:]

    init(world: ConsoleWorld, seed: UInt64) {
        self.world = world
        self.seed = seed
        dice = SplitMix(seed: seed)
        oracle = ConsentOracle(phones: [])
        oracle = ConsentOracle(phones: (1...5).map { _ in nextPhone() })
    }

    func run(steps: Int) async throws {
        staff = try await world.hire("ana")
        try await world.set(SendGateRules(addsSenderLine: !dice.isOne(in: 3)))
        for _ in 0..<steps {
            world.clock.advance(by: .seconds(Int.random(in: 2...900, using: &dice)))
            if dice.isOne(in: 25) { world.clock.advance(by: .hours(25)) }
            try await step(Int.random(in: oracle.people.indices, using: &dice))
            if dice.isOne(in: 2) { try await leave() }
        }
        for _ in 0..<10 { try await leave() }
        try await recount()
    }

    func nextPhone() -> String {
        phones += 1
        return "5215500000\(100 + phones)"
    }

    func nextWamid() -> String {
        wamids += 1
        return "in.\(wamids)"
    }

    func note(_ event: String) { happened[event, default: 0] += 1 }

    var second: Int64 { world.clock.now.milliseconds / 1000 }

    func phone(_ place: Int) -> String { oracle.people[place].phone }

    func isThere(_ place: Int) -> Bool { oracle.people[place].exists }

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

    private func step(_ place: Int) async throws {
        if oracle.people[place].isErased, dice.isOne(in: 3) { return try await bringBack(place) }
        switch Int.random(in: 0..<27, using: &dice) {
        case 0...3: try await write("¿Tienen talla 42?", place)
        case 4: try await stop(place)
        case 5: try await start(place)
        case 6: try await write("Por favor no paren: stop no es lo que digo", place)
        case 7: try await preferStop(place)
        case 8: try await importYes(place)
        case 9: try await formYes(place)
        case 10: try await ask(place)
        case 11: try await answer(place)
        case 12: try await toggleBlock(place)
        case 13: try await echo(place)
        case 14: try await resume(place)
        case 15: try await staffNo(place)
        case 16, 17: try await speak(dice.pick(["Buenas", "Buenas", "Soy Ana, de Ejemplo"]), place)
        case 18: try await merge(place)
        case 19: try await part()
        case 20: try await changeNumber(place)
        case 21: try await correctNumber(place)
        case 22: try await hearFromCRM(place)
        case 23 where dice.isOne(in: 2): try await erase(place)
        case 23: try await bringBack(place)
        default: try await sendTemplate(place)
        }
    }

    // MARK: What people say

    func write(_ text: String, _ place: Int) async throws {
        try await world.write(text, wamid: nextWamid(), from: Participant(waID: phone(place)))
        oracle.wrote(place, at: second)
    }

    func stop(_ place: Int) async throws {
        try await write(dice.pick(["STOP", "Baja!", "退订", "désabonner"]), place)
        oracle.people[place].noes.append(second)
    }

    private func start(_ place: Int) async throws {
        try await write(dice.pick(["ALTA", "start"]), place)
        oracle.open(place)
    }

    private func preferStop(_ place: Int) async throws {
        guard isThere(place) else { return }
        try await world.prefer("stop", phone: phone(place))
        oracle.people[place].metaNoes.append(second)
    }

    private func resume(_ place: Int) async throws {
        guard isThere(place) else { return }
        try await world.prefer("resume", phone: phone(place))
        oracle.resumed(place, at: second)
    }

    private func staffNo(_ place: Int) async throws {
        guard isThere(place) else { return }
        try await world.tell(.staff, of: phone(place))
        oracle.recordedNo(place, at: second)
    }

    private func importYes(_ place: Int) async throws {
        guard isThere(place) else { return }
        try await world.listConsent(.granted, of: phone(place))
        oracle.recordedYes(place, at: second, isListed: true)
    }

    private func formYes(_ place: Int) async throws {
        guard isThere(place) else { return }
        try await world.grant(phone(place))
        oracle.recordedYes(place, at: second, isListed: false)
        world.clock.advance(by: .seconds(2))
        try await command(.template(TemplateContent(name: "oferta", language: "es")), place, .api(key: "k"))
        try await leave()
    }

    private func ask(_ place: Int) async throws {
        guard isThere(place) else { return }
        do {
            let asked = try await world.store.askForConsent(
                world.contact(phone(place)), actor: "Ana", in: world.workspace)
            questions[place] = (asked.optIn, "wamid.\(asked.message.message)")
            note("question")
        } catch is PuenteError {}  // asked already, said no, or outside the window
    }

    private func answer(_ place: Int) async throws {
        guard isThere(place), let question = questions[place] else { return }
        try await leave()
        let isYes = dice.isOne(in: 2)
        // Some press the button of another message.
        let isRight = !dice.isOne(in: 4)
        let hasLeft =
            try await world.store.message(
                MessageID(String(question.wamid.dropFirst(6))) ?? MessageID(rawValue: 0), in: world.workspace)?.wamid
            != nil
        let expires = try await world.consent(phone(place)).questions.first { $0.id == question.id }?.expiresAt
        try await world.receive([
            .message(
                ReceivedMessage(
                    id: nextWamid(), origin: .customer, participant: Participant(waID: phone(place)),
                    at: world.clock.now,
                    content: .choice(
                        ChoiceContent(
                            kind: .button, id: OptInButton(optIn: question.id, isYes: isYes).id, title: "Sí")),
                    context: .init(messageID: isRight ? question.wamid : "wamid.other")))
        ])
        oracle.wrote(place, at: second)
        if !isYes {
            oracle.people[place].noes.append(second)
        } else if isRight, hasLeft, let expires, world.clock.now <= expires {
            oracle.people[place].yeses.append(second)
            oracle.open(place)
        }
    }

    private func toggleBlock(_ place: Int) async throws {
        guard isThere(place) else { return }
        let circle = oracle.circle(of: place)
        let wasBlocked = oracle.isBlocked(place)
        guard wasBlocked || dice.isOne(in: 3), circle.allSatisfy({ oracle.people[$0].isBlocked != nil }) else { return }
        let (workspace, contact) = (world.workspace, try await world.contact(phone(place)))
        try await world.store.database.write { connection in
            try connection.execute(
                "DELETE FROM contact_state WHERE workspace_id = :workspace_id AND contact_id = :contact_id",
                ["workspace_id": workspace, "contact_id": contact])
        }
        if !wasBlocked { try await world.set(state: "blocked", of: phone(place)) }
        for member in circle { oracle.people[member].isBlocked = circle.count > 1 ? nil : !wasBlocked }
    }

    private func echo(_ place: Int) async throws {
        guard !oracle.people[place].isErased else { return }
        try await world.receive([
            .message(
                ReceivedMessage(
                    id: nextWamid(), origin: .echo, participant: Participant(waID: phone(place)),
                    at: world.clock.now, content: .text(TextContent(body: "STOP"))))
        ])
        oracle.people[place].exists = true
    }

    // MARK: What the company sends

    func speak(_ text: String, _ place: Int) async throws {
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

    func command(_ content: MessageContent, _ place: Int, _ author: MessageCommand.Author) async throws {
        let told = try await verdict(on: content, place)
        var refusal: String?
        do {
            _ = try await world.store.accept(
                MessageCommand(
                    workspace: world.workspace, target: .address(.phone(phone(place)), from: world.number),
                    content: content, author: author))
            oracle.people[place].exists = true
        } catch let error as PuenteError {
            refusal = error.detail
        }
        if oracle.people[place].isErased {
            #expect(refusal == "recipient_erased", "an erased person is written to, seed \(seed)")
        }
        // The page answers for people, and of the account that wrote last.
        if case .automation = author { return }
        guard let told, oracle.merge(of: place) == nil, refusal != "number_unreachable" else { return }
        compared += 1
        #expect(told.refusal?.rawValue == refusal, "the page said something else, seed \(seed)")
    }

    /// What the page said.
    private struct Told {
        let refusal: SendRefusal?
    }

    /// What the contact's page says of it; nil where there is no such contact yet.
    private func verdict(on content: MessageContent, _ place: Int) async throws -> Told? {
        guard isThere(place) else { return nil }
        let contact = try await world.contact(phone(place))
        let verdicts = try required(await world.store.writingVerdicts(to: contact, in: world.workspace))
        guard case .template(let template) = content else {
            let isMended = content.plainText.contains("Ejemplo") || verdicts.senderLine != nil
            return Told(refusal: verdicts.answer == .senderNotNamed && isMended ? nil : verdicts.answer)
        }
        let judged = try required(verdicts.templates.first { $0.template.name == template.name })
        return Told(refusal: judged.refusal)
    }
}

extension SplitMix {
    mutating func pick<Value>(_ values: [Value]) -> Value {
        values[Int.random(in: values.indices, using: &self)]
    }

    mutating func isOne(in count: Int) -> Bool { Int.random(in: 0..<count, using: &self) == 0 }
}
