import Domain
import Foundation
import Testing

@testable import Store

@Suite struct ErasureTests {
    @Test(arguments: TestDatabase.available)
    func `nothing of a person who was erased is left in any table`(engine: TestDatabase) async throws {
        try await engine.withWorld { world in
            let lucia = try await world.makeLucia()
            let found = try await world.findings(of: ConsoleWorld.traces).map { $0.prefix { $0 != "." } }
            // The test looks where there is something to be found.
            for table in [
                "contact", "handle", "message", "conversation", "change", "change_row", "notice", "unrouted", "media",
                "idempotency", "consent_entry", "contact_field", "contact_state", "opt_in", "message_version",
                "remote_ref",
            ] { #expect(found.contains { $0 == table }, "\(table)") }

            let erasure = try await world.erase(lucia)

            #expect(erasure.state == .done)
            try await world.expectNothing(of: ConsoleWorld.traces + [ConsoleWorld.wamid])
        }
    }

    @Test(arguments: TestDatabase.available)
    func `what belongs to others is as it was`(engine: TestDatabase) async throws {
        try await engine.withWorld { world in
            try await world.receive([world.text("De Carlos", wamid: "c1", from: ConsoleWorld.carlos)])
            let lucia = try await world.makeLucia()
            let before = try await DatabaseImage.of(world.store)

            try await world.erase(lucia)

            let carlos = try await world.store.contacts(in: world.workspace).items.map(\.person)
            #expect(carlos.map(\.phone) == ["5213398765432"])
            let gone = try await DatabaseImage.of(world.store).differences(from: before).filter { $0.hasPrefix("-") }
            let conversations = try await world.conversations().map(\.id.rawValue)
            let ids = [try #require(carlos.first).id.rawValue] + conversations
            for row in gone {
                #expect(!row.contains("De Carlos") && !row.contains("5213398765432"), "\(row)")
                for id in ids { #expect(!row.contains("\(id)"), "\(row)") }
            }
        }
    }

    @Test(arguments: TestDatabase.available)
    func `the ledger still agrees with the tables`(engine: TestDatabase) async throws {
        try await engine.withWorld { world in
            try await world.receive([world.text("De Carlos", wamid: "c1", from: ConsoleWorld.carlos)])
            let lucia = try await world.makeLucia()
            #expect(try await world.store.recount(in: world.workspace).differences == [])

            try await world.erase(lucia)

            let recount = try await world.store.recount(in: world.workspace)
            #expect(recount.differences == [])
            #expect(recount.ledger.messages.stored == 4)
            #expect(recount.ledger.messages.isBalanced)
        }
    }

    @Test(arguments: TestDatabase.available)
    func `says how much of each kind went, and who did it`(engine: TestDatabase) async throws {
        try await engine.withWorld { world in
            let lucia = try await world.makeLucia()

            let erasure = try await world.erase(lucia)

            #expect(erasure.actor == "Ana" && erasure.contact == lucia)
            // Her three, the answer, and what confirmed that she is sent no promotions.
            #expect(erasure.counts[.messages] == 5)
            #expect(erasure.counts[.files] == 1)
            #expect(erasure.counts[.handles] == 3)
            #expect(erasure.counts[.conversations] == 1)
            #expect(erasure.counts[.details] == 3)
            #expect(erasure.counts[.consents] == 4)
            #expect(erasure.counts[.notices] == 1)
            #expect(erasure.counts[.records] == 1)
            let trail = try await world.store.audit(AuditQuery(contact: lucia), in: world.workspace).items
            #expect(trail.first?.event == "contact.erased" && trail.first?.erasure == erasure.id)
            #expect(trail.first?.person == nil)
        }
    }

    @Test(arguments: TestDatabase.available)
    func `undoing a change that wrote of the person brings nothing back`(engine: TestDatabase) async throws {
        try await engine.withWorld { world in
            let lucia = try await world.makeLucia()
            let change = try #require(try await world.store.changes(in: world.workspace).items.first)
            try await world.erase(lucia)

            let after = try #require(try await world.store.change(change.id, in: world.workspace))
            #expect(after.title.es == "Un cambio de alguien que se borró")
            // The labels and fields that it made are everybody's: those may still be put back.
            let undone = try await world.store.undo(change.id, in: world.workspace, by: "Ana")

            #expect(undone.keptRows + undone.undoneRows == undone.rows)
            #expect(undone.undoneRows == 2)
            try await world.expectNothing(of: ConsoleWorld.traces)
        }
    }

    @Test(arguments: TestDatabase.available)
    func `a repeat, a late status and an old message bring nobody back, and a new one does`(
        engine: TestDatabase
    ) async throws {
        try await engine.withWorld { world in
            let lucia = try await world.makeLucia()
            let old = world.clock.now
            world.clock.advance(by: .minutes(5))
            try await world.erase(lucia)
            world.clock.advance(by: .minutes(5))

            try await world.receive([
                world.text("Primer mensaje", wamid: "l1", at: old), world.news("read", of: "l1"),
                world.text("Se me quedó en la cola", wamid: "l9", at: old),
                world.text(
                    "De la historia", wamid: "l8", at: old - .days(30), origin: .history(isInbound: true, status: nil)),
                .edit(
                    MessageEdit(
                        id: "l7", originalID: "l1", at: old, content: .text(TextContent(body: "Primer mensaje")))),
            ])
            #expect(try await world.store.contacts(in: world.workspace).items.isEmpty)
            try await world.expectNothing(of: ConsoleWorld.traces + ["se me quedó"])
            #expect(try await world.store.recount(in: world.workspace).differences == [])

            try await world.receive([world.text("Hola otra vez", wamid: "l10")])
            let back = try await world.store.contacts(in: world.workspace).items.map(\.person)
            #expect(back.map(\.phone) == ["5215512345678"])
            #expect(back.first?.id != lucia && back.first?.name == "")
        }
    }

    @Test(arguments: TestDatabase.available)
    func `a tombstone knows the handles, says nothing of them, and gives way to who comes back`(
        engine: TestDatabase
    ) async throws {
        try await engine.withWorld { world in
            let lucia = try await world.makeLucia()
            let phone = HandleKey(kind: "phone", value: "5215512345678")
            let others = [
                HandleKey(kind: "email", value: "lucia@correo.mx"),
                HandleKey(kind: "bsuid", value: "MX.77001122334455"),
            ]
            let stranger = HandleKey(kind: "phone", value: "5213398765432")
            #expect(try await world.store.erased(among: [phone, stranger], in: world.workspace).isEmpty)

            try await world.erase(lucia)
            #expect(
                try await world.store.erased(among: [phone, stranger] + others, in: world.workspace)
                    == Set([phone] + others))
            // The same number is another's in another company.
            let other: WorkspaceID = world.store.ids.next()
            #expect(try await world.store.erased(among: [phone], in: other).isEmpty)

            world.clock.advance(by: .minutes(5))
            try await world.receive([world.text("Hola otra vez", wamid: "l10")])
            #expect(try await world.store.erased(among: [phone], in: world.workspace).isEmpty)
        }
    }

    @Test(arguments: TestDatabase.available)
    func `contacts that were merged into the person go with them`(engine: TestDatabase) async throws {
        try await engine.withWorld { world in
            let lucia = try await world.makeLucia()
            try await world.receive([world.text("Su otro número", wamid: "o1", from: ConsoleWorld.carlos)])
            let other = try #require(
                try await world.store.contacts(in: world.workspace).items.first { $0.person.id != lucia }
            ).person.id
            let workspace = world.workspace
            try await world.store.database.write { connection in
                try connection.execute(
                    "UPDATE contact SET merged_into = :into WHERE workspace_id = :workspace_id AND id = :id",
                    ["into": lucia, "workspace_id": workspace, "id": other])
            }

            let erasure = try await world.erase(other)

            #expect(erasure.contact == lucia)
            #expect(try await TableCounts.of(world.store)["contact"] == 0)
            try await world.expectNothing(of: ConsoleWorld.traces + ["su otro número", "5213398765432"])
        }
    }

    @Test(arguments: TestDatabase.available)
    func `a file that was sent to others, too, stays theirs`(engine: TestDatabase) async throws {
        try await engine.withWorld { world in
            let lucia = try await world.makeLucia()
            let brochure = try await world.store.addMedia(
                .document, number: world.number, sha256: "cc", size: 1, mimeType: "application/pdf",
                filename: "catálogo.pdf", in: world.workspace)
            let ana = try await world.hire("ana")
            for phone in ["5213398765432", "5215512345678"] {
                if phone == "5213398765432" {
                    try await world.receive([world.text("Hola", wamid: "c1", from: ConsoleWorld.carlos)])
                }
                _ = try await world.store.accept(
                    MessageCommand(
                        workspace: world.workspace, target: .address(.phone(phone), from: world.number),
                        content: .media(MediaContent(kind: .document, storedID: brochure)),
                        author: .staff(ana, name: "Ana")))
            }

            try await world.erase(lucia)

            #expect(try await world.store.look("SELECT state FROM media", as: String.self) == "stored")
            #expect(try await world.store.look("SELECT COUNT(*) AS n FROM media", as: Int.self) == 1)
        }
    }

    @Test(arguments: TestDatabase.available)
    func `what is under way is waited for, and nothing else leaves`(engine: TestDatabase) async throws {
        try await engine.withWorld { world in
            try await world.receive([world.text("Hola", wamid: "1")])
            try await world.recordAll()
            let conversation = try await world.onlyConversation()
            let ana = try await world.hire("ana")
            _ = try await world.answer("Sale ya", in: conversation.id, by: ana)
            let grip = try world.grip(.number(world.number))
            let jobs = try await world.store.claimSends(grip, limit: 1)
            _ = try await world.answer("Y esto después", in: conversation.id, by: ana)

            let erasure = try await world.erase(conversation.person.id)
            #expect(erasure.state == .running)
            #expect(try await world.store.claimSends(grip, limit: 10).isEmpty)

            _ = try await world.store.record(
                jobs.map(world.accepted("out.1")), grip: grip, policy: RetryPolicy())
            try await world.endErasures()
            #expect(try await world.store.erasure(erasure.id, in: world.workspace)?.state == .done)
            #expect(try await world.store.look("SELECT COUNT(*) AS n FROM job WHERE kind = 'whatsapp.send'") == 0)
        }
    }

    @Test(arguments: TestDatabase.available)
    func `raw webhooks that name the person are found, those of others and of later are not`(
        engine: TestDatabase
    ) async throws {
        try await engine.withWorld { world in
            let lucia = try await world.makeLucia()
            func append(_ text: String) async throws {
                let body = IntakeBody(
                    id: world.store.ids.next(), app: world.app, receivedAt: world.clock.now, isBulk: false,
                    body: Array(text.utf8))
                try await world.store.append([body], node: world.lease.number)
                try await world.interpret([])
            }
            try await append(#"{"from":"5215512345678"}"#)
            try await append(#"{"from":"5213398765432"}"#)
            world.clock.advance(by: .seconds(1))
            let begun = try await world.store.erase(lucia, wish: .tell, by: "Ana", in: world.workspace)
            world.clock.advance(by: .seconds(1))
            try await append(#"{"from":"5215512345678","of":"later"}"#)

            let open = try #require(try await world.store.openErasures().first { $0.id == begun.erasure })
            let page = try await world.store.bodies(naming: open, after: open.place, patience: .zero)

            #expect(page.bodies.map { String(decoding: $0.bytes, as: UTF8.self) } == [#"{"from":"5215512345678"}"#])
            try await world.endErasures()
            let texts = try await world.store.database.read { connection in
                try connection.rows("SELECT body FROM intake ORDER BY id", [:]).map {
                    String(decoding: try $0.get("body", as: [UInt8].self), as: UTF8.self)
                }
            }
            #expect(texts.filter { $0.contains("5215512345678") }.count == 1)
            #expect(texts.contains(#"{"from":"5213398765432"}"#))
        }
    }

    @Test(arguments: TestDatabase.available)
    func `an export of the person goes at once, also one that is being made`(engine: TestDatabase) async throws {
        try await engine.withWorld { world in
            let lucia = try await world.makeLucia()
            let export = try await world.store.requestExport(
                of: lucia, language: .spanish, by: "Ana", in: world.workspace)
            #expect(try await world.store.begin(export) == 5)

            let begun = try await world.store.erase(lucia, wish: .tell, by: "Ana", in: world.workspace)

            #expect(try await world.store.note(done: 1, of: export) == false)
            #expect(try await world.store.finish(export, size: 1) == false)
            #expect(try await world.store.expiredExports().map(\.id) == [export.id])
            #expect(try await world.store.export(export.id, in: world.workspace) == nil)
            try await world.endErasures()
            #expect(try await world.store.erasure(begun.erasure, in: world.workspace)?.state == .done)
        }
    }

    @Test(arguments: TestDatabase.available)
    func `nobody is erased twice, nor somebody of another company`(engine: TestDatabase) async throws {
        try await engine.withWorld { world in
            let lucia = try await world.makeLucia()
            let other: WorkspaceID = world.store.ids.next()
            await #expect(throws: PuenteError.noPerson) {
                _ = try await world.store.erase(lucia, wish: .tell, by: "Eva", in: other)
            }
            try await world.erase(lucia)
            await #expect(throws: PuenteError.noPerson) {
                _ = try await world.store.erase(lucia, wish: .tell, by: "Ana", in: world.workspace)
            }
        }
    }
}
