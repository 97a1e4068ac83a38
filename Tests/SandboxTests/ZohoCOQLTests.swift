import Foundation
import Testing

@testable import Sandbox

@Suite(.timeLimit(.minutes(1))) struct ZohoCOQLTests {
    @Test(
        "conditions find what they say",
        arguments: [
            ("Last_Name = 'a'", ["A"]), ("Last_Name != 'A'", ["B", "C"]), ("Last_Name in ('A', 'C')", ["A", "C"]),
            ("Last_Name not in ('A', 'C')", ["B"]), ("Email is null", ["B", "C"]), ("Email is not null", ["A"]),
            ("Email like '%@x.example'", ["A"]), ("Last_Name between 'A' and 'B'", ["A", "B"]),
            ("Mobile in ('+34600111222', '1234567')", ["B"]), ("Email_Opt_Out = true", ["C"]),
            ("((Last_Name = 'A' or Last_Name = 'B') and Email is null)", ["B"]),
            ("Modified_Time >= '2020-01-01T00:00:00Z'", ["A", "B", "C"]),
            ("Modified_Time > '2099-01-01T00:00:00+01:00'", []),
        ])
    func conditions(condition: String, names: [String]) async throws {
        try await TestSandbox.runZoho { zoho, _ in
            _ = try await zoho.post(
                "/Contacts",
                [
                    "data": [
                        ["Last_Name": "A", "Email": "a@x.example"], ["Last_Name": "B", "Mobile": "+34600111222"],
                        ["Last_Name": "C", "Email_Opt_Out": true],
                    ]
                ])
            let reply = try await zoho.query("select Last_Name from Contacts where \(condition) order by Last_Name asc")

            #expect(reply.status == (names.isEmpty ? 204 : 200))
            let rows = names.isEmpty ? [] : try reply.json["data"]?.items ?? []
            #expect(rows.map { $0["Last_Name"]?.text } == names)
        }
    }

    @Test func `pages of changes come in the order of the change, without an end to counting`() async throws {
        try await TestSandbox.runZoho { zoho, api in
            var ids: [String] = []
            for index in 0..<5 {
                ids.append(try await zoho.contact(["Last_Name": JSON("N\(index)")]))
                _ = try await api.post("/sandbox/clock", ["advance_seconds": 2])
            }
            _ = try await zoho.put("/Contacts", ["data": [["id": JSON(ids[0]), "Last_Name": "again"]]])

            let since = "Modified_Time >= '2020-01-01T00:00:00+00:00'"
            let query = "select id, Modified_Time, Owner from Contacts where \(since)"
            let first = try await zoho.query(query + " order by Modified_Time asc, id asc limit 3").json
            let rest = try await zoho.query(query + " order by Modified_Time asc, id asc limit 3, 3").json

            #expect(first["data"]?.items?.map { $0["id"]?.text } == [ids[1], ids[2], ids[3]])
            #expect(first.at("info/more_records") == true)
            #expect(first.at("data/0/Owner")?.members?.keys == ["id"])
            #expect(rest["data"]?.items?.map { $0["id"]?.text } == [ids[4], ids[0]])
            #expect(rest.at("info/more_records") == false)
        }
    }

    @Test func `those of one second are told apart by their ids`() async throws {
        try await TestSandbox.runZoho { zoho, api in
            _ = try await api.post("/sandbox/clock", ["held": true])
            let rows = JSON.array((0..<5).map { ["Last_Name": JSON("N\($0)")] })
            let made = try await zoho.post("/Contacts", ["data": rows]).json
            let time = try #require(made.at("data/0/details/Modified_Time")?.text)
            let third = try #require(made.at("data/2/details/id")?.text)

            let reply = try await zoho.query(
                "select id from Contacts where (Modified_Time = '\(time)' and id > '\(third)') order by id asc")

            #expect(try reply.json["data"]?.items?.count == 2)
        }
    }

    @Test(
        "what Zoho does not take is refused with a reason",
        arguments: [
            ("select id form Contacts where id is not null", "SYNTAX_ERROR", "near"),
            ("select id from Contacts", "SYNTAX_ERROR", "clause"),
            ("select id from Contacts where id = 1 and id = 2 and id = 3", "SYNTAX_ERROR", "near"),
            ("select id from Contacts where Last_Name = 'A", "SYNTAX_ERROR", "near"),
            ("select Nothing from Contacts where id is not null", "INVALID_QUERY", "column_name"),
            ("select id from Contacts where Description = 'x'", "INVALID_QUERY", "column_name"),
            ("select id from Contacts where Modified_Time > 'yesterday'", "INVALID_QUERY", "value"),
            ("select id from Notes where id is not null", "INVALID_MODULE", "module"),
            ("select id from Contacts where id is not null order by id, id", "DUPLICATE_DATA", "column_name"),
            ("select id from Contacts where id is not null limit 2001", "LIMIT_EXCEEDED", "limit"),
            ("select id from Contacts where id is not null limit 100000, 1", "LIMIT_EXCEEDED", "limit"),
        ])
    func refusals(query: String, code: String, detail: String) async throws {
        try await TestSandbox.runZoho { zoho, _ in
            let reply = try await zoho.query(query)
            #expect(reply.status == 400)
            #expect(try reply.json["code"]?.text == code)
            #expect(try reply.json["details"]?[detail] != nil)
        }
    }

    @Test func `a list has fifty values at most`() async throws {
        try await TestSandbox.runZoho { zoho, _ in
            let values = (0..<51).map { "'\($0)'" }.joined(separator: ",")
            let reply = try await zoho.query("select id from Contacts where Last_Name in (\(values))")
            #expect(try reply.json["code"]?.text == "LIMIT_EXCEEDED")
        }
    }
}
