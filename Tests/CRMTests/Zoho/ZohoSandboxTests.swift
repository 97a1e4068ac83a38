import Domain
import Foundation
import Sandbox
import Testing

@testable import CRM
@testable import OutboundHTTP

/// The connector against a simulator that was written from Zoho's documents, not from it.
@Suite(.timeLimit(.minutes(1))) struct ZohoSandboxTests {
    private struct Rig: Sendable {
        let url: String
        let client: OutboundClient

        func connector(notificationToken: String? = nil, secret: String = "sandbox-secret") throws -> ZohoConnector {
            ZohoConnector(
                settings: try ZohoSettings(
                    accountsURL: url + "/zoho", clientID: "1000.SANDBOX", clientSecret: secret,
                    refreshToken: "sandbox-token", notificationToken: notificationToken),
                client: client)
        }

        /// A control of the sandbox.
        @discardableResult
        func control(_ method: String, _ path: String, _ body: String = "{}") async throws -> NSDictionary {
            let response = try await client.send(
                OutboundRequest(
                    method: method, url: url + "/sandbox/" + path, headers: [("Content-Type", "application/json")],
                    body: Array(body.utf8), deadline: .seconds(20), maxResponseBytes: 64 << 20))
            return response.body.isEmpty ? [:] : try json(response.body)
        }

        /// A person in Zoho makes a contact.
        func person(_ fields: String) async throws -> String {
            let made = try await control("POST", "crm/zoho/contacts", #"{"fields":\#(fields)}"#)
            return made["id"] as? String ?? ""
        }
    }

    private func withSandbox(
        limits: Bool = false, _ work: @escaping @Sendable (Rig) async throws -> Void
    ) async throws {
        var configuration = SandboxConfiguration()
        configuration.port = 0
        configuration.searchIndexDelay = .zero
        configuration.enforcesVendorLimits = limits
        try await SandboxServer.withRunning(configuration, logger: quiet) { sandbox in
            let url = try await sandbox.baseURL
            try await withClient { client in try await work(Rig(url: url, client: client)) }
        }
    }

    @Test func `Zoho is checked, prepared and passes`() async throws {
        try await withSandbox(limits: true) { rig in
            let connector = try rig.connector()
            let before = await connector.check()
            #expect(before.filter { !$0.isPassed } == [])
            #expect(before.filter(\.isNoted).map(\.name) == [.fields])

            let created = try await connector.prepare()
            let again = try await connector.prepare()
            let after = await connector.check()
            let pages = try await connector.pages()

            #expect(created == ZohoField.allCases.map(\.rawValue))
            #expect(again == [])
            #expect(after.filter { !$0.isPassed || $0.isNoted } == [])
            #expect(pages?.contact == "https://crm.zoho.com/crm/org20071234567/tab/Contacts/")
        }
    }

    @Test func `a wrong secret is a matter for a person`() async throws {
        try await withSandbox { rig in
            let connector = try rig.connector(secret: "no")
            let steps = await connector.check()
            #expect(steps.map(\.name) == [.reach, .credential])
            #expect(steps.last?.isPassed == false)
        }
    }

    @Test func `a contact is created once, found by every writing of its number, and keeps its name`() async throws {
        try await withSandbox { rig in
            let connector = try rig.connector()
            _ = try await connector.prepare()
            let contact = ContactUpsert(
                puenteID: puenteID(1), lastName: "Ana", waID: "5215512345678", profileName: "Ana 🙂")

            let first = try await connector.upsertContacts([contact, contact])
            let id = try #require(first[0].remoteID)
            try await rig.control(
                "PATCH", "crm/zoho/contacts/\(id)", #"{"fields":{"Last_Name":"López","Mobile":"(55) 1234-5678"}}"#)
            let second = try await connector.upsertContacts([contact])
            let lookup = ContactLookup(puenteID: puenteID(2), phones: ["525512345678"], region: "MX")
            let found = try await connector.findContacts(lookup)

            #expect(first.map(\.remoteID) == [id, id])
            #expect(second.map(\.remoteID) == [id])
            #expect(found.map(\.id) == [id])
            #expect(found.first?.lastName == "López")
            #expect(found.first?.puenteID == puenteID(1))
        }
    }

    @Test func `one bad record never stops its batch`() async throws {
        try await withSandbox { rig in
            let connector = try rig.connector()
            _ = try await connector.prepare()
            let contacts = (Int64(1)...150).map {
                ContactUpsert(puenteID: puenteID($0), email: $0 == 7 ? "no e-mail" : nil, waID: "3460000\(1000 + $0)")
            }

            let outcomes = try await connector.upsertContacts(contacts)
            let missing = try await connector.upsertContacts([ContactUpsert(puenteID: puenteID(200), remoteID: "554")])

            #expect(outcomes.indices.filter { outcomes[$0].remoteID == nil } == [6])
            guard case .failed(let gone)? = missing.first else { return }
            #expect(gone.code == CallFailure.RecordCode.gone)
        }
    }

    @Test func `messages go their way as notes`() async throws {
        try await withSandbox { rig in
            let connector = try rig.connector()
            _ = try await connector.prepare()
            let id = try await rig.person(#"{"Last_Name":"López"}"#)
            let messages = (Int64(1)...30).map { number in
                // The seventh belongs to a contact that does not exist.
                activity(number, remoteID: number == 7 ? "554023001000009999" : id, at: morning + .seconds(number))
            }

            let recorded = try await connector.recordActivities(messages)
            var sent = messages[0]
            sent.direction = .outbound
            sent.status = .read
            let remoteID = try #require(recorded[0].remoteID)
            let updated = try await connector.updateActivities([ActivityUpdate(remoteID: remoteID, activity: sent)])
            let found = try await connector.findActivities(messages)
            let shown = try await rig.control("GET", "crm/zoho/activities")["data"] as? [NSDictionary]

            #expect(recorded.indices.filter { recorded[$0].remoteID == nil } == [6])
            #expect(updated == [.done(remoteID: remoteID)])
            #expect(found == recorded.map(\.remoteID))
            #expect(shown?.count == 29)
            #expect(shown?.first?["contact_ids"] as? [String] == [id])
            #expect((shown?.first?["Note_Content"] as? String)?.contains("read · Puente") == true)
        }
    }

    @Test func `with the custom module messages are keyed, so that a repetition makes no second one`() async throws {
        try await withSandbox { rig in
            try await rig.control("POST", "crm/zoho/modules")
            let connector = try rig.connector()
            let created = try await connector.prepare()
            let id = try await rig.person(#"{"Last_Name":"López"}"#)
            let messages = (Int64(1)...120).map { activity($0, remoteID: id) }

            let first = try await connector.recordActivities(messages)
            let second = try await connector.recordActivities(messages)
            let found = try await connector.findActivities(messages)
            let updated = try await connector.updateActivities([
                ActivityUpdate(remoteID: first[0].remoteID ?? "", activity: messages[0])
            ])

            #expect(created.count == ZohoField.allCases.count + ZohoMessageField.allCases.count)
            #expect(connector.capabilities.activityWrites == .idempotent)
            #expect(first.compactMap(\.remoteID).count == 120)
            #expect(first == second)
            #expect(found == first.map(\.remoteID))
            #expect(updated.map(\.remoteID) == [first[0].remoteID])
        }
    }

    @Test func `every change is read, page by page, also thousands of one second`() async throws {
        try await withSandbox { rig in
            let connector = try rig.connector()
            _ = try await connector.prepare()
            try await rig.control("POST", "clock", #"{"held":true}"#)
            let contacts = (Int64(1)...650).map { ContactUpsert(puenteID: puenteID($0), waID: "3460000\(1000 + $0)") }
            _ = try await connector.upsertContacts(contacts)

            var (cursor, seen, pages): (String?, Set<String>, Int) = (nil, [], 0)
            while pages < 20 {
                let page = try await connector.changes(since: cursor)
                seen.formUnion(page.contacts.compactMap(\.puenteID))
                cursor = page.nextCursor
                pages += 1
                if !page.isMore { break }
            }

            #expect(seen == Set(contacts.map(\.puenteID)))
            #expect(pages < 20)
        }
    }

    @Test func `who was merged is gone, and is found again in the survivor`() async throws {
        try await withSandbox { rig in
            let connector = try rig.connector()
            _ = try await connector.prepare()
            let made = try await connector.upsertContacts([
                ContactUpsert(puenteID: puenteID(1), lastName: "Ana", waID: "34600111222")
            ])
            let loser = try #require(made[0].remoteID)
            let survivor = try await rig.person(#"{"Last_Name":"López"}"#)
            _ = try await connector.recordActivities([activity(1, remoteID: loser)])

            try await rig.control("POST", "crm/zoho/merge", #"{"primary":"\#(survivor)","other":"\#(loser)"}"#)

            let merged = try await connector.contact(remoteID: loser)
            let deleted = try await connector.deletions(after: nil).ids
            let found = try await connector.findContacts(ContactLookup(puenteID: puenteID(1), remoteID: loser))
            #expect(merged == nil)
            #expect(deleted == [loser])
            #expect(found.map(\.id) == [survivor])
            let notes = try await connector.findActivities([activity(1, remoteID: survivor)])
            #expect(notes.compactMap(\.self).count == 1)
        }
    }

    @Test func `an answer that was lost makes no second contact, and the note is found`() async throws {
        try await withSandbox { rig in
            let connector = try rig.connector()
            _ = try await connector.prepare()
            let id = try await rig.person(#"{"Last_Name":"López"}"#)
            let fault = #"{"faults":[{"target":"zoho","kind":"drop_answer","count":1,"path":"Notes","method":"POST"}]}"#
            try await rig.control("PUT", "faults", fault)

            let lost = await CallFailure.of { () throws(CallFailure) in
                try await connector.recordActivities([activity(1, remoteID: id)])
            }
            let found = try await connector.findActivities([activity(1, remoteID: id)])

            #expect(lost?.kind == .unknown)
            #expect(found.compactMap(\.self).count == 1)
        }
    }

    @Test func `tokens that die, refusals and broken answers are survived`() async throws {
        try await withSandbox { rig in
            let connector = try rig.connector()
            _ = try await connector.prepare()
            func fault(_ text: String) async throws {
                try await rig.control("PUT", "faults", #"{"faults":[{"target":"zoho","count":1,\#(text)}]}"#)
            }
            func failure() async -> CallFailure? {
                await CallFailure.of { () throws(CallFailure) in try await connector.ping() }
            }

            try await fault(#""kind":"token_death""#)
            #expect(await failure() == nil)
            try await fault(#""kind":"status","status":429"#)
            guard case .throttled(let wait)? = await failure()?.kind else {
                Issue.record("429 is a throttle")
                return
            }
            #expect(wait >= .milliseconds(800) && wait <= .milliseconds(1200))
            try await fault(#""kind":"status","status":502,"body":"<html>""#)
            #expect(await failure()?.kind == .transient)
            try await rig.control("POST", "clock", #"{"advance_seconds":3700}"#)
            #expect(await failure() == nil)
        }
    }

    @Test func `erased people are told of, or leave for good`() async throws {
        try await withSandbox { rig in
            let connector = try rig.connector()
            _ = try await connector.prepare()
            let made = try await connector.upsertContacts([
                ContactUpsert(puenteID: puenteID(1), lastName: "Ana", waID: "34600111222"),
                ContactUpsert(puenteID: puenteID(2), lastName: "Luis", waID: "34600333444"),
            ])
            let ids = made.compactMap(\.remoteID)
            try #require(ids.count == 2)
            let told = ContactErasure(
                puenteID: puenteID(1), remoteIDs: [ids[0]], isDeletionWished: false, at: morning,
                occasion: puenteID(7))
            let deleted = ContactErasure(
                puenteID: puenteID(2), remoteIDs: [ids[1]], isDeletionWished: true, at: morning, occasion: puenteID(8))

            for _ in 0..<2 {
                let outcomes = try await connector.tellErasures([told, deleted])
                #expect(outcomes == [.done(remoteID: ids[0]), .done(remoteID: ids[1])])
            }

            let kept = try #require(try await connector.contact(remoteID: ids[0]))
            #expect(kept.puenteID == nil && kept.fields["WhatsApp_Id"] == nil && kept.lastName == "Ana")
            let found = try await connector.contact(remoteID: ids[1])
            #expect(found == nil)
            let notes = try await rig.control("GET", "crm/zoho/activities")["data"] as? [NSDictionary]
            #expect(notes?.count == 1)
        }
    }

    @Test func `a channel is opened, seen by the check, and ended`() async throws {
        try await withSandbox { rig in
            let connector = try rig.connector(notificationToken: "a-token-of-our-own")
            _ = try await connector.prepare()
            let now = Timestamp(milliseconds: Int64(Date().timeIntervalSince1970 * 1000))
            let before = await connector.receiverStep()

            let url = "http://127.0.0.1:9/webhooks/crm/zoho"
            let next = try #require(try await connector.keepPush(to: url, now: now))
            let again = try await connector.keepPush(to: url, now: now)
            let during = await connector.receiverStep()
            try await connector.endPush()
            try await connector.endPush()

            #expect(before.isNoted)
            #expect(next - now > .hours(11) && next - now <= .hours(12))
            #expect(again != nil)
            #expect(during.isPassed && !during.isNoted)
            #expect(await connector.receiverStep().isNoted)
        }
    }

    @Test func `a channel that lapsed is opened anew`() async throws {
        try await withSandbox { rig in
            let connector = try rig.connector(notificationToken: "a-token-of-our-own")
            _ = try await connector.prepare()
            let url = "http://127.0.0.1:9/webhooks/crm/zoho"
            let now = Timestamp(milliseconds: Int64(Date().timeIntervalSince1970 * 1000))
            _ = try await connector.keepPush(to: url, now: now)

            try await rig.control("POST", "clock", #"{"advance_seconds": 90000}"#)
            let lapsed = await connector.receiverStep()
            let next = try #require(try await connector.keepPush(to: url, now: now + .hours(25)))

            #expect(lapsed.isNoted)
            #expect(next > now + .hours(25))
            let open = await connector.receiverStep()
            #expect(open.isPassed && !open.isNoted)
        }
    }
}

extension CheckStep {
    fileprivate var isNoted: Bool {
        if case .noted = outcome { true } else { false }
    }
}
