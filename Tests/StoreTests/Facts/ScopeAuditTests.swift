import Domain
import Foundation
import Testing

@testable import Store

/// A workspace never sees another's rows: each statement on a table that belongs to workspaces says which one.
@Suite struct ScopeAuditTests {
    /// The installation's own tables, and those whose rows may belong to nobody yet.
    private static let unscoped: Set<String> = [
        "installation", "node", "lane", "workspace", "app", "intake", "unrouted", "schema_version", "sign_in_failure",
    ]

    private static let scoped: Set<String> = [
        "number", "template", "notice", "pause", "alarm", "contact", "handle", "conversation", "message",
        "status_event", "message_version", "reaction", "media", "seen", "idempotency", "job", "trail", "connection",
        "remote_ref", "activity", "staff", "session", "api_key", "counter", "delay", "number_app", "first_contact",
    ]

    private static let found = "retention is the installation's; what it finds is deleted by workspace"

    /// What works for the whole installation on purpose, and why that is right.
    private static let justified: [(fragment: String, reason: String)] = [
        ("FROM number WHERE state <> 'disabled'", "the routing table: says whose a webhook is"),
        ("FROM connection WHERE state <> 'disabled'", "the routing table: says which CRMs a workspace has"),
        ("WHERE state = 'completed' AND changed_at < :before", "retention is the installation's"),
        ("DELETE FROM trail", "retention is the installation's"),
        ("SELECT workspace_id, kind, minute, node FROM counter WHERE", found),
        ("SELECT workspace_id, hop, minute, node, bucket FROM delay WHERE", found),
        ("SELECT workspace_id, hash FROM seen WHERE", found),
        ("SELECT workspace_id, api_key_id, key FROM idempotency WHERE", found),
        ("SELECT workspace_id, portfolio_id, contact_id FROM first_contact WHERE", found),
        ("DELETE FROM session WHERE (token_hash)", "retention is the installation's"),
        ("m.id < :before", found),
        ("DELETE FROM notice", "retention is the installation's"),
        ("DELETE FROM status_event WHERE (id)", "retention is the installation's"),
        ("DELETE FROM message_version WHERE (id)", "retention is the installation's"),
        ("DELETE FROM alarm", "retention is the installation's"),
        (
            "j.state = 'uncertain' AND j.kind = 'whatsapp.send'",
            "the clock settles for all; rows are written by workspace"
        ),
        ("SET reminded_at = :now", "the clock reminds for all; alarms are written by workspace"),
        ("WHERE email = :email", "sign-in: the address says which workspace"),
        ("token_hash = :", "the token says which workspace"),
        ("FROM number n", "the couriers' accounts: every number of the installation"),
    ]

    @Test(arguments: TestDatabase.available)
    func `each statement on a workspace's table names the workspace`(engine: TestDatabase) async throws {
        try await engine.with { database in
            let listening = ListeningDatabase(database)
            let world = try await ConsoleWorld(listening)
            _ = try await listening.plans { try await Self.live(world) }

            let statements = listening.statements
            #expect(statements.count > 60)
            let violations = statements.filter { !Self.isScoped($0) }
            #expect(violations.sorted() == [])
        }
    }

    /// Everything that the store does for the pipeline, once.
    private static func live(_ world: ConsoleWorld) async throws {
        let store = world.store
        let at = world.clock.now
        try await world.receive([
            world.text("Hola", wamid: "1"), world.text("Eco", wamid: "2", origin: .echo), world.news("read", of: "2"),
            world.news("read", of: "9"), world.text("Eco", wamid: "9", origin: .echo),
            .edit(MessageEdit(id: "3", originalID: "1", at: at, content: .text(TextContent(body: "Hola.")))),
            .revocation(MessageRevocation(id: "4", originalID: "1", at: at)),
            .identityChange(
                IdentityChange(
                    kind: .number, messageID: "5", at: at, previous: ConsoleWorld.lucia,
                    current: Participant(waID: "5213398765432"), text: "")),
            .message(
                ReceivedMessage(
                    id: "6", origin: .customer, participant: ConsoleWorld.carlos, at: at,
                    content: .media(MediaContent(kind: .image, mediaID: "99")))),
            .message(
                ReceivedMessage(
                    id: "7", origin: .customer, participant: ConsoleWorld.carlos, at: at,
                    content: .reaction(ReactionContent(messageID: "6", emoji: "👍")))),
            .message(
                ReceivedMessage(
                    id: "8", origin: .customer, participant: Participant(userID: "MX.8"), at: at,
                    content: .contacts(
                        ContactsContent(cards: [
                            ContactCard(
                                formattedName: "Eva", phones: [.init(phone: "+525500000008")],
                                origin: "contact_request")
                        ])))),
            .notice(AccountNotice(event: "FLAGGED", subject: nil, at: at, detail: "{}")),
            .notice(AccountNotice(event: "LOCKED", subject: nil, at: at, detail: "{}", standing: .restricted)),
            .notice(
                AccountNotice(event: "limit", subject: nil, at: at, detail: "{}", messagingLimit: .unlimited)),
            .template(
                TemplateNotice(
                    kind: .status, templateID: "1", name: "order", language: "es", value: "PAUSED", at: at,
                    detail: "{}")),
            .unrouted(.unknownField, excerpt: "{}"),
        ])
        let conversation = try required(try await world.conversations().first)
        let ana = try await world.hire("ana")
        let accepted = try await world.answer("Buenas", in: conversation.id, by: ana)
        try await world.send(world.failed(.unknown, code: "timeout", .uncertain))
        try await world.receive([world.news("sent", of: "10", callback: "\(accepted.message)")])
        _ = try await world.answer("Otra", in: conversation.id, by: ana)
        try await world.send(world.accepted("11"))
        try await world.record(world.refused)
        world.clock.advance(by: .hours(2))
        _ = try await store.settleUncertain(after: .minutes(5), policy: RetryPolicy())
        _ = try await store.remindOfDeadLetters(before: .hours(24))
        try await store.raiseAlarm(SendMarker.limitAlarm, subject: "7", text: .same("full"), in: world.workspace)
        try await store.clearPortfolioAlarms()
        if let dead = try await store.deadLetters(DeadLetterQuery(state: .discarded), in: world.workspace).items.first {
            _ = try await store.retry(dead.id, in: world.workspace, by: "Ana")
        }
        try await world.record(world.recorded)
        _ = try await store.claimFetches(world.grip(.media(world.number)), limit: 10)
        _ = try await store.claimReadMarks(world.grip(.number(world.number)), limit: 10)
        _ = try await store.rescue(world.grip(.number(world.number)), verifyAfter: nil)
        _ = try await store.rescue(
            world.grip(.number(world.number)), verifyAfter: nil, includingOwn: true, begun: [])
        _ = try await store.recount(in: world.workspace)
        world.clock.advance(by: .days(40))
        var retention = Retention()
        retention.messages = .days(30)
        try await store.prune(retention)
    }

    /// A condition on the workspace, not merely the column's name: an INSERT writes it, everything else asks for it.
    private static func isScoped(_ sql: String) -> Bool {
        let words = Set(sql.split { !$0.isLetter && $0 != "_" }.map(String.init))
        let tables = tables(in: sql)
        guard !tables.isDisjoint(with: scoped) else { return true }
        if sql.hasPrefix("INSERT INTO") { return words.contains("workspace_id") }
        if sql.contains(/workspace_id (=|IN|<>)/) { return true }
        return justified.contains { sql.contains($0.fragment) }
    }

    private static func tables(in sql: String) -> Set<String> {
        Set(sql.matches(of: /(?:FROM|JOIN|UPDATE|INTO)\s+([a-z_]+)/).map { String($0.1) })
    }
}
