import Foundation
import Testing

@testable import Sandbox

@Suite(.timeLimit(.minutes(1))) struct HubSpotSearchTests {
    private static let people: [JSON] = [
        ["firstname": "Ana", "lastname": "López", "email": "ana@x.example", "mobilephone": "+34600111222"],
        ["firstname": "Luis", "phone": "+52 55 1234 5678", "company": "Río SA"],
        ["firstname": "Marta", "hs_whatsapp_phone_number": "+34 600 333 444"],
    ]

    private static func names(_ api: TestAPI, _ filters: JSON, _ more: JSON = [:]) async throws -> [String] {
        var body: JSON = ["filterGroups": filters, "properties": ["firstname"]]
        for member in more.members?.members ?? [] { body[member.key] = member.value }
        let reply = try await api.post(TestAPI.contacts + "/search", body)
        #expect(reply.status == 200, "\(reply.text)")
        return try reply.json["results"]?.items?.compactMap { $0.at("properties/firstname")?.text } ?? []
    }

    private static func filter(_ name: String, _ comparison: String, _ value: JSON? = nil, values: JSON? = nil) -> JSON
    {
        [["filters": [["propertyName": JSON(name), "operator": JSON(comparison), "value": value, "values": values]]]]
    }

    static let searches: [(filters: JSON, names: [String])] = [
        (filter("firstname", "EQ", "ana"), ["Ana"]), (filter("firstname", "NEQ", "ana"), ["Luis", "Marta"]),
        (filter("firstname", "IN", values: ["ana", "marta"]), ["Ana", "Marta"]),
        (filter("firstname", "NOT_IN", values: ["ana"]), ["Luis", "Marta"]),
        (filter("email", "HAS_PROPERTY"), ["Ana"]), (filter("email", "NOT_HAS_PROPERTY"), ["Luis", "Marta"]),
        (filter("hs_searchable_calculated_mobile_number", "EQ", "600111222"), ["Ana"]),
        (filter("hs_searchable_calculated_phone_number", "EQ", "5512345678"), ["Luis"]),
        (filter("hs_searchable_calculated_international_phone_number", "EQ", "525512345678"), ["Luis"]),
        (filter("hs_whatsapp_phone_number", "CONTAINS_TOKEN", "*444"), ["Marta"]),
        (filter("company", "CONTAINS_TOKEN", "río"), ["Luis"]),
        (filter("company", "NOT_CONTAINS_TOKEN", "río"), ["Ana", "Marta"]),
        (filter("createdate", "GTE", "0"), ["Ana", "Luis", "Marta"]), (filter("createdate", "LT", "2020-01-01"), []),
        (
            [
                ["filters": [["propertyName": "firstname", "operator": "EQ", "value": "Ana"]]],
                [
                    "filters": [
                        ["propertyName": "firstname", "operator": "EQ", "value": "Luis"],
                        ["propertyName": "company", "operator": "HAS_PROPERTY"],
                    ]
                ],
            ], ["Ana", "Luis"]
        ),
    ]

    @Test(arguments: searches)
    func `contacts are found by what they have`(filters: JSON, names: [String]) async throws {
        try await TestSandbox.run { api in
            for person in Self.people { _ = try await api.post(TestAPI.contacts, ["properties": person]) }

            #expect(try await Self.names(api, filters) == names)
        }
    }

    @Test func `results are sorted and paged`() async throws {
        try await TestSandbox.run { api in
            for person in Self.people { _ = try await api.post(TestAPI.contacts, ["properties": person]) }
            let sorts: JSON = ["sorts": [["propertyName": "firstname", "direction": "DESCENDING"]], "limit": 2]

            let first = try await api.post(TestAPI.contacts + "/search", sorts).json
            var next = sorts
            next["after"] = first.at("paging/next/after")
            let second = try await api.post(TestAPI.contacts + "/search", next).json

            #expect(first["total"]?.wholeNumber == 3)
            #expect(first["results"]?.items?.map { $0.at("properties/firstname")?.text } == ["Marta", "Luis"])
            #expect(second["results"]?.items?.map { $0.at("properties/firstname")?.text } == ["Ana"])
            #expect(second["paging"] == nil)
        }
    }

    @Test func `free text looks into names and numbers`() async throws {
        try await TestSandbox.run { api in
            for person in Self.people { _ = try await api.post(TestAPI.contacts, ["properties": person]) }

            #expect(try await Self.names(api, [], ["query": "lópez"]) == ["Ana"])
            #expect(try await Self.names(api, [], ["query": "600333"]) == [])
        }
    }

    @Test func `the index shows a change later, a read at once`() async throws {
        try await TestSandbox.run({ $0.searchIndexDelay = .seconds(3600) }) { api in
            let id = try #require(
                try await api.post(TestAPI.contacts, ["properties": ["firstname": "Ana"]]).json["id"]?.text)
            #expect(try await Self.names(api, Self.filter("firstname", "EQ", "ana")) == [])
            #expect(try await api.get("\(TestAPI.contacts)/\(id)").status == 200)

            _ = try await api.post("/sandbox/clock", ["advance_seconds": 3601])
            #expect(try await Self.names(api, Self.filter("firstname", "EQ", "ana")) == ["Ana"])

            _ = try await api.call("PATCH", "\(TestAPI.contacts)/\(id)", ["properties": ["firstname": "Eva"]])
            #expect(try await Self.names(api, Self.filter("firstname", "EQ", "eva")) == [])
            #expect(try await Self.names(api, Self.filter("firstname", "EQ", "ana")) == ["Ana"])

            _ = try await api.post("/sandbox/clock", ["advance_seconds": 3601])
            #expect(try await Self.names(api, Self.filter("firstname", "EQ", "eva")) == ["Eva"])
        }
    }

    @Test func `a unique field is found although the index shows the old value`() async throws {
        try await TestSandbox.run({ $0.searchIndexDelay = .seconds(3600) }) { api in
            let id = try #require(
                try await api.post(TestAPI.contacts, ["properties": ["email": "a@x.example", "firstname": "Ana"]]).json[
                    "id"]?.text)
            _ = try await api.post("/sandbox/clock", ["advance_seconds": 3601])
            _ = try await api.call("PATCH", "\(TestAPI.contacts)/\(id)", ["properties": ["email": "b@x.example"]])

            #expect(try await Self.names(api, Self.filter("email", "EQ", "a@x.example")) == ["Ana"])
            #expect(try await Self.names(api, Self.filter("email", "EQ", "b@x.example")) == [])
        }
    }

    static let wrong: [(name: String, body: JSON)] = [
        ("a page beyond 10,000", ["limit": 200, "after": "9900"]), ("more than 200 a page", ["limit": 201]),
        ("six groups", ["filterGroups": .array((0..<6).flatMap { _ in filter("email", "HAS_PROPERTY").items ?? [] })]),
        ("an unknown operator", ["filterGroups": filter("email", "LIKE", "x")]),
        ("an unknown field", ["filterGroups": filter("emial", "EQ", "x")]),
        ("two sorts", ["sorts": [["propertyName": "email"], ["propertyName": "firstname"]]]),
        ("a comparison with text", ["filterGroups": filter("createdate", "GT", "yesterday")]),
        ("a long body", ["query": JSON(String(repeating: "x", count: 3001))]),
    ]

    @Test(arguments: wrong)
    func `a search beyond the limits is refused`(name: String, body: JSON) async throws {
        try await TestSandbox.run { api in
            let reply = try await api.post(TestAPI.contacts + "/search", body)

            #expect(reply.status == 400, "\(name)")
        }
    }

    @Test func `archived contacts are not found`() async throws {
        try await TestSandbox.run { api in
            let id = try #require(
                try await api.post(TestAPI.contacts, ["properties": ["firstname": "Ana"]]).json["id"]?.text)
            _ = try await api.call("DELETE", "\(TestAPI.contacts)/\(id)", nil)

            #expect(try await Self.names(api, []) == [])
        }
    }
}
