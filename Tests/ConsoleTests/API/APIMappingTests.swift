import Domain
import HTTPTypes
import Store
import Testing

@testable import Console

/// The mapping of a connection, for programs.
@Suite struct `Mappings over the API` {
    private static let path = "/api/v1/connections/hubspot/mapping"
    private static let rows = #"""
        {"rows":[{"local":"first_name","remote":"firstname","direction":"both","rule":"crm_wins","transforms":[],
        "fallback":null,"enabled":true},
        {"local":"email","remote":"email","direction":"both","rule":"newest",
        "transforms":[{"kind":"letters","form":"lower"}]}]}
        """#

    @Test func `it is set and read, with the version that the next change is decided upon`() async throws {
        try await APIWorld.run { world in
            let empty = try await world.call(.get, Self.path)
            #expect(empty.status == 200 && empty.headers["etag"] == "\"none\"")
            #expect(empty.at("rows") == .array([]) && empty.at("mapped") == .integer(0))

            let set = try await world.call(.put, Self.path, body: Self.rows, headers: ["if-match": "\"none\""])
            #expect(set.status == 200)
            #expect(set.at("rows", "1", "transforms", "0", "form")?.text == "lower")
            #expect(set.at("updated_by")?.text == "admin" && set.at("problems") == .array([]))
            let read = try await world.call(.get, Self.path)
            #expect(read.headers["etag"] == "\"1\"" && read.at("rows") == set.at("rows"))

            let late = try await world.call(.put, Self.path, body: Self.rows, headers: ["if-match": "\"none\""])
            #expect(late.status == 412 && late.code == "changed_meanwhile")
            #expect(try await world.call(.put, Self.path, body: Self.rows).headers["etag"] == "\"2\"")
        }
    }

    @Test func `only an administrator's key sets it`() async throws {
        try await APIWorld.run { world in
            let refused = try await world.call(.put, Self.path, key: "pk_ops", body: Self.rows)
            let read = try await world.call(.get, Self.path, key: "pk_reader")
            let unknown = try await world.call(.get, "/api/v1/connections/nobody/mapping")
            #expect([refused.status, read.status, unknown.status] == [403, 200, 404])
        }
    }

    @Test func `what does not fit is refused with its row`() async throws {
        try await APIWorld.run { world in
            for (body, fault) in [
                (#"{}"#, "/rows"),
                (#"{"rows":[{"local":"x","remote":"email","direction":"both","rule":"ask"}]}"#, "/rows/0/local"),
                (#"{"rows":[{"local":"email","remote":"email","direction":"up","rule":"ask"}]}"#, "/rows/0/direction"),
                (#"{"rows":[{"local":"email","remote":"gone","direction":"both","rule":"ask"}]}"#, "/rows/0"),
                (#"{"rows":[{"local":"page","remote":"email","direction":"both","rule":"ask"}]}"#, "/rows/0"),
                (
                    #"{"rows":[{"local":"email","remote":"email","direction":"both","rule":"ask","transforms":[{"kind":"part","part":0,"separator":" "}]}]}"#,
                    "/rows/0/transforms/0/part"
                ),
            ] {
                let refused = try await world.call(.put, Self.path, body: body)
                #expect(refused.status == 422)
                #expect(refused.faults.first == fault)
            }
        }
    }

    @Test func `what may not be meant is said with its row, and counts`() async throws {
        try await APIWorld.run { world in
            let rows = #"""
                {"rows":[{"local":"first_name","remote":"hs_note","direction":"to_crm","rule":"puente_wins"},
                {"local":"note","remote":"hs_note","direction":"from_crm","rule":"crm_wins"}]}
                """#

            let set = try await world.call(.put, Self.path, body: rows)

            #expect(set.status == 200 && set.at("problems") == .array([]) && set.at("mapped") == .integer(2))
            #expect(set.at("warnings", "0", "row") == .integer(0))
            #expect(set.at("warnings", "0", "detail")?.text?.isEmpty == false)
        }
    }

    @Test func `the CRM's fields are listed, and a CRM that cannot be asked is said`() async throws {
        try await APIWorld.run { world in
            let fields = try await world.call(.get, "/api/v1/connections/hubspot/fields")
            #expect(fields.at("data", "1", "name")?.text == "email" && fields.at("data", "1", "type")?.text == "email")
            #expect(fields.at("takes_any_field") == .bool(false))

            world.account.change { $0.failure = SampleCRM.away }
            world.clock.advance(by: .minutes(6))
            let away = try await world.call(.get, "/api/v1/connections/hubspot/fields")
            #expect(away.status == 503 && away.code == "crm_unavailable")
        }
    }

    @Test func `it is tried with a contact, also before it is kept`() async throws {
        try await APIWorld.run { world in
            let made = try await world.call(
                .post, "/api/v1/contacts", body: #"{"name":"Ana","phone":"+34600111222"}"#)
            let id = try #require(made.at("id")?.text)
            let contact = try #require(ContactID(id))
            let grip = try #require(world.grips.first { $0.lane == .connection(world.crm) })
            try await world.store.link([(contact: contact, remoteID: "51")], grip: grip)
            world.account.change { $0.record = ["firstname": "Eva", "email": ""] }
            let rows = String(Self.rows.dropFirst())

            let tried = try await world.call(
                .post, "\(Self.path)/try", key: "pk_reader", body: #"{"contact":"\#(id)","# + rows)

            #expect(tried.status == 200)
            #expect(tried.at("rows", "0", "verdict")?.text == "taken")
            #expect(tried.at("rows", "0", "ours", "after")?.text == "Eva")
            #expect(tried.at("rows", "1", "verdict")?.text == "silent")
            let kept = try await world.call(.post, "\(Self.path)/try", body: #"{"contact":"\#(id)"}"#)
            #expect(kept.at("rows") == .array([]))
            #expect(
                try await world.call(.post, "\(Self.path)/try", body: #"{"contact":"0000000000001"}"#).status == 404)
        }
    }
}
