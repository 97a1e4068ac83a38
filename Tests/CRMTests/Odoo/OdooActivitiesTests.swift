import Domain
import Foundation
import Sandbox
import Testing

@testable import CRM
@testable import OutboundHTTP

@Suite(.timeLimit(.minutes(2))) struct OdooActivitiesTests {
    private func contact(_ bench: OdooBench) async throws -> String {
        let outcome = try await bench.upsert(
            ContactUpsert(puenteID: puenteID(900), firstName: "Ana", waID: "34600111222"))
        return try #require(outcome.first?.remoteID)
    }

    @Test(arguments: [16, 17, 18, 19])
    func `messages become notes that are brought up to date and found again`(version: Int) async throws {
        try await OdooBench.run(version: version) { bench in
            let id = try await contact(bench)
            let messages = (Int64(1)...20).map { number in
                // The seventh belongs to a partner that does not exist.
                activity(
                    number, remoteID: number == 7 ? "999999" : id, text: "<b>\(number)</b> & co",
                    at: morning + .seconds(number))
            }

            let recorded = try await bench.connector.recordActivities(messages)
            #expect(recorded.indices.filter { recorded[$0].remoteID == nil } == [6])
            guard case .failed(let gone) = recorded[6] else { return }
            #expect(gone.code == CallFailure.RecordCode.gone)

            let notes = try await bench.records("activities")
            #expect(notes.count == 19)
            #expect(notes.first?["date"] as? String == "2026-11-20 09:30:01")
            #expect(notes.map { ($0["date"] as? String) ?? "" } == notes.map { ($0["date"] as? String) ?? "" }.sorted())
            #expect((notes.first?["author_id"] as? NSArray)?.lastObject as? String == "Ana")
            #expect((notes.first?["subtype_id"] as? NSArray)?.lastObject as? String == "Note")
            #expect((notes.first?["body"] as? String)?.contains("&lt;b&gt;1&lt;/b&gt; &amp; co") == true)

            var sent = messages[0]
            sent.direction = .outbound
            sent.status = .read
            let remoteID = try #require(recorded[0].remoteID)
            let updated = try await bench.connector.updateActivities([
                ActivityUpdate(remoteID: remoteID, activity: sent)
            ])
            #expect(updated == [.done(remoteID: remoteID)])
            #expect((try await bench.records("activities").first?["body"] as? String)?.contains("read") == true)
            let found = try await bench.connector.findActivities(messages)
            #expect(found == recorded.map(\.remoteID))
        }
    }

    @Test func `a note without an answer is found, one that never left is not`() async throws {
        try await OdooBench.run { bench in
            let id = try await contact(bench)
            try await bench.faults(#"{"target": "odoo", "kind": "drop_answer", "path": "message_post", "count": 1}"#)
            let lost = await CallFailure.of { () throws(CallFailure) in
                try await bench.connector.recordActivities([activity(1, remoteID: id)])
            }
            #expect(lost?.kind == .unknown)

            let found = try await bench.connector.findActivities([activity(1, remoteID: id), activity(3, remoteID: id)])
            #expect(found[0] != nil)
            #expect(found[1] == nil)
        }
    }

    @Test func `the marker in the text finds a note whose id Odoo did not take`() async throws {
        try await OdooBench.run { bench in
            let id = try await contact(bench)
            bench.connector.api.memory.learn { $0.takesDates = false }
            let recorded = try await bench.connector.recordActivities([activity(1, remoteID: id)])
            let found = try await bench.connector.findActivities([activity(1, remoteID: id)])
            #expect(found == recorded.map(\.remoteID))
        }
    }

    @Test func `an Odoo that does not take dates is asked without them`() async throws {
        try await withServer { _, request in
            if let preface = odooPreface(request) { return preface }
            guard !request.text.contains(#""date""#) else {
                return .answer(
                    status: 422,
                    body:
                        #"{"name":"builtins.ValueError","message":"Those values are not supported when posting or notifying: date"}"#
                )
            }
            return answer(200, fixture: "odoo/json2_message_post.response.200.json")
        } _: { server, client in
            let connector = try odoo(server.url, client)
            let first = try await connector.recordActivities([activity(1, remoteID: "41")])
            let second = try await connector.recordActivities([activity(2, remoteID: "41")])
            #expect(first == [.done(remoteID: "981")] && second == first)
            #expect(server.requests.filter { $0.path.hasSuffix("message_post") }.count == 3)
        }
    }

    @Test func `a user without an e-mail address names a sender, from the first refusal on`() async throws {
        try await withServer { _, request in
            if let preface = odooPreface(request) { return preface }
            guard request.text.contains(#""email_from""#) else {
                return .answer(
                    status: 422,
                    body:
                        #"{"name":"odoo.exceptions.UserError","message":"Unable to send message, please configure the sender's email address."}"#
                )
            }
            return answer(200, fixture: "odoo/json2_message_post.response.200.json")
        } _: { server, client in
            let connector = try odoo(server.url, client)
            let first = try await connector.recordActivities([activity(1, remoteID: "41", direction: .outbound)])
            let second = try await connector.recordActivities([activity(2, remoteID: "41", direction: .outbound)])
            #expect(first == [.done(remoteID: "981")] && second == first)
            #expect(server.requests.filter { $0.path.hasSuffix("message_post") }.count == 3)
        }
    }

    @Test func `where notes may not be changed, only what went wrong is told, once`() async throws {
        try await OdooBench.run(version: 18) {
            $0.odoo.mayWriteMessages = false
        } _: { bench in
            let id = try await contact(bench)
            var message = activity(1, remoteID: id, direction: .outbound, status: .sent)
            let recorded = try await bench.connector.recordActivities([message])
            let remoteID = try #require(recorded[0].remoteID)

            message.status = .delivered
            let delivered = try await bench.connector.updateActivities([
                ActivityUpdate(remoteID: remoteID, activity: message)
            ])
            #expect(delivered == recorded)
            #expect(try await bench.records("activities").count == 1)
            message.status = .failed
            for _ in 0..<2 {
                _ = try await bench.connector.updateActivities([ActivityUpdate(remoteID: remoteID, activity: message)])
            }
            let notes = try await bench.records("activities")
            #expect(notes.count == 2)
            #expect((notes.last?["body"] as? String)?.contains("failed") == true)
            let found = try await bench.connector.findActivities([message])
            #expect(found == [remoteID])
        }
    }

    @Test func `a note that people deleted is gone, and its neighbour is written`() async throws {
        try await OdooBench.run { bench in
            let id = try await contact(bench)
            let recorded = try await bench.connector.recordActivities([activity(1, remoteID: id)])
            let remoteID = try #require(recorded[0].remoteID)
            let updated = try await bench.connector.updateActivities([
                ActivityUpdate(remoteID: "999999", activity: activity(2, remoteID: id)),
                ActivityUpdate(remoteID: remoteID, activity: activity(1, remoteID: id)),
            ])
            #expect(updated[1] == .done(remoteID: remoteID))
            guard case .failed(let failure) = updated[0] else { return }
            #expect(failure.code == CallFailure.RecordCode.gone)
        }
    }

    @Test func `a contact without a record waits for one`() async throws {
        try await OdooBench.run { bench in
            let outcomes = try await bench.connector.recordActivities([activity(1, remoteID: nil)])
            #expect(outcomes == [.failed(.notLinked)])
        }
    }

    @Test func `when Odoo throttles, nothing more of the batch is tried`() async throws {
        try await OdooBench.run { bench in
            let id = try await contact(bench)
            let other = try await bench.person(makes: #"{"name": "Luis"}"#)
            try await bench.faults(
                #"{"target": "odoo", "kind": "status", "status": 429, "retry_after": 9, "path": "message_post"}"#)
            let messages = (Int64(1)...20).map { activity($0, remoteID: $0 % 2 == 0 ? id : other) }
            let failure = await CallFailure.of { () throws(CallFailure) in
                try await bench.connector.recordActivities(messages)
            }
            #expect(failure?.kind == .throttled(retryAfter: .seconds(9)))
            #expect(bench.connector.headroom != nil)
        }
    }
}
