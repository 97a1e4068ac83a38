import Domain
import Secrets

@testable import Store

/// What Meta, Meta's answers and the CRM's answers bring in.
extension ConsoleWorld {
    static let lucia = Participant(waID: "5215512345678", profileName: "Lucía Fernández")
    static let carlos = Participant(waID: "5213398765432", profileName: "Carlos Mendoza")

    /// Goes the whole way of a webhook: appended, claimed, recorded.
    @discardableResult
    func receive(
        _ facts: [Update.Fact], phoneNumberID: String = Self.phoneNumberID, field: String = "messages"
    ) async throws -> RecordReport {
        let id: IntakeID = store.ids.next()
        let body = IntakeBody(id: id, app: app, receivedAt: clock.now, isBulk: false, body: Array("{}".utf8))
        try await store.append([body], node: lease.number)
        return try await interpret(facts, phoneNumberID: phoneNumberID, field: field)
    }

    /// Claims what waits and records the facts as what the bodies say.
    @discardableResult
    func interpret(
        _ facts: [Update.Fact], phoneNumberID: String = Self.phoneNumberID, field: String = "messages"
    ) async throws -> RecordReport {
        let claimed = try await store.claimBodies(limit: 10, node: lease.number)
        let updates = facts.map {
            Update(wabaID: Self.wabaID, phoneNumberID: phoneNumberID, field: field, fact: $0)
        }
        let bodies = claimed.map {
            InterpretedBody(intake: $0.intake.id, receivedAt: $0.intake.receivedAt, app: app, updates: updates)
        }
        return try await store.record(bodies, routes: store.routingTable(), node: lease.number)
    }

    /// A customer writes a text.
    func write(
        _ text: String, wamid: String, from participant: Participant = Self.lucia,
        context: ReceivedMessage.Context? = nil
    ) async throws {
        try await receive([
            .message(
                ReceivedMessage(
                    id: wamid, origin: .customer, participant: participant, at: clock.now,
                    content: .text(TextContent(body: text)), context: context))
        ])
    }

    func status(_ name: String, of wamid: String, failures: [GraphFailure] = []) async throws {
        try await receive([
            .status(
                ReceivedStatus(
                    messageID: wamid, name: name, at: clock.now, recipient: Self.lucia, failures: failures))
        ])
    }

    func conversations(_ query: ConversationQuery = ConversationQuery()) async throws -> [ConversationSummary] {
        try await store.conversations(query, in: workspace).items
    }

    func onlyConversation() async throws -> ConversationSummary {
        try required(await conversations().first)
    }

    /// A person of the company.
    func hire(_ name: String) async throws -> StaffID {
        try await store.createStaff(
            email: "\(name)@ejemplo.mx", name: name, role: .agent, passwordHash: .init(rawValue: "hash of \(name)"),
            in: workspace)
    }

    func answer(_ text: String, in conversation: ConversationID, by staff: StaffID) async throws -> AcceptedMessage {
        try await store.accept(
            MessageCommand(
                workspace: workspace, target: .conversation(conversation), content: .text(TextContent(body: text)),
                author: .staff(staff, name: "Ana")))
    }

    /// Hands everything due to Meta, which answers with the outcome.
    func send(_ outcome: (SendJob) -> SendOutcome) async throws {
        let grip = try grip(.number(number))
        let jobs = try await store.claimSends(grip, limit: 100)
        _ = try await store.record(jobs.map(outcome), grip: grip, policy: RetryPolicy())
    }

    func accepted(_ wamid: String, hold: SendReceipt.Hold? = nil) -> (SendJob) -> SendOutcome {
        {
            SendOutcome(
                job: $0, receipt: SendReceipt(messageID: wamid, hold: hold), failure: nil, outcome: .completed)
        }
    }

    func failed(_ kind: CallFailure.Kind, code: String = "131026", _ outcome: JobOutcome) -> (SendJob) -> SendOutcome {
        { SendOutcome(job: $0, receipt: nil, failure: Self.failure(kind, code: code), outcome: outcome) }
    }

    /// Hands everything due to the CRM, which answers with the outcome, and takes each contact that changed.
    func record(_ outcome: (ActivityJob) -> ActivityOutcome) async throws {
        let grip = try grip(.connection(crm))
        let turn = try await store.takeTurn(
            settling: [], claiming: 100, marksSending: false, grip: grip, policy: RetryPolicy())
        _ = try await store.takeTurn(
            settling: turn.jobs.map(outcome),
            contacts: turn.contacts.map { ContactOutcome(job: $0, outcome: .completed) }, claiming: 0,
            marksSending: false, grip: grip, policy: RetryPolicy())
    }

    func recorded(_ job: ActivityJob) -> ActivityOutcome {
        ActivityOutcome(job: job, outcome: .completed, remoteID: "remote-\(job.message)")
    }

    func refused(_ job: ActivityJob) -> ActivityOutcome {
        ActivityOutcome(job: job, outcome: .discarded, failure: Self.failure(.permanent, code: "VALIDATION_ERROR"))
    }

    static func failure(_ kind: CallFailure.Kind, code: String) -> CallFailure {
        CallFailure(
            kind: kind, code: code, scope: .message, vendorText: "vendor's text",
            advice: LocalizedText(en: "Do something.", es: "Haga algo."))
    }
}

extension TestDatabase {
    func withWorld(_ body: (ConsoleWorld) async throws -> Void) async throws {
        try await with { database in try await body(ConsoleWorld(database)) }
    }
}
