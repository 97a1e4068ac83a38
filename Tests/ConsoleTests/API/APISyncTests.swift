import Domain
import HTTPTypes
import Pipeline
import Store
import Testing

@testable import Console

@Suite struct `Sync in the API` {
    private static let path = "/api/v1/connections/hubspot"

    @Test func `tells what went from one side to the other, and puts it back`() async throws {
        try await APIWorld.run { world in
            let contact = try await world.synced(.crmWins, "Uno")

            let list = try await world.call(.get, "\(Self.path)/changes?kind=taken&field=note", key: "pk_reader")
            #expect(list.status == 200 && list.at("data", "0", "after")?.text == "Uno", "\(list.text)")
            #expect(list.at("data", "0", "contact")?.text == "\(contact)")
            let id = list.at("data", "0", "id")?.text ?? ""
            let body = #"{"changes": ["\#(id)"]}"#
            #expect(
                try await world.call(.post, "\(Self.path)/changes/put-back", key: "pk_reader", body: body).status == 403
            )
            let done = try await world.call(.post, "\(Self.path)/changes/put-back", key: "pk_ops", body: body)

            #expect(done.status == 200 && done.at("fields") == .integer(1), "\(done.text)")
            #expect(done.at("is_done") == .bool(true) && done.at("knows_fields") == .bool(true))
            #expect(try await world.store.contact(contact, in: world.workspace)?.note == "")
        }
    }

    @Test func `puts back a span, and names what is asked for wrongly`() async throws {
        try await APIWorld.run { world in
            _ = try await world.synced(.crmWins, "Uno")
            world.clock.advance(by: .minutes(1))
            let path = "\(Self.path)/changes/put-back"

            for body in ["{}", #"{"from": "2026-11-18T00:00:00Z"}"#, #"{"contact": "0000000000001", "changes": []}"#] {
                #expect(try await world.call(.post, path, body: body).status == 422, "\(body)")
            }
            let body = #"{"from": "2026-11-01T00:00:00Z", "to": "2027-01-01T00:00:00Z"}"#
            let done = try await world.call(.post, path, body: body)

            #expect(done.at("fields") == .integer(1) && done.at("contacts") == .integer(1), "\(done.text)")
            #expect(try await world.call(.post, path, body: body).at("fields") == .integer(0))
        }
    }

    @Test func `lists conflicts and decides them`() async throws {
        try await APIWorld.run { world in
            _ = try await world.synced(.ask, "Uno", ours: "Dos")
            let list = try await world.call(.get, "\(Self.path)/conflicts", key: "pk_reader")
            #expect(list.at("data", "0", "ours")?.text == "Dos" && list.at("data", "0", "theirs")?.text == "Uno")
            #expect(list.at("data", "0", "reason")?.text == "ask", "\(list.text)")
            let id = list.at("data", "0", "id")?.text ?? ""
            let path = "\(Self.path)/conflicts/resolve"

            let wrong = #"{"conflicts": ["\#(id)"], "choice": "ours", "value": "x"}"#
            #expect(try await world.call(.post, path, body: wrong).faults == ["/value"])
            let done = try await world.call(
                .post, path, key: "pk_ops", body: #"{"conflicts": ["\#(id)"], "choice": "value", "value": "Tres"}"#)

            #expect(done.at("resolved") == .integer(1) && done.at("refused") == .array([]), "\(done.text)")
            #expect(try await world.call(.get, "\(Self.path)/conflicts").at("data") == .array([]))
        }
    }

    @Test func `says how a connection does, and compares everything`() async throws {
        try await APIWorld.run { world in
            let before = try await world.call(.get, "\(Self.path)/health", key: "pk_reader")
            #expect(before.status == 200 && before.at("comparison") == .null, "\(before.text)")
            #expect(before.at("rate_left", "remaining") == .integer(80))
            _ = try await world.synced(.crmWins, "Uno")

            let asked = try await world.call(.post, "\(Self.path)/compare", key: "pk_ops")
            #expect(asked.status == 202 && asked.at("comparison", "state")?.text == "due", "\(asked.text)")
            #expect(asked.at("changes", "taken") == .integer(1))
            #expect(try await world.call(.get, "/api/v1/connections/nobody/health").status == 404)
        }
    }
}

extension APIWorld {
    /// A contact with a record whose note says something.
    /// - Parameter ours: what the contact's own note says before.
    fileprivate func synced(_ rule: SyncRule, _ theirs: String, ours: String? = nil) async throws -> ContactID {
        let rows = [MappingRow(local: .note, remote: "f", direction: .both, rule: rule)]
        try await store.saveMapping(FieldMapping(rows), of: crm, expecting: nil, by: "Ana", in: workspace)
        let made = try await call(.post, "/api/v1/contacts", body: #"{"phone": "+525512345678"}"#)
        let contact = try #require(made.at("id")?.text.flatMap { ContactID($0) }, "\(made.text)")
        if let ours {
            _ = try await store.editContact(contact, ContactEdit(note: ours), by: "Ana", in: workspace)
        }
        try await store.link([(contact, "51")], grip: try #require(grips.first { $0.lane == .connection(crm) }))
        _ = try await store.merge(
            [SyncRecord(contact: contact, remoteID: "51", fields: ["f": theirs], modifiedAt: nil)],
            SyncTurn(crm, in: workspace, cause: .webhook, actor: "HubSpot"),
            context: .ofServer(publicURL: nil, region: "MX"), gives: .now)
        return contact
    }
}
