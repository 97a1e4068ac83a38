import Foundation
import NIOCore
import Testing

@testable import Sandbox

@Suite(.timeLimit(.minutes(1))) struct ZohoRecordsTests {
    @Test func `a record shows whole seconds with an offset, and null where nothing is`() async throws {
        try await TestSandbox.runZoho { zoho, _ in
            let id = try await zoho.contact(["Last_Name": "López", "First_Name": "Ana", "Unknown": "x"])
            let row = try #require(try await zoho.get("/Contacts/\(id)").json.at("data/0"))

            #expect(row["Full_Name"]?.text == "Ana López")
            #expect(row["Email_Opt_Out"] == false)
            #expect(row["Phone"] == .null)
            #expect(row["Unknown"] == nil)
            #expect(row.at("Owner/name")?.text == "Bridge Bot")
            #expect(row["Modified_Time"]?.text?.wholeMatch(of: /\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\+01:00/) != nil)
        }
    }

    @Test func `each record of a write has its outcome, in the order given`() async throws {
        try await TestSandbox.runZoho { zoho, _ in
            let mixed = try await zoho.post(
                "/Contacts",
                [
                    "data": [
                        ["Last_Name": "A"], ["First_Name": "B"],
                        ["Last_Name": "C", "Email": "no", "Email_Opt_Out": "x"],
                    ]
                ])
            let bad = try await zoho.post("/Contacts", ["data": [["First_Name": "B"]]])
            let rows = JSON.array(.init(repeating: ["Last_Name": "x"], count: 101))
            let many = try await zoho.post("/Contacts", ["data": rows])

            #expect(mixed.status == 207)
            #expect(
                try mixed.json["data"]?.items?.map { $0["code"]?.text } == [
                    "SUCCESS", "MANDATORY_NOT_FOUND", "MULTIPLE_OR_MULTI_ERRORS",
                ])
            #expect(try mixed.json.at("data/1/details/json_path")?.text == "$.data[1].Last_Name")
            #expect(try mixed.json.at("data/2/details/errors")?.items?.count == 2)
            #expect(bad.status == 400)
            #expect(try bad.json.at("data/0/status")?.text == "error")
            #expect(many.status == 400)
            #expect(try many.json["data"] == nil)
        }
    }

    @Test func `an upsert goes by a unique field, tells what it did, and does not guess`() async throws {
        try await TestSandbox.runZoho { zoho, _ in
            func upsert(_ rows: [JSON], by key: String) async throws -> TestAPI.Reply {
                try await zoho.post(
                    "/Contacts/upsert",
                    ["data": .array(rows), "duplicate_check_fields": [JSON(key)], "trigger": []])
            }
            let unknown = try await upsert([["Last_Name": "A", "Puente_Id": "P1"]], by: "Puente_Id")
            _ = try await zoho.post("/settings/fields?module=Contacts", ZohoAPI.field)
            let made = try await upsert([["Last_Name": "A", "Puente_Id": "P1"]], by: "Puente_Id")
            let both = try await upsert(
                [
                    ["First_Name": "Ana", "Puente_Id": "p1"], ["Last_Name": "B", "Puente_Id": "P2"], ["Last_Name": "C"],
                ],
                by: "Puente_Id")
            for _ in 0..<2 { _ = try await zoho.contact(["Last_Name": "E", "Email": "ana@x.example"]) }
            let ambiguous = try await upsert([["Last_Name": "F", "Email": "ANA@x.example"]], by: "Email")
            let notUnique = try await upsert([["Last_Name": "F"]], by: "Mobile")

            #expect(unknown.status == 400)
            #expect(try unknown.json.at("details/api_name")?.text == "duplicate_check_fields")
            #expect(try made.json.at("data/0/action")?.text == "insert")
            #expect(both.status == 200)
            #expect(try both.json["data"]?.items?.map { $0["action"]?.text } == ["update", "insert", "insert"])
            #expect(try both.json.at("data/0/duplicate_field")?.text == "Puente_Id")
            #expect(try both.json.at("data/0/details/id") == made.json.at("data/0/details/id"))
            #expect(try ambiguous.json.at("data/0/code")?.text == "AMBIGUITY_DURING_PROCESSING")
            #expect(notUnique.status == 400)
        }
    }

    @Test func `a value without duplicates is on one record only`() async throws {
        try await TestSandbox.runZoho { zoho, _ in
            _ = try await zoho.post("/settings/fields?module=Contacts", ZohoAPI.field)
            let first = try await zoho.contact(["Last_Name": "A", "Puente_Id": "P1"])
            let second = try await zoho.contact(["Last_Name": "B"])

            let clash = try await zoho.put("/Contacts", ["data": [["id": JSON(second), "Puente_Id": "P1"]]])
            _ = try await zoho.call("DELETE", "/Contacts/\(first)")
            let free = try await zoho.put("/Contacts", ["data": [["id": JSON(second), "Puente_Id": "P1"]]])

            #expect(try clash.json.at("data/0/code")?.text == "DUPLICATE_DATA")
            #expect(try clash.json.at("data/0/details/duplicate_record/id")?.text == first)
            #expect(free.status == 200)
        }
    }

    @Test func `lists need their fields, and go on by token behind record 2,000`() async throws {
        try await TestSandbox.runZoho { zoho, _ in
            let rows = JSON.array(.init(repeating: ["Last_Name": "x"], count: 100))
            for _ in 0..<21 { _ = try await zoho.post("/Contacts", ["data": rows]) }
            let path = "/Contacts?fields=Last_Name&per_page=200"
            let bare = try await zoho.get("/Contacts")
            let tenth = try await zoho.get(path + "&page=10").json
            let eleventh = try await zoho.get(path + "&page=11")
            let token = try #require(tenth.at("info/next_page_token")?.text)
            let last = try await zoho.get(path + "&page_token=\(token)").json
            let other = try await zoho.get("/Contacts?fields=id&per_page=200&page_token=\(token)")
            let both = try await zoho.get(path + "&page=1&page_token=\(token)")

            #expect(try bare.json["code"]?.text == "REQUIRED_PARAM_MISSING")
            #expect(try eleventh.json["code"]?.text == "DISCRETE_PAGINATION_LIMIT_EXCEEDED")
            #expect(last["data"]?.items?.count == 100)
            #expect(last.at("info/more_records") == false)
            #expect(try other.json["code"]?.text == "TOKEN_BOUND_DATA_MISMATCH")
            #expect(both.status == 400)
        }
    }

    @Test func `nothing is answered with nothing`() async throws {
        try await TestSandbox.runZoho { zoho, _ in
            let empty = try await zoho.get("/Contacts?fields=id")
            let id = try await zoho.contact()
            let news = try await zoho.get(
                "/Contacts?fields=id", headers: [("If-Modified-Since", "2099-01-01T00:00:00+01:00")])
            let stale = try await zoho.call(
                "PUT", "/Contacts/\(id)", ["data": [["Last_Name": "x"]]],
                headers: [("If-Unmodified-Since", "2020-01-01T00:00:00+01:00")])
            _ = try await zoho.call("DELETE", "/Contacts?ids=\(id)")
            let gone = try await zoho.get("/Contacts/\(id)")
            let never = try await zoho.get("/Contacts/77")

            #expect(empty.status == 204 && empty.body.readableBytes == 0)
            #expect(news.status == 304)
            #expect(stale.status == 412)
            #expect(try stale.json.at("data/0/code")?.text == "ALREADY_MODIFIED")
            #expect(gone.status == 204)
            #expect(never.status == 400)
        }
    }

    @Test func `searches see new records late, whatever way a number is written`() async throws {
        try await TestSandbox.runZoho {
            $0.searchIndexDelay = .seconds(5)
        } _: { zoho, api in
            let id = try await zoho.contact(["Last_Name": "López", "Home_Phone": "(600) 111-222"])
            let early = try await zoho.get("/Contacts/search?phone=600111222")
            _ = try await api.post("/sandbox/clock", ["advance_seconds": 6])
            let late = try await zoho.get("/Contacts/search?phone=600111222&fields=id").json
            let either = "((Last_Name:equals:l%C3%B3pez)or(id:equals:1))"
            let criteria = try await zoho.get("/Contacts/search?criteria=\(either)").json
            let none = try await zoho.get("/Contacts/search")

            #expect(early.status == 204)
            #expect(late.at("data/0/id")?.text == id)
            #expect(criteria["data"]?.items?.count == 1)
            #expect(none.status == 400)
        }
    }

    @Test func `merged records are deleted ones, and their notes live on`() async throws {
        try await TestSandbox.runZoho { zoho, api in
            let master = try await zoho.contact()
            let other = try await zoho.contact(["Last_Name": "x", "Mobile": "+34600111222"])
            _ = try await zoho.post("/Contacts/\(other)/Notes", ["data": [["Note_Content": "Hola"]]])

            _ = try await api.post("/sandbox/crm/zoho/merge", ["primary": JSON(master), "other": JSON(other)])

            let survivor = try await zoho.get("/Contacts/\(master)").json
            let notes = try await zoho.get("/Contacts/\(master)/Notes?fields=Note_Content").json
            let deleted = try await zoho.get("/Contacts/deleted?type=all").json
            #expect(survivor.at("data/0/Mobile")?.text == "+34600111222")
            #expect(survivor.at("data/0/Last_Name")?.text == "López")
            #expect(notes.at("data/0/Note_Content")?.text == "Hola")
            #expect(deleted["data"]?.items?.map { $0["id"]?.text } == [other])
        }
    }

    @Test func `single items fail on demand`() async throws {
        try await TestSandbox.runZoho { zoho, api in
            _ = try await api.put(
                "/sandbox/faults", ["faults": [["target": "zoho", "kind": "item_error", "count": 1]]])
            let reply = try await zoho.post("/Contacts", ["data": [["Last_Name": "A"], ["Last_Name": "B"]]])
            #expect(reply.status == 207)
            #expect(try reply.json["data"]?.items?.map { $0["status"]?.text } == ["error", "success"])
        }
    }
}
