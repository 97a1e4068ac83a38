import Domain
import Foundation
import Sandbox
import Testing

@testable import CRM
@testable import OutboundHTTP

@Suite(.timeLimit(.minutes(2))) struct OdooCheckTests {
    private func notes(_ steps: [CheckStep]) -> [CheckStep.Name] {
        steps.compactMap { if case .noted = $0.outcome { $0.name } else { nil } }
    }

    @Test(arguments: [16, 17, 18, 19])
    func `it is checked, prepared and passes`(version: Int) async throws {
        try await OdooBench.run(version: version) { bench in
            let before = await bench.connector.check()
            #expect(before.allSatisfy { $0.isPassed })
            #expect(notes(before) == [.fields])

            let created = try await bench.connector.prepare()
            let again = try await bench.connector.prepare()
            let after = await bench.connector.check()

            #expect(created == OdooField.allCases.map(\.rawValue))
            #expect(again == [])
            #expect(after.map(\.name) == [.reach, .credential, .permissions, .fields, .limits])
            #expect(notes(after) == [] && after.allSatisfy { $0.isPassed })
            try await bench.connector.ping()
            let pages = try #require(try await bench.connector.pages())
            #expect(pages.contact.hasSuffix(version >= 18 ? "/odoo/res.partner/" : "&view_type=form&id="))
        }
    }

    @Test func `missing rights are named, with what an administrator can do`() async throws {
        try await OdooBench.run(version: 18) {
            $0.odoo.mayCreateFields = false
            $0.odoo.mayWriteMessages = false
        } _: { bench in
            let created = try await bench.connector.prepare()
            #expect(created == [])
            let steps = await bench.connector.check()
            #expect(steps.allSatisfy { $0.isPassed })
            #expect(notes(steps) == [.permissions, .fields])
        }
    }

    @Test func `a key that ends soon is told of`() async throws {
        try await OdooBench.run(version: 19) {
            $0.odoo.keyEndsInDays = 12
        } _: { bench in
            #expect(notes(await bench.connector.check()) == [.credential, .fields])
        }
    }

    @Test(arguments: [17, 19])
    func `a dead key is the account's trouble`(version: Int) async throws {
        try await OdooBench.run(version: version) { bench in
            _ = try await bench.connector.api.session()
            try await bench.faults(#"{"target": "odoo", "kind": "token_death"}"#)
            let failure = await CallFailure.of { () throws(CallFailure) in try await bench.connector.ping() }
            #expect(failure?.kind == .accountWide && failure?.scope == .credential)
            let steps = await bench.connector.check()
            #expect(steps.last?.name == .credential && steps.last?.isPassed == false)
        }
    }

    @Test func `a user whose id changed is signed in anew, once`() async throws {
        try await OdooBench.run(version: 17) { bench in
            bench.connector.api.memory.learn {
                $0.session = OdooSession(interface: .jsonRPC, majorVersion: 17, uid: 77)
            }
            try await bench.connector.ping()
            let user = try await bench.connector.api.session().uid
            #expect(user == 4)
        }
    }

    @Test func `an older Odoo needs a database and a user`() async throws {
        try await OdooBench.run(version: 17) { bench in
            let settings = try OdooSettings(baseURL: bench.base + "/odoo", key: "sandbox-token")
            let steps = await OdooConnector(settings: settings, client: bench.client).check()
            guard case .failed(_, let remedy)? = steps.last?.outcome else {
                Issue.record("nothing was missed")
                return
            }
            #expect(remedy.en.contains("crm.NAME.username"))
            let wrong = try OdooSettings(baseURL: bench.base + "/odoo", database: "x", username: "u", key: "k")
            let failed = await OdooConnector(settings: wrong, client: bench.client).check()
            guard case .failed(_, let other)? = failed.last?.outcome else { return }
            #expect(other.en.contains("crm.NAME.database"))
        }
    }

    @Test func `an address without Odoo is said to be one`() async throws {
        try await withServer { _, _ in
            .answer(status: 404, body: "<html>")
        } _: { server, client in
            let steps = await (try odoo(server.url, client)).check()
            guard case .failed(_, let remedy)? = steps.last?.outcome else { return }
            #expect(remedy.en.contains("crm.NAME.base_url"))
        }
    }

    @Test func `few calls go at once, and a limit that was met is known`() async throws {
        let pacer = OdooPacer(callsPerSecond: nil)
        #expect(pacer.headroom() == nil)
        for _ in 0..<OdooPacer.maxCalls { try await pacer.enter() }
        let waiting = Task { () async -> Bool in
            do throws(CallFailure) {
                try await pacer.enter()
                return true
            } catch {
                return false
            }
        }
        waiting.cancel()
        #expect(await waiting.value == false)
        pacer.noteRefusal()
        #expect(pacer.headroom()?.limit == OdooPacer.maxCalls - 1)
        #expect(pacer.headroom()?.remaining == 0)
        pacer.leave()
        try await pacer.enter()
    }
}

@Suite(.timeLimit(.minutes(2))) struct OdooErasureTests {
    private func erasure(_ remoteIDs: [String], deletes: Bool = false) -> ContactErasure {
        ContactErasure(
            puenteID: puenteID(900), remoteIDs: remoteIDs, isDeletionWished: deletes, at: morning, occasion: puenteID(7)
        )
    }

    @Test func `told of an erasure, our fields are emptied and a note says why, once`() async throws {
        try await OdooBench.run { bench in
            _ = try await bench.connector.prepare()
            let made = try await bench.upsert(
                ContactUpsert(puenteID: puenteID(900), firstName: "Ana", waID: "34600111222"))
            let id = try #require(made.first?.remoteID)

            for remoteIDs in [[id], []] {
                let outcomes = try await bench.connector.tellErasures([erasure(remoteIDs)])
                #expect(outcomes[0].remoteID != nil)
            }

            let record = try #require(try await bench.records("contacts").first)
            #expect(record["x_puente_id"] as? Bool == false && record["x_whatsapp_id"] as? Bool == false)
            #expect(record["name"] as? String == "Ana")
            let notes = try await bench.records("activities")
            #expect(notes.count == 1)
            #expect((notes.first?["body"] as? String)?.contains(puenteID(7)) == true)
        }
    }

    @Test func `asked to delete, the partner goes, again is as good, and one that is needed is a person's work`()
        async throws
    {
        try await OdooBench.run { bench in
            let id = try await bench.person(makes: #"{"name": "Ana"}"#)
            for _ in 0..<2 {
                let told = try await bench.connector.tellErasures([erasure([id], deletes: true)])
                #expect(told == [.done(remoteID: id)])
            }
            #expect(try await bench.records("contacts").isEmpty)
            // Marta Gil's own partner.
            let refused = try await bench.connector.tellErasures([erasure(["3"], deletes: true)])
            guard case .failed(let failure) = refused[0] else {
                Issue.record("it was deleted")
                return
            }
            #expect(failure.kind == .permanent && failure.advice.en.contains("Archive it"))
        }
    }
}
