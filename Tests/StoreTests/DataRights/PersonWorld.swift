import Domain
import Foundation
import PhoneNumbers
import Testing

@testable import Store

/// Somebody of whom everything is known that can be: in every table that may hold anything of a person.
extension ConsoleWorld {
    /// What of Lucía may be nowhere any more once she is erased: her names, numbers, words, and what others noted of her.
    static let traces = [
        "lucía", "lucia fern", "fernández", "5215512345678", "MX.77001122334455", "lucia@correo.mx", "primer mensaje",
        "foto de la factura", "respuesta de ana", "texto editado", "vecina de carlos", "zapatos talla 37",
        "se quejó por teléfono", "acepto promociones", "hs-4711", "factura-lucia", "remite: lucia",
    ]

    static let wamid = "wamid." + Data("\u{1C}\u{18}\u{0D}5215512345678\u{15}\u{02}".utf8).base64EncodedString()

    /// - Returns: her contact.
    func makeLucia() async throws -> ContactID {
        let lucia = Participant(
            waID: "5215512345678", userID: "MX.77001122334455", profileName: "Lucía Fernández")
        try await receive([
            text("Primer mensaje", wamid: "l1", from: lucia),
            .message(
                ReceivedMessage(
                    id: "l2", origin: .customer, participant: lucia, at: clock.now,
                    content: .media(
                        MediaContent(
                            kind: .image, mediaID: "m1", caption: "Foto de la factura", filename: "factura-lucia.png")))
            ),
            .message(
                ReceivedMessage(
                    id: "l3", origin: .customer, participant: lucia, at: clock.now,
                    content: .reaction(ReactionContent(messageID: "l1", emoji: "👍")))),
            .edit(
                MessageEdit(
                    id: "l4", originalID: "l1", at: clock.now, content: .text(TextContent(body: "Texto editado")))),
            // News of a message that never came: its id holds her number.
            news("read", of: Self.wamid),
        ])
        try await receive(
            [
                .preference(
                    ContactPreference(
                        participant: lucia, category: "marketing_messages", value: "stop", detail: nil, at: clock.now))
            ], field: "user_preferences")
        // What confirms the stop.
        try await send(accepted("l5"))
        try await fetch("aa")
        let conversation = try required(try await conversations().first { $0.person.phone == "5215512345678" })
        let ana = try await hire("ana-\(conversation.id)")
        _ = try await answer("Respuesta de Ana", in: conversation.id, by: ana)
        try await send(failed(.permanent, .discarded))
        try await link(conversation.person.id, to: "hs-4711")
        try await record(recorded)
        try await know(conversation.person.id)
        while try await ContactIndex(store.database).catchUp() > 0 {}
        return conversation.person.id
    }

    /// Files of customers arrive, each with that name.
    func fetch(_ file: String) async throws {
        let grip = try grip(.media(number))
        for job in try await store.claimFetches(grip, limit: 10) {
            _ = try await store.record(
                job, sha256: file, size: 1, mimeType: "image/png",
                result: JobResult(job: job.job.id, outcome: .completed, failure: nil), grip: grip,
                policy: RetryPolicy())
        }
    }

    /// What people and files say of her.
    private func know(_ contact: ContactID) async throws {
        let (workspace, now, store) = (workspace, clock.now, store)
        let change = store.ids.next(ChangeRow.self)
        let ids = (0..<8).map { _ in store.ids.next(JobRow.self).rawValue }
        try await store.database.write { connection in
            var journal = try ChangeJournal.begin(
                ChangeDraft(.edit, title: .same("Edit of Lucía Fernández"), actor: "Ana"), on: connection, id: change,
                in: workspace, at: now)
            try journal.update(
                .contact, key: ["id": contact], set: ["name": "Lucía Fernández", "note": "Vecina de Carlos"],
                of: contact)
            try journal.insert(
                .handle,
                [
                    "id": ids[0], "contact_id": contact, "kind": "email", "scope": "", "value": "lucia@correo.mx",
                    "address": "Lucia@correo.mx", "valid_from": now, "evidence": "person",
                ], of: contact)
            try journal.insert(
                .label, ["id": ids[1], "name": "VIP", "folded": "vip", "color": "green", "created_at": now], of: nil)
            try journal.insert(
                .contactLabel, ["contact_id": contact, "label_id": ids[1], "actor": "Ana", "added_at": now],
                of: contact)
            try journal.insert(
                .field, ["id": ids[2], "key": "gusto", "name": "Gusto", "kind": "text", "created_at": now], of: nil)
            try journal.insert(
                .contactField,
                [
                    "contact_id": contact, "field_id": ids[2], "value": "Zapatos talla 37", "folded": "zapatostalla37",
                    "number": Double?.none, "changed_at": now,
                ], of: contact)
            try journal.insert(
                .contactState,
                [
                    "contact_id": contact, "state": "complaint", "since": now, "actor": "Ana",
                    "reason": "Se quejó por teléfono",
                ], of: contact)
            try journal.insert(
                .consentEntry,
                [
                    "id": ids[3], "contact_id": contact, "purpose": "marketing", "change": "granted",
                    "source": "message", "words": "Acepto promociones", "at": now, "recorded_at": now, "actor": "Ana",
                    "evidence": "{\"from\":\"5215512345678\"}",
                ], of: contact)
            try journal.insert(
                .optIn,
                [
                    "id": ids[4], "contact_id": contact, "number_id": 1, "state": "granted",
                    "words": "¿Acepto promociones?", "language": "es", "message_id": 1, "actor": "Ana", "asked_at": now,
                    "expires_at": now,
                ], of: contact)
            try journal.save()
            try connection.writeSearchText(of: contact, in: workspace)
            try connection.execute(
                """
                INSERT INTO unrouted
                    (id, workspace_id, intake_id, position, received_at, app_id, reason, field, kind, excerpt, state)
                VALUES (:id, :workspace_id, 1, 0, :now, 1, 'malformed', 'messages', 'message',
                    'remite: Lucia 5215512345678', 'open')
                """, ["id": ids[5], "workspace_id": workspace, "now": now])
            try connection.execute(
                """
                INSERT INTO idempotency (workspace_id, api_key_id, key, fingerprint, status, answer, created_at)
                VALUES (:workspace_id, 1, 'k', 'f', 200, :answer, :now)
                """,
                [
                    "workspace_id": workspace, "answer": "{\"contact\":\"\(contact)\",\"name\":\"Lucía\"}", "now": now,
                ])
            var counters = CounterDeltas()
            counters.add("messages.received", 1)
            counters.add("messages.unrouted", 1)
            try counters.write(connection, at: now, node: 1)
        }
    }

    /// Links her with a record of the CRM, as the courier does before it writes her first message.
    func link(_ contact: ContactID, to remoteID: String) async throws {
        try await store.link([(contact: contact, remoteID: remoteID)], grip: grip(.connection(crm)))
    }

    /// Erases somebody, and does what the courier of erasures does, with raw bodies simply emptied.
    /// - Parameter isTold: whether the CRM hears of it: until then the job knows its record.
    @discardableResult
    func erase(_ contact: ContactID, wish: ErasureWish = .tell, isTold: Bool = true) async throws -> Erasure {
        let begun = try await store.erase(contact, wish: wish, by: "Ana", in: workspace)
        try await endErasures()
        if isTold { try await record(recorded) }
        return try required(try await store.erasure(begun.erasure, in: workspace))
    }

    func endErasures() async throws {
        for open in try await store.openErasures() {
            while try await store.eraseMessages(of: open) > 0 {}
            _ = try await store.forget(store.erasedFiles(of: open))
            try await store.eraseMentions(of: open)
            try await store.eraseSuggestions(of: open)
            try await store.eraseLists(of: open) { true }
            try await store.eraseSearches(
                for: [SoughtPerson(open) { WhatsAppNumber.variants(of: $0) }], in: workspace, slice: 2)
            var place = open.place
            while true {
                let page = try await store.bodies(naming: open, after: place, patience: .zero)
                guard let last = page.last else { break }
                let emptied = page.bodies.map { NamingBodies.Body(id: $0.id, bytes: Array("{}".utf8)) }
                try await store.replace(emptied, upTo: last, of: open)
                place = last
            }
            for export in try await store.expiredExports() { try await store.forget(export) }
            for now in try await store.openErasures() where now.id == open.id { _ = try await store.finish(now) }
        }
        try await store.rewriteSearchIndex()
    }

    /// Two may be one person, says what they have in common.
    func suggest(_ one: ContactID, _ other: ContactID, saying detail: String) async throws {
        let pair = DuplicatePair(one, other)
        let reasons = try JSONText.encode([DuplicateReason(.sameEmail, detail)])
        let arguments: SQLArguments = [
            "id": store.ids.next(DuplicateRow.self), "workspace_id": workspace, "a": pair.a, "b": pair.b,
            "reasons": reasons, "now": clock.now,
        ]
        try await store.database.write { connection in
            try connection.execute(
                """
                INSERT INTO duplicate
                    (id, workspace_id, contact_a, contact_b, score, reason, reasons, state, found_at)
                VALUES (:id, :workspace_id, :a, :b, 75, 'same_email', :reasons, 'open', :now)
                """, arguments)
        }
    }

    /// Names each place where one of the texts still stands.
    func expectNothing(of texts: [String], sourceLocation: SourceLocation = #_sourceLocation) async throws {
        let found = try await findings(of: texts)
        #expect(found == [], sourceLocation: sourceLocation)
    }

    /// Where in the whole database one of the texts still stands: table, column and what is there.
    func findings(of texts: [String]) async throws -> [String] {
        let wanted = texts.map { $0.lowercased() }
        return try await store.database.read { connection in
            try connection.tables().flatMap { table in
                try connection.rows("SELECT * FROM \(table)", [:]).flatMap { row in
                    zip(row.columns, row.values).compactMap { column, value -> String? in
                        let text: String
                        switch value {
                        case .text(let found): text = found.lowercased()
                        case .blob(let bytes): text = String(decoding: bytes, as: UTF8.self).lowercased()
                        case .null, .integer, .real: return nil
                        }
                        return wanted.contains(where: text.contains) ? "\(table).\(column): \(text.prefix(200))" : nil
                    }
                }
            }
        }
    }
}
