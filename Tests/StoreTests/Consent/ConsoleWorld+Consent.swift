import Domain
import Testing

@testable import Store

extension ConsoleWorld {
    /// "aviso" (a notice) and "oferta" (a promotion) name the company, "anonima" does not; "codigo" is a code, and
    /// "permiso" can ask for consent.
    func addTemplates() async throws {
        func template(
            _ name: String, _ category: String, footer: String? = "Ejemplo S.A.", replies: [String] = []
        ) throws -> StoredTemplate {
            try StoredTemplate(
                metaID: name, name: name, language: "es", reason: nil,
                facts: TemplateFacts(
                    status: "APPROVED", category: category, header: nil, bodyVariables: [], isNamed: false,
                    buttonSlots: [], bodyText: "Hola", footerText: footer,
                    quickReplies: replies.enumerated().map { .init(index: $0.offset, text: $0.element) }),
                components: "[]")
        }
        try await store.replaceTemplates(
            [
                template("aviso", "UTILITY"), template("oferta", "MARKETING"),
                template("anonima", "UTILITY", footer: nil), template("codigo", "AUTHENTICATION", footer: nil),
                template("permiso", "UTILITY", replies: ["Sí, quiero", "No, gracias"]),
            ], waba: Self.wabaID, in: workspace)
    }

    func set(_ rules: SendGateRules) async throws {
        try await store.setSendGateRules(rules, in: workspace, by: "Ana")
    }

    func templateID(_ name: String) async throws -> TemplateID {
        try required(await store.templates(in: workspace).items.first { $0.name == name }).id
    }

    /// Takes a message by the template on, to somebody's phone.
    @discardableResult
    func send(_ template: String, to phone: String = "5215512345678") async throws -> AcceptedMessage {
        try await store.accept(
            MessageCommand(
                workspace: workspace, target: .address(.phone(phone), from: number),
                content: .template(TemplateContent(name: template, language: "es")), author: .api(key: "k")))
    }

    /// Why the template is not taken on; nil when it is.
    func refusal(of template: String, to phone: String = "5215512345678") async throws -> String? {
        do {
            try await send(template, to: phone)
            return nil
        } catch let error as PuenteError {
            return error.detail
        }
    }

    /// What becomes of each send that is due; those that may leave are accepted by Meta.
    @discardableResult
    func leave() async throws -> [SendJob] {
        let grip = try grip(.number(number))
        let jobs = try await store.claimSends(grip, limit: 100)
        let leaving = jobs.filter { if case .permitted = $0.state { true } else { false } }
        _ = try await store.record(
            leaving.map { accepted("wamid.\($0.message)")($0) }, grip: grip, policy: RetryPolicy())
        return jobs
    }

    /// Everything that leaves now, as the customer reads it.
    func leavingTexts() async throws -> [String] {
        try await leave().compactMap { job in
            if case .permitted = job.state { job.content.plainText } else { nil }
        }
    }

    func contact(_ phone: String = "5215512345678") async throws -> ContactID {
        try required(
            await store.database.read { [workspace] connection in
                try connection.contact(
                    claimedBy: HandleClaim(kind: "phone", scope: "", value: phone, address: phone), in: workspace)
            })
    }

    func consent(_ phone: String = "5215512345678") async throws -> ConsentFile {
        try required(await store.consent(of: contact(phone), in: workspace))
    }

    func marketing(_ phone: String = "5215512345678") async throws -> ConsentStanding? {
        try await consent(phone).standing.consent[.marketing]
    }

    /// Somebody of the company writes a yes down; one that is confirmed stands as the answer to a question.
    func grant(_ phone: String = "5215512345678", isDouble: Bool = false) async throws {
        try await store.recordConsent(
            ConsentEntryDraft(
                contact: contact(phone), purpose: .marketing, change: .granted, isDouble: isDouble,
                source: isDouble ? .optIn : .form,
                words: "Quiero ofertas de Ejemplo S.A.", at: clock.now, actor: "Ana"), in: workspace)
    }

    /// Somebody of the company, or a program, writes down what the person said.
    func tell(
        _ source: ConsentSource, _ change: ConsentEntry.Change = .withdrawn, of phone: String = "5215512345678"
    ) async throws {
        try await store.recordConsent(
            ConsentEntryDraft(
                contact: contact(phone), purpose: .marketing, change: change, source: source, words: "por teléfono",
                at: clock.now, actor: "Ana"), in: workspace)
    }

    func choose(
        _ id: String, _ title: String, wamid: String, answering quoted: String?,
        kind: ChoiceContent.Kind = .button, at: Timestamp? = nil
    ) async throws {
        try await receive([
            .message(
                ReceivedMessage(
                    id: wamid, origin: .customer, participant: Self.lucia, at: at ?? clock.now,
                    content: .choice(ChoiceContent(kind: kind, id: id, title: title)),
                    context: quoted.map { ReceivedMessage.Context(messageID: $0) }))
        ])
    }

    /// The message that a question was asked by.
    func message(asking question: OptInID) async throws -> MessageID {
        try required(
            await store.database.read {
                try $0.value("SELECT message_id FROM opt_in WHERE id = :id", ["id": question], as: MessageID.self)
            })
    }

    func edit(_ wamid: String, to text: String, event: String) async throws {
        try await receive([
            .edit(
                MessageEdit(
                    id: event, originalID: wamid, at: clock.now, content: .text(TextContent(body: text))))
        ])
    }

    /// Meta's `user_preferences`.
    func prefer(_ value: String, phone: String = "5215512345678", at: Timestamp? = nil) async throws {
        try await receive(
            [
                .preference(
                    ContactPreference(
                        participant: Participant(waID: phone), category: "marketing_messages", value: value,
                        detail: nil, at: at ?? clock.now))
            ], field: "user_preferences")
    }

    /// A list that was imported says yes or no for somebody.
    func listConsent(_ change: ConsentEntry.Change, of phone: String = "5215512345678") async throws {
        let contact = try await contact(phone)
        let (ids, now, workspace, id) = (store.ids, clock.now, workspace, store.ids.next(ChangeRow.self))
        try await store.database.write { connection in
            var journal = try ChangeJournal.begin(
                ChangeDraft(.import, title: .same("Test"), actor: "Ana"), on: connection, id: id, in: workspace, at: now
            )
            try journal.recordConsent(
                ConsentEntryDraft(
                    contact: contact, purpose: .marketing, change: change, source: .import, words: "sí", at: now,
                    actor: "Ana"), ids: ids, at: now)
            try journal.save()
        }
    }

    /// Each body is claimed by itself, and all are recorded at once, as by several nodes.
    func receiveAtOnce(_ bodies: [[Update.Fact]]) async throws {
        for _ in bodies {
            let body = IntakeBody(
                id: store.ids.next(), app: app, receivedAt: clock.now, isBulk: false, body: Array("{}".utf8))
            try await store.append([body], node: lease.number)
        }
        let claimed = try await store.claimBodies(limit: bodies.count, node: lease.number)
        let interpreted = zip(claimed, bodies).map { claim, facts in
            InterpretedBody(
                intake: claim.intake.id, receivedAt: claim.intake.receivedAt, app: app,
                updates: facts.map {
                    Update(wabaID: Self.wabaID, phoneNumberID: Self.phoneNumberID, field: "messages", fact: $0)
                })
        }
        let (store, lease) = (store, lease)
        try await withThrowingTaskGroup(of: Void.self) { group in
            for body in interpreted {
                group.addTask {
                    _ = try await store.record([body], routes: store.routingTable(), node: lease.number)
                }
            }
            try await group.waitForAll()
        }
    }

    /// A text of Lucía's, as the interpreter has it.
    func said(_ text: String, wamid: String, at: Timestamp? = nil, inGroup group: String? = nil) -> Update.Fact {
        .message(
            ReceivedMessage(
                id: wamid, origin: .customer, participant: Self.lucia, at: at ?? clock.now,
                content: .text(TextContent(body: text)), groupID: group))
    }

    func set(state: String, of phone: String = "5215512345678") async throws {
        let (contact, workspace, now) = (try await contact(phone), workspace, clock.now)
        try await store.database.write { connection in
            try connection.execute(
                """
                INSERT INTO contact_state (workspace_id, contact_id, state, since, actor)
                VALUES (:workspace_id, :contact_id, :state, :now, 'Ana')
                """, ["workspace_id": workspace, "contact_id": contact, "state": state, "now": now])
        }
    }
}
