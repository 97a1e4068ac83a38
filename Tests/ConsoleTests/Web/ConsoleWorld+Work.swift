import Domain
import Foundation
import Pipeline
import Secrets
import Store
import Testing

@testable import Console

/// What customers, Meta and CRMs bring about.
extension ConsoleWorld {
    static let lucia = Participant(waID: "5215512345678", profileName: "Lucía Fernández")

    func receive(_ facts: [Update.Fact], body: String = "{}", field: String = "messages") async throws {
        let app = try #require(try await store.apps().first).id
        let intake = IntakeBody(
            id: store.ids.next(), app: app, receivedAt: clock.now, isBulk: false, body: Array(body.utf8))
        try await store.append([intake], node: lease.number)
        let claimed = try await store.claimBodies(limit: 10, node: lease.number)
        let updates = facts.map {
            Update(wabaID: "102290129340398", phoneNumberID: "106540352242922", field: field, fact: $0)
        }
        let bodies = claimed.map {
            InterpretedBody(intake: $0.intake.id, receivedAt: $0.intake.receivedAt, app: app, updates: updates)
        }
        _ = try await store.record(bodies, routes: store.routingTable(), node: lease.number)
    }

    /// A customer writes.
    @discardableResult
    func write(_ text: String = "¿Llegó mi pedido?", wamid: String = "wamid.1") async throws -> ConversationID {
        try await receive([
            .message(
                ReceivedMessage(
                    id: wamid, origin: .customer, participant: Self.lucia, at: clock.now,
                    content: .text(TextContent(body: text)), context: nil))
        ])
        let list = try await store.conversations(ConversationQuery(), in: workspace)
        return try #require(list.items.first).id
    }

    /// An answer that could not be delivered.
    @discardableResult
    func deadLetter(
        _ text: String = "Sale hoy mismo", code: String = "131026", kind: CallFailure.Kind = .permanent,
        outcome: JobOutcome = .discarded
    ) async throws -> JobID {
        let conversation = try await write()
        let accepted = try await store.accept(
            MessageCommand(
                workspace: workspace, target: .conversation(conversation), content: .text(TextContent(body: text)),
                author: .staff(ana, name: "Ana Rivas")))
        let number = try #require(try await store.numberAccounts().first).id
        let grip = try #require(grips.first { $0.lane == .number(number) })
        let failure = CallFailure(
            kind: kind, code: code, scope: .message, vendorText: "(#\(code)) <b>Undeliverable</b>",
            advice: LocalizedText(en: "Check the number.", es: "Revise el número."))
        let jobs = try await store.claimSends(grip, limit: 10)
        _ = try await store.record(
            jobs.map { SendOutcome(job: $0, receipt: nil, failure: failure, outcome: outcome) }, grip: grip,
            policy: RetryPolicy())
        let found = try await store.message(accepted.message, in: workspace)
        if let job = found?.deadLetter { return job }
        return try #require(jobs.first).job.id
    }

    /// A file that a customer sent.
    func media(_ bytes: [UInt8], mimeType: String, filename: String?) async throws -> MediaID {
        let writer = try parts.media.makeFile(in: workspace)
        try bytes.withUnsafeBytes { try writer.append($0) }
        let name = try writer.seal().name
        let id: MediaID = store.ids.next()
        let number = try #require(try await store.numberAccounts().first).id
        let (now, workspace) = (clock.now, workspace)
        try await store.database.write(on: .work) { connection in
            try connection.execute(
                """
                INSERT INTO media (id, workspace_id, number_id, kind, mime_type, filename, size, sha256, state, created_at)
                VALUES (:id, :workspace_id, :number_id, 'image', :mime_type, :filename, :size, :sha256, 'stored', :now)
                """,
                [
                    "id": id, "workspace_id": workspace, "number_id": number, "mime_type": mimeType,
                    "filename": filename, "size": bytes.count, "sha256": name, "now": now,
                ])
        }
        return id
    }

    /// Somebody of another company in the same installation.
    func stranger(email: String) async throws {
        let other: WorkspaceID = store.ids.next()
        let now = clock.now
        try await store.database.write(on: .work) { connection in
            try connection.execute(
                """
                INSERT INTO workspace (id, slug, name, region, language, created_at)
                VALUES (:id, 'other', 'Otra S.A.', 'MX', 'es', :now)
                """, ["id": other, "now": now])
        }
        let hash = try await parts.hasher.hash(Self.password)
        _ = try await store.createStaff(
            email: email, name: "Luis", role: .admin, passwordHash: hash, in: other)
    }

    /// A colleague without an administrator's rights.
    func agent(email: String) async throws {
        let hash = try await parts.hasher.hash(Self.password)
        _ = try await store.createStaff(
            email: email, name: "Beto", role: .agent, passwordHash: hash, in: workspace)
    }
}
