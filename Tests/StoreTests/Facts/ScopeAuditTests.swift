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
        "label", "contact_label", "field", "contact_field", "contact_state", "segment", "label_rule",
        "label_rule_exemption", "label_rule_news", "label_rule_pass", "label_rule_change", "setting", "consent_entry",
        "consent",
        "opt_in", "change", "change_row", "import", "import_row", "tombstone", "person_export", "erasure",
        "erasure_notice", "duplicate", "duplicate_key", "duplicate_scan", "merge_batch", "search_note",
        "mapping", "mapping_row", "sync_state", "sync_due", "sync_conflict", "sync_decision", "sync_change",
        "webhook_endpoint", "webhook_want", "webhook_news", "webhook_event", "webhook_sequence", "webhook_delivery",
        "backfill", "sync_put_back",
    ]

    private static let found = "retention is the installation's; what it finds is deleted by workspace"

    /// What works for the whole installation on purpose, and why that is right.
    private static let justified: [(fragment: String, reason: String)] = [
        ("FROM number WHERE state <> 'disabled'", "the routing table: says whose a webhook is"),
        ("FROM connection WHERE state <> 'disabled'", "the routing table: says which CRMs a workspace has"),
        ("WHERE state = 'completed' AND changed_at < :before", "retention is the installation's"),
        ("DELETE FROM trail", "retention is the installation's"),
        ("DELETE FROM search_note WHERE (id)", "retention is the installation's"),
        ("DELETE FROM sync_change WHERE (id)", "retention is the installation's"),
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
        ("DELETE FROM webhook_delivery WHERE (id)", "retention is the installation's"),
        ("DELETE FROM webhook_event WHERE (id)", "retention is the installation's"),
        ("DELETE FROM alarm", "retention is the installation's"),
        (
            "j.state = 'uncertain' AND j.kind = 'whatsapp.send'",
            "the clock settles for all; rows are written by workspace"
        ),
        ("SET reminded_at = :now", "the clock reminds for all; alarms are written by workspace"),
        ("WHERE email = :email", "sign-in: the address says which workspace"),
        ("token_hash = :", "the token says which workspace"),
        ("FROM sync_put_back WHERE state = 'running' AND updated_at", "carried on for all; rows name theirs"),
        ("FROM person_export WHERE state IN ('waiting', 'running')", "exports are made for all; rows name theirs"),
        ("FROM person_export WHERE expires_at <= :now", "files past their time go for all; rows name theirs"),
        ("FROM erasure WHERE state = 'running'", "erasures are ended for all; rows name theirs"),
        ("DELETE FROM erasure WHERE (id)", "retention is the installation's"),
        ("SELECT workspace_id, erasure_id, connection_id FROM erasure_notice WHERE", found),
        ("FROM change WHERE state = 'undoing'", "what a restart interrupted goes on, whose ever it is"),
        ("FROM change WHERE state = 'open' AND kind = 'bulk'", "bulk actions go on, whose ever they are"),
        ("AND (claimed_until IS NULL OR claimed_until <= :now OR EXISTS", "a node works on lists of all; by claim"),
        ("UPDATE import SET claimed_by = NULL", "a node gives back what it holds, whose ever it is"),
        ("SET state = 'cancelled', phase_at = :now", "patience with lists is the installation's"),
        ("FROM merge_batch WHERE state IN ('running', 'undoing')", "lists of all are merged; rows name theirs"),
        (
            "FROM opt_in\nWHERE state = 'waiting' AND",
            "the clock reminds for all; what it finds is written by workspace"
        ),
        ("FROM number n", "the couriers' accounts: every number of the installation"),
        ("contact_search_due", "the index is the installation's; what it finds is asked for by workspace"),
        ("SELECT id, workspace_id FROM contact WHERE id > :after", "texts are written anew for all, by workspace"),
        ("SELECT id FROM (SELECT c.id FROM contact c", "the index is of all; what it finds is asked for by workspace"),
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
        try await liveConsent(world)
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
        try await Self.bringList(world)
        try await Self.merge(world)
        _ = try await store.recount(in: world.workspace)
        try await Self.workOnContacts(world)
        try await world.syncEverything()
        try await world.noteEverything()
        world.clock.advance(by: .days(40))
        var retention = Retention()
        retention.messages = .days(30)
        try await store.prune(retention)
    }

    /// Everything that people do to contacts.
    private static func workOnContacts(_ world: ConsoleWorld) async throws {
        let (store, workspace) = (world.store, world.workspace)
        let draft = ContactDraft(name: "Zoé", addresses: [.init(.email, "zoe@ejemplo.mx")])
        guard case .saved(_, let contact, _) = try await store.createContact(draft, by: "Ana", in: workspace) else {
            throw Missing()
        }
        _ = try await store.editContact(contact, ContactEdit(name: "Zoe", note: "x"), by: "Ana", in: workspace)
        while try await ContactIndex(store.database).catchUp() > 0 {}
        for order in ContactQuery.Order.allCases {
            _ = try await store.contacts(ContactQuery(search: "zoe", order: order), isCounted: true, in: workspace)
            _ = try await store.contacts(ContactQuery(consent: .unknown, order: order), isCounted: true, in: workspace)
        }
        _ = try await store.conversations(ConversationQuery(search: "zoe"), in: workspace)
        let row = try required(await store.history(of: contact, in: workspace).items.first)
        _ = try await store.putBack(row.position, of: row.change.id, for: contact, by: "Ana", in: workspace)
        _ = try await store.startUndo(row.change.id, in: workspace, by: "Ana")
        try await store.noteSeen(contact, by: "Ana", in: workspace)
        for query in ["zoe", "zoe l"] { try await store.noteListed(["query": query], by: "Ana", in: workspace) }
        _ = try await store.contactFacets(in: workspace)
        _ = try await store.contactSummary(contact, in: workspace)
        _ = try await store.writeSearchTexts(after: nil)
    }

    private static func bringList(_ world: ConsoleWorld) async throws {
        let record = try await world.bring(
            [
                .person(2, "34600000001", name: "Ana", email: "ana@example.com") { $0.labels = ["VIP"] },
                .person(3, try required(ConsoleWorld.lucia.waID), email: "lucia@example.com"), .rejected(4),
            ], .everybodyAgreed)
        try await world.bring(
            [.person(2, "34600000001", name: "Ana B.", email: "b@example.com") { $0.optedOut = true }],
            .having { $0.existing = .overwrite })
        let other = try await world.check([.person(2, "34600000001")])
        _ = try await world.store.claimImport(by: "another")
        try await world.store.cancelImport(other.id, in: world.workspace)
        try await world.store.releaseImports(of: nil)
        _ = try await world.store.imports(in: world.workspace)
        _ = try await world.store.exportContacts(in: world.workspace)
        try await world.store.abandonImports()
        _ = try await world.store.spentImportFiles()
        try await world.store.forgetImportFile(SpentImportFile(workspace: world.workspace, sha256: "x"))
        _ = try await world.store.undo(try required(record.changeID), in: world.workspace, by: "Ana")
        world.clock.advance(by: .days(31))
        while try await world.store.forgetImportRows(olderThan: .days(30), in: world.workspace) {}
    }

    private static func merge(_ world: ConsoleWorld) async throws {
        let (store, workspace) = (world.store, world.workspace)
        let contacts = try await store.database.read {
            try $0.rows(
                "SELECT id FROM contact WHERE workspace_id = :workspace_id ORDER BY id",
                [
                    "workspace_id": workspace
                ]
            ).map { try $0.get("id", as: ContactID.self) }
        }
        let (one, other) = (try required(contacts.first), try required(contacts.last))
        try await store.keepApart(one, other, by: "Ana", in: workspace)
        let merge = try await store.merge(other, into: one, by: "Ana", in: workspace)
        _ = try await store.mergeRecord(of: one, and: other, in: workspace)
        try await store.undoMerge(merge.change, by: "Ana", in: workspace)
        _ = try await store.mergePreview(of: other, into: one, in: workspace)
        for workspace in try await store.duplicatePassesDue(after: .hours(1)) {
            try await store.beginDuplicatePass(in: workspace)
            while try await store.goOnWithDuplicatePass(in: workspace) {}
        }
        _ = try await store.compareChangedContacts(in: workspace)
        let found = try await store.duplicates(.dismissed, in: workspace).items
        try await store.reopenDuplicates(found.map(\.id), by: "Ana", in: workspace)
        let batch = try await store.mergeDuplicates(
            found.map { ReviewedDuplicate(duplicate: $0.id, winner: $0.a.id) }, by: "Ana", in: workspace)
        for (batch, workspace) in try await store.busyMergeBatches() {
            while try await store.goOnWithMergeBatch(batch, in: workspace).hasMore {}
        }
        try await store.undoMergeBatch(batch.id, by: "Ana", in: workspace)
        while try await store.goOnWithMergeBatch(batch.id, in: workspace).hasMore {}
        _ = try await (store.duplicateFigures(in: workspace), store.duplicateScan(in: workspace))
        _ = try await store.mergeBatches(in: workspace)
    }

    /// Everything about consent, once.
    private static func liveConsent(_ world: ConsoleWorld) async throws {
        let store = world.store
        try await world.addTemplates()
        try await world.write("Hola", wamid: "c1", from: ConsoleWorld.carlos)
        let carlos = try await world.contact("5213398765432")
        let asked = try await store.askForConsent(carlos, actor: "Ana", in: world.workspace)
        try await world.leave()
        try await world.receive([
            .message(
                ReceivedMessage(
                    id: "c2", origin: .customer, participant: ConsoleWorld.carlos, at: world.clock.now,
                    content: .choice(
                        ChoiceContent(kind: .button, id: OptInButton(optIn: asked.optIn, isYes: true).id, title: "Sí")),
                    context: .init(messageID: "wamid.\(asked.message.message)")))
        ])
        world.clock.advance(by: .seconds(2))
        try await world.write("STOP", wamid: "c3", from: ConsoleWorld.carlos)
        world.clock.advance(by: .seconds(2))
        try await world.write("ALTA", wamid: "c4", from: ConsoleWorld.carlos)
        try await world.receive(
            [
                .preference(
                    ContactPreference(
                        participant: ConsoleWorld.carlos, category: "marketing_messages", value: "stop", detail: nil,
                        at: world.clock.now))
            ], field: "user_preferences")
        world.clock.advance(by: .hours(20))
        _ = try await store.keepQuestions()
        world.clock.advance(by: .hours(60))
        _ = try await store.keepQuestions()
        try await store.changeConsentSettings(in: world.workspace, by: "Ana") { $0.questionHours = 24 }
        try await store.setSendGateRules(SendGateRules(), in: world.workspace, by: "Ana")
        _ = try await store.consent(of: carlos, in: world.workspace)
        _ = try await store.consentCoverage(in: world.workspace)
        _ = try await store.unconfirmedContacts(in: world.workspace)
        _ = try await store.writingVerdicts(to: carlos, in: world.workspace)
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
