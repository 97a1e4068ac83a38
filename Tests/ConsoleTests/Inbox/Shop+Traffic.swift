import Domain
import Secrets
import Store

@testable import Console

/// What customers, Meta and colleagues do.
extension Shop {
    static let lucia = Participant(waID: "5215512345678", profileName: "Lucía Fernández")
    static let carlos = Participant(waID: "5213398765432", profileName: "Carlos Mendoza")

    func receive(_ facts: [Update.Fact]) async throws {
        let body = IntakeBody(
            id: store.ids.next(), app: app, receivedAt: clock.now, isBulk: false, body: Array("{}".utf8))
        try await store.append([body], node: node)
        let updates = facts.map {
            Update(wabaID: Self.wabaID, phoneNumberID: Self.phoneNumberID, field: "messages", fact: $0)
        }
        let bodies = try await store.claimBodies(limit: 10, node: node).map {
            InterpretedBody(intake: $0.intake.id, receivedAt: $0.intake.receivedAt, app: app, updates: updates)
        }
        _ = try await store.record(bodies, routes: store.routingTable(), node: node)
    }

    /// A customer writes; a minute later the clock stands at the next.
    @discardableResult
    func write(
        _ content: MessageContent, wamid: String, from participant: Participant = Self.lucia, at: Timestamp? = nil
    ) async throws -> ConversationID {
        try await receive([
            .message(
                ReceivedMessage(
                    id: wamid, origin: .customer, participant: participant, at: at ?? clock.now, content: content))
        ])
        let name = participant.profileName ?? ""
        let query = ConversationQuery(search: name)
        return try found(await store.conversations(query, in: workspace).items.first).id
    }

    @discardableResult
    func write(
        _ text: String, wamid: String, from participant: Participant = Self.lucia, at: Timestamp? = nil
    ) async throws -> ConversationID {
        try await write(.text(TextContent(body: text)), wamid: wamid, from: participant, at: at)
    }

    /// Everything that the thread holds.
    func thread(_ conversation: ConversationID) async throws -> [StoredMessage] {
        try await store.thread(conversation, in: workspace).items
    }

    func outgoing(_ conversation: ConversationID) async throws -> [StoredMessage] {
        try await thread(conversation).filter { !$0.isInbound }
    }

    func summary(_ conversation: ConversationID) async throws -> ConversationSummary {
        try found(await store.conversation(conversation, in: workspace))
    }

    func hire(_ name: String) async throws -> StaffID {
        try await store.createStaff(
            email: "\(name)@ejemplo.mx", name: name, role: .agent, passwordHash: .init(rawValue: "-"), in: workspace)
    }

    func give(_ conversation: ConversationID, to owner: ConversationOwner) async throws {
        _ = try await store.setOwner(owner, of: conversation, in: workspace, expecting: .any, by: "test")
    }

    /// Meta refuses what is due.
    func refuseSends(code: String) async throws {
        let grip = try grip(.number(number))
        let failure = CallFailure(
            kind: .permanent, code: code, scope: .message, vendorText: "vendor's text",
            advice: LocalizedText(en: "Meta does not know this number.", es: "Meta no conoce este número."))
        let outcomes = try await store.claimSends(grip, limit: 10).map {
            SendOutcome(job: $0, receipt: nil, failure: failure, outcome: .discarded)
        }
        _ = try await store.record(outcomes, grip: grip, policy: RetryPolicy())
    }

    /// Meta has none of the files that are wanted.
    func failFetches() async throws {
        let grip = try grip(.media(number))
        let failure = CallFailure(
            kind: .permanent, code: "100", scope: .message, vendorText: "gone",
            advice: LocalizedText(en: "Meta no longer has the file.", es: "Meta ya no tiene el archivo."))
        for job in try await store.claimFetches(grip, limit: 10) {
            _ = try await store.record(
                job, sha256: nil, size: nil, mimeType: nil,
                result: JobResult(job: job.job.id, outcome: .discarded, failure: failure), grip: grip,
                policy: RetryPolicy())
        }
    }

    func acceptSends(_ wamid: String) async throws {
        let grip = try grip(.number(number))
        let outcomes = try await store.claimSends(grip, limit: 10).map {
            SendOutcome(
                job: $0, receipt: SendReceipt(messageID: wamid), failure: nil, outcome: .completed)
        }
        _ = try await store.record(outcomes, grip: grip, policy: RetryPolicy())
    }

    /// "Hola, {{1}}. Su pedido {{2}} llega hoy.", approved.
    func addTemplates() async throws -> TemplateID {
        let facts = TemplateFacts(
            status: "APPROVED", category: "UTILITY", header: nil, bodyVariables: ["1", "2"], isNamed: false,
            buttonSlots: [], bodyText: "Hola, {{1}}. Su pedido {{2}} llega hoy.", footerText: "Ejemplo S.A.")
        let plain = TemplateFacts(
            status: "APPROVED", category: "UTILITY", header: nil, bodyVariables: [], isNamed: false, buttonSlots: [],
            bodyText: "¿Seguimos en contacto?", footerText: "Ejemplo S.A.")
        try await store.replaceTemplates(
            [
                StoredTemplate(
                    metaID: "1", name: "pedido_listo", language: "es_MX", reason: nil, facts: facts, components: "[]"),
                StoredTemplate(
                    metaID: "2", name: "saludo", language: "es", reason: nil, facts: plain, components: "[]"),
            ], waba: Self.wabaID, in: workspace)
        return try found(
            await store.composerTemplates(for: number, in: workspace).first { $0.name == "pedido_listo" }
        ).id
    }

    /// The session of somebody in another company of the same installation.
    func sessionElsewhere() async throws -> String {
        let other: WorkspaceID = store.ids.next()
        let now = clock.now
        try await store.database.write(on: .work) { connection in
            try connection.execute(
                """
                INSERT INTO workspace (id, slug, name, region, language, created_at)
                VALUES (:id, 'other', 'Other', 'MX', 'es', :now)
                """, ["id": other, "now": now])
        }
        let staff = try await store.createStaff(
            email: "eva@otra.mx", name: "Eva", role: .agent, passwordHash: .init(rawValue: "-"), in: other)
        let token = SecretToken(prefix: "s")
        try await store.startSession(token.hash, csrfToken: Self.csrf, staff: staff, in: other)
        return token.text
    }
}
