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

    /// Somebody of the company writes a yes down, which is confirmed or not.
    func grant(_ phone: String = "5215512345678", isDouble: Bool = false) async throws {
        try await store.recordConsent(
            ConsentEntryDraft(
                contact: contact(phone), purpose: .marketing, change: .granted, isDouble: isDouble, source: .form,
                words: "Quiero ofertas de Ejemplo S.A.", at: clock.now, actor: "Ana"), in: workspace)
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
