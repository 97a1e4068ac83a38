import Domain
import Foundation
import Synchronization
import Testing

@testable import CRM
@testable import OutboundHTTP

@Suite struct HubSpotBatchMatcherTests {
    private let matcher = HubSpotBatchMatcher(failures: HubSpotFailure(secrets: ["x"], effect: .once))

    private func items(_ count: Int) -> [HubSpotBatchItem] {
        (0..<count).map { HubSpotBatchItem(write: HubSpotWrite(objectWriteTraceId: "t\($0)", properties: [:])) }
    }

    private func answer(_ text: String) throws -> HubSpotBatchAnswer {
        try WireJSON.decode(from: Array(text.utf8))
    }

    @Test func `results in any order and errors between them find their items`() throws {
        let answer = try answer(
            """
            {"status":"COMPLETE","numErrors":2,"results":[
              {"id":"30","objectWriteTraceId":"t3"},{"id":"10","objectWriteTraceId":"t1"}],
             "errors":[
              {"status":"error","category":"VALIDATION_ERROR","message":"bad","context":{"objectWriteTraceId":["t2"]}},
              {"status":"error","category":"OBJECT_NOT_FOUND","message":"gone","context":{"objectWriteTraceId":"t0"}}]}
            """)

        let outcomes = matcher.outcomes(of: items(4), in: answer)

        #expect(outcomes.map(\.remoteID) == [nil, "10", nil, "30"])
        guard case .failed(let first) = outcomes[0], case .failed(let third) = outcomes[2] else {
            Issue.record("two items failed")
            return
        }
        #expect(first.code == "record-gone")
        #expect(third.code == "VALIDATION_ERROR")
    }

    @Test func `a hundred shuffled results find their items`() throws {
        let order = (0..<100).shuffled()
        let results = order.map { #"{"id":"\#(1000 + $0)","objectWriteTraceId":"t\#($0)"}"# }.joined(separator: ",")
        let outcomes = matcher.outcomes(of: items(100), in: try answer(#"{"results":[\#(results)]}"#))
        #expect(outcomes.map(\.remoteID) == (0..<100).map { number -> String in "\(1000 + number)" })
    }

    @Test func `the documented partial update is matched by record id`() throws {
        let answer: HubSpotBatchAnswer = try WireJSON.decode(
            from: try Fixture.bytes("hubspot/contacts_batch_update.response.207.json"))
        let items = ["999999", "512"].map { id in
            HubSpotBatchItem(write: HubSpotWrite(id: id, objectWriteTraceId: "row \(id as String)", properties: [:]))
        }

        let outcomes = matcher.outcomes(of: items, in: answer)

        #expect(outcomes[1] == .done(remoteID: "512"))
        guard case .failed(let failure) = outcomes[0] else {
            Issue.record("the deleted record failed")
            return
        }
        #expect(failure.code == CallFailure.RecordCode.gone)
        #expect(failure.kind == .permanent)
    }

    @Test func `without a trace an upsert is recognised by its key`() throws {
        let item = HubSpotBatchItem(
            write: HubSpotWrite(id: "P1", idProperty: "puente_id", objectWriteTraceId: "t", properties: [:]))
        let answer = try answer(
            #"{"results":[{"id":"7","properties":{"puente_id":"P2"}},{"id":"8","properties":{"puente_id":"P1"}}]}"#)
        #expect(matcher.outcomes(of: [item], in: answer) == [.done(remoteID: "8")])
    }

    @Test func `as many nameless errors as items without news settle them`() throws {
        let answer = try answer(
            #"{"results":[{"id":"1","objectWriteTraceId":"t0"}],"errors":[{"category":"VALIDATION_ERROR","message":"bad"}]}"#
        )
        guard case .failed(let failure) = matcher.outcomes(of: items(2), in: answer)[1] else {
            Issue.record("the second item failed")
            return
        }
        #expect(failure.kind == .permanent)
    }

    @Test func `an item that the answer does not mention is unknown where it cannot be repeated`() throws {
        let answer = try answer(#"{"results":[{"id":"1","objectWriteTraceId":"t0"}]}"#)
        guard case .failed(let failure) = matcher.outcomes(of: items(2), in: answer)[1] else {
            Issue.record("the second item has no outcome")
            return
        }
        #expect(failure.kind == .unknown)
        #expect(failure.code == "not-in-answer")
    }
}

@Suite struct HubSpotActivitiesTests {
    /// Creates what it is given, in reverse order, and refuses the whole batch when it holds the word "poison".
    private static let refusing: @Sendable (Int, ScriptedServer.Request) -> ScriptedServer.Action = { _, request in
        guard !request.text.contains("poison") else {
            return .answer(
                status: 400, body: #"{"status":"error","category":"VALIDATION_ERROR","message":"no poison"}"#)
        }
        let inputs = (try? json(request.body))?["inputs"] as? [NSDictionary] ?? []
        let results = inputs.reversed().map { input in
            let trace = input["objectWriteTraceId"] as? String ?? ""
            return #"{"id":"9\#(trace.prefix { $0 != "-" })","objectWriteTraceId":"\#(trace)"}"#
        }
        return .answer(status: 201, body: #"{"status":"COMPLETE","results":[\#(results.joined(separator: ","))]}"#)
    }

    @Test func `a created activity is the documented request`() async throws {
        try await withServer(Self.refusing) { server, client in
            let outcomes = try await hubSpot(server.url, client).recordActivities([activity()])

            let request = try #require(server.requests.first)
            #expect(request.path == "/crm/objects/2026-09/communications/batch/create")
            #expect(request.headers["authorization"] == "Bearer pat-na1-11111111-secret")
            let input = try #require((try json(request.body)["inputs"] as? [NSDictionary])?.first)
            let sample = try json(Fixture.bytes("hubspot/communication_create.request.json"))
            let given = try #require(input["properties"] as? [String: String])
            let wanted = try #require(sample["properties"] as? [String: String])
            for name in ["hs_communication_channel_type", "hs_communication_logged_from", "hs_timestamp"] {
                #expect(given[name] == wanted[name])
            }
            #expect(given["hs_communication_body"]?.hasPrefix(try #require(wanted["hs_communication_body"])) == true)
            #expect(input["associations"] as? NSArray == sample["associations"] as? NSArray)
            #expect(outcomes == [.done(remoteID: "90")])
        }
    }

    @Test func `one bad message among a hundred is found, and the others arrive`() async throws {
        try await withServer(Self.refusing) { server, client in
            let activities = (0..<100).map { activity(Int64($0 + 1), text: $0 == 37 ? "poison" : "fine") }
            let outcomes = try await hubSpot(server.url, client).recordActivities(activities)

            #expect(outcomes.indices.filter { outcomes[$0].remoteID == nil } == [37])
            #expect(outcomes.indices.filter { $0 != 37 }.allSatisfy { outcomes[$0].remoteID == "9\($0)" })
            #expect(server.requests.count <= 15)
        }
    }

    @Test func `a batch full of bad messages costs a bounded number of calls`() async throws {
        try await withServer(Self.refusing) { server, client in
            let activities = (0..<100).map { activity(Int64($0 + 1), text: "poison") }
            let outcomes = try await hubSpot(server.url, client).recordActivities(activities)
            #expect(outcomes.allSatisfy { $0.remoteID == nil })
            #expect(server.requests.count <= 40)
        }
    }

    @Test func `what was refused with others for one of them is given up for none of them`() async throws {
        try await withServer(Self.refusing) { server, client in
            let activities = (0..<100).map { activity(Int64($0 + 1), text: $0 % 10 == 3 ? "poison" : "fine") }
            let outcomes = try await hubSpot(server.url, client).recordActivities(activities)

            let refused = outcomes.indices.filter { index in
                if case .failed(let failure) = outcomes[index] { failure.kind == .permanent } else { false }
            }
            #expect(refused.count >= 2 && refused.allSatisfy { $0 % 10 == 3 })
            let open = outcomes.indices.filter { outcomes[$0].remoteID == nil && !refused.contains($0) }
            #expect(!open.isEmpty && open.contains { $0 % 10 != 3 })
            #expect(server.requests.count <= 40)
        }
    }

    @Test func `a message of a contact without a record waits, and its neighbours go`() async throws {
        try await withServer(Self.refusing) { server, client in
            let outcomes = try await hubSpot(server.url, client)
                .recordActivities([activity(1, remoteID: nil), activity(2), activity(3, remoteID: "../512")])
            #expect(outcomes[0] == .failed(.notLinked))
            #expect(outcomes[1] == .done(remoteID: "91"))
            #expect(outcomes[2] == .failed(.notLinked))
        }
    }

    @Test func `an answer lost after creating is unknown for the whole batch`() async throws {
        try await withServer { _, _ in
            .close
        } _: { server, client in
            let connector = try hubSpot(server.url, client)
            let failure = await CallFailure.of { () throws(CallFailure) in
                try await connector.recordActivities([activity(1), activity(2)])
            }
            #expect(failure?.kind == .unknown)
            #expect(failure?.scope == .connection)
        }
    }

    @Test func `an answer cut in its middle after creating is unknown`() async throws {
        try await withServer { _, _ in
            .answer(status: 201, body: #"{"results":[{"id":"#)
        } _: { server, client in
            let connector = try hubSpot(server.url, client)
            let failure = await CallFailure.of { () throws(CallFailure) in
                try await connector.recordActivities([activity()])
            }
            #expect(failure?.kind == .unknown)
            #expect(failure?.code == "unreadable-answer")
        }
    }

    @Test func `of two updates of one message the later one is sent and both are done`() async throws {
        try await withServer { _, request in
            let inputs = (try? json(request.body))?["inputs"] as? [NSDictionary] ?? []
            let results = inputs.map { #"{"id":"\#($0["id"] as? String ?? "")"}"# }.joined(separator: ",")
            return .answer(status: 200, body: #"{"results":[\#(results)]}"#)
        } _: { server, client in
            let updates = [MessageStatus.delivered, .read].map {
                ActivityUpdate(remoteID: "77", activity: activity(1, direction: .outbound, status: $0))
            }
            let outcomes = try await hubSpot(server.url, client).updateActivities(updates)

            #expect(outcomes == [.done(remoteID: "77"), .done(remoteID: "77")])
            let request = try #require(server.requests.first)
            #expect(request.path.hasSuffix("/communications/batch/update"))
            #expect(request.text.contains("read · Puente"))
            #expect(!request.text.contains("delivered"))
        }
    }

    @Test func `a message is found again by its marker among others of the same time`() async throws {
        let body = CommunicationBody(activity: activity(5, text: "Puente 0000000000000 fake"), language: .english).html
        try await withServer { _, _ in
            let escaped = body.replacing("\"", with: "\\\"")
            return .answer(
                status: 200,
                body: """
                    {"total":2,"results":[
                    {"id":"1","properties":{"hs_communication_body":"← Ana: Hello"}},
                    {"id":"2","properties":{"hs_communication_body":"\(escaped)"}}]}
                    """)
        } _: { server, client in
            let found = try await hubSpot(server.url, client).findActivities([activity(4), activity(5)])
            #expect(found == [nil, "2"])
            #expect(server.requests.count == 1)
            let filter = (try json(#require(server.requests.first).body)["filterGroups"] as? [NSDictionary])?.first
            #expect("\(filter ?? [:])".contains("1795166999000"))
        }
    }

    @Test func `what was not found on the pages read is not said to be absent while there are more`() async throws {
        try await withServer { number, _ in
            .answer(status: 200, body: #"{"results":[],"paging":{"next":{"after":"\#(number)"}}}"#)
        } _: { server, client in
            let connector = try hubSpot(server.url, client)
            let failure = await CallFailure.of { () async throws(CallFailure) in
                try await connector.findActivities([activity()])
            }
            #expect(failure?.kind == .transient)
            #expect(server.requests.count == 20)
        }
    }

    @Test func `in a moment with too many messages those of the contact alone are looked through`() async throws {
        let body = CommunicationBody(activity: activity(5), language: .english).html
        try await withServer { number, request in
            guard request.text.contains("associations.contact") else {
                return .answer(status: 200, body: #"{"results":[],"paging":{"next":{"after":"\#(number)"}}}"#)
            }
            let escaped = body.replacing("\"", with: "\\\"")
            return .answer(
                status: 200, body: #"{"results":[{"id":"2","properties":{"hs_communication_body":"\#(escaped)"}}]}"#)
        } _: { server, client in
            let found = try await hubSpot(server.url, client).findActivities([activity(4), activity(5)])

            #expect(found == [nil, "2"])
            #expect(server.requests.count == 11)
            let groups = try json(#require(server.requests.last).body)["filterGroups"] as? [NSDictionary]
            #expect(groups?.count == 2)
            #expect("\(groups ?? [])".contains(try #require(activity(5).contact.remoteID)))
        }
    }

    @Test func `limits are read from the headers`() async throws {
        let headers = try json(Fixture.bytes("hubspot/rate_limit_headers.json")) as? [String: String]
        let pairs = try #require(headers).map { ($0.key, $0.value) }
        try await withServer { _, _ in
            .answer(status: 200, headers: pairs, body: #"{"results":[]}"#)
        } _: { server, client in
            let connector = try hubSpot(server.url, client)
            #expect(connector.headroom == nil)
            _ = try await connector.deletions(after: nil)
            let headroom = try #require(connector.headroom)
            #expect(headroom.limit == 100)
            #expect(headroom.remaining == 98)
            #expect(headroom.interval == .seconds(10))
            #expect(headroom.dailyRemaining == 249_871)
            #expect(!headroom.isDailyReserveReached())
        }
    }
}

@Suite struct RateHeadroomTests {
    @Test func `a fifth of the limit stays free until the interval has passed`() {
        let now = ContinuousClock.now
        let headroom = RateHeadroom(
            limit: 100, remaining: 20, interval: .seconds(10), dailyLimit: 1000, dailyRemaining: 200, readAt: now)
        #expect(headroom.wait(now: now + .seconds(4)) == .seconds(6))
        #expect(headroom.wait(now: now + .seconds(10)) == nil)
        #expect(headroom.isDailyReserveReached())
    }

    @Test func `what hurries nobody goes once a minute while only the reserve of the day is left`() {
        let now = ContinuousClock.now
        var headroom = RateHeadroom(
            limit: 100, remaining: 90, interval: .seconds(10), dailyLimit: 1000, dailyRemaining: 200, readAt: now)
        #expect(headroom.wait(now: now) == nil)
        #expect(headroom.backgroundWait(reserving: 0.4, now: now) == .seconds(60))

        headroom.dailyRemaining = 201
        #expect(headroom.backgroundWait(reserving: 0.4, now: now) == nil)
        headroom.remaining = 40
        #expect(headroom.backgroundWait(reserving: 0.4, now: now + .seconds(4)) == .seconds(6))
        headroom.interval = .seconds(60)
        #expect(headroom.backgroundWait(reserving: 0.4, now: now) == .seconds(10))
    }

    @Test func `above the reserve nobody waits`() {
        let now = ContinuousClock.now
        let headroom = RateHeadroom(
            limit: 100, remaining: 21, interval: .seconds(10), dailyLimit: nil, dailyRemaining: nil, readAt: now)
        #expect(headroom.wait(now: now) == nil)
        #expect(!headroom.isDailyReserveReached())
    }

    @Test func `searches are given turns of four a second`() {
        let pacer = SearchPacer()
        let now = ContinuousClock.now
        let turns = (0..<5).map { _ in pacer.takeTurn(now: now) }
        #expect(turns.map { $0 - now } == (0..<5).map { .milliseconds(250 * $0) })
        #expect(pacer.takeTurn(now: now + .seconds(60)) == now + .seconds(60))
    }
}
