import Foundation
import Testing

@testable import Sandbox

@Suite(.timeLimit(.minutes(1))) struct HubSpotBatchTests {
    private static func upsert(_ api: TestAPI, _ inputs: [JSON]) async throws -> TestAPI.Reply {
        try await api.post(TestAPI.contacts + "/batch/upsert", ["inputs": .array(inputs)])
    }

    private static func input(_ key: String, _ properties: JSON) -> JSON {
        [
            "id": JSON(key), "idProperty": "puente_id", "objectWriteTraceId": JSON("trace-\(key)"),
            "properties": properties,
        ]
    }

    @Test func `an upsert makes and changes, and says which`() async throws {
        try await TestSandbox.run { api in
            _ = try await api.post("/hubspot/crm/v3/properties/contacts", HubSpotContactsTests.field)
            _ = try await Self.upsert(api, [Self.input("P1", ["firstname": "Ana"])])

            let reply = try await Self.upsert(
                api, [Self.input("P1", ["lastname": "López"]), Self.input("P2", ["firstname": "Luis"])])

            #expect(reply.status == 200)
            let results = try #require(try reply.json["results"]?.items)
            // In another order than asked: they are told apart by the trace id.
            #expect(results.map { $0["objectWriteTraceId"]?.text } == ["trace-P2", "trace-P1"])
            #expect(results.map { $0["new"]?.flag } == [true, false])
            #expect(results[1].at("properties/firstname")?.text == "Ana")
            #expect(results[0].at("properties/puente_id")?.text == "P2")
        }
    }

    @Test func `one bad input fails alone`() async throws {
        try await TestSandbox.run { api in
            _ = try await api.post("/hubspot/crm/v3/properties/contacts", HubSpotContactsTests.field)

            let reply = try await Self.upsert(
                api, [Self.input("P1", ["email": "no"]), Self.input("P2", ["firstname": "Luis"])])

            #expect(reply.status == 207)
            let json = try reply.json
            #expect(json["numErrors"]?.wholeNumber == 1)
            #expect(json.at("errors/0/context/objectWriteTraceId/0")?.text == "trace-P1")
            #expect(json["results"]?.items?.count == 1)
        }
    }

    @Test func `the same record twice in a batch fails the batch`() async throws {
        try await TestSandbox.run { api in
            _ = try await api.post("/hubspot/crm/v3/properties/contacts", HubSpotContactsTests.field)

            let reply = try await Self.upsert(api, [Self.input("P1", [:]), Self.input("P1", [:])])

            #expect(reply.status == 400)
            #expect(try await api.get(TestAPI.contacts).json["results"]?.items?.isEmpty == true)
        }
    }

    @Test func `an upsert needs a unique field`() async throws {
        try await TestSandbox.run { api in
            let reply = try await api.post(
                TestAPI.contacts + "/batch/upsert",
                ["inputs": [["id": "x", "idProperty": "firstname", "properties": [:]]]])

            #expect(reply.status == 400)
        }
    }

    @Test func `a create without trace ids is all or nothing`() async throws {
        try await TestSandbox.run { api in
            let inputs: [JSON] = [["properties": ["firstname": "Ana"]], ["properties": ["email": "no"]]]

            let plain = try await api.post(TestAPI.contacts + "/batch/create", ["inputs": .array(inputs)])
            #expect(plain.status == 400)
            #expect(try await api.get(TestAPI.contacts).json["results"]?.items?.isEmpty == true)

            let traced = inputs.enumerated().map { index, input -> JSON in
                var input = input
                input["objectWriteTraceId"] = JSON("\(index)")
                return input
            }
            let reply = try await api.post(TestAPI.contacts + "/batch/create", ["inputs": .array(traced)])
            #expect(reply.status == 207)
            #expect(try reply.json["results"]?.items?.count == 1)
        }
    }

    @Test func `communications are logged to their contact`() async throws {
        try await TestSandbox.run { api in
            let contact = try #require(
                try await api.post(TestAPI.contacts, ["properties": ["firstname": "Ana"]]).json["id"]?.text)
            let inputs = (0..<3).map { index -> JSON in
                [
                    "objectWriteTraceId": JSON("m\(index)"),
                    "properties": [
                        "hs_communication_channel_type": "WHATS_APP", "hs_communication_logged_from": "CRM",
                        "hs_communication_body": JSON("← Ana: \(index)"), "hs_timestamp": "2026-11-20T09:30:00.000Z",
                    ],
                    "associations": [
                        [
                            "to": ["id": JSON(contact)],
                            "types": [["associationCategory": "HUBSPOT_DEFINED", "associationTypeId": 81]],
                        ]
                    ],
                ]
            }

            let reply = try await api.post(TestAPI.communications + "/batch/create", ["inputs": .array(inputs)])

            #expect(reply.status == 201)
            #expect(try reply.json.at("results/0/objectWriteTraceId")?.text == "m2")
            #expect(try reply.json.at("results/0/properties/hs_timestamp")?.text == "2026-11-20T09:30:00Z")
            let linked = try await api.get(
                "/hubspot/crm/v4/objects/contacts/\(contact)/associations/communications"
            ).json
            #expect(linked["results"]?.items?.count == 3)
            #expect(linked.at("results/0/associationTypes/0/typeId")?.wholeNumber == 82)
            let activities = try await api.get("/sandbox/crm/hubspot/activities").json
            #expect(activities.at("data/0/contact_ids/0")?.text == contact)
            #expect(activities.at("data/0/properties/hs_communication_body")?.text == "← Ana: 0")
        }
    }

    @Test func `a communication needs its channel`() async throws {
        try await TestSandbox.run { api in
            let reply = try await api.post(TestAPI.communications, ["properties": ["hs_communication_body": "x"]])

            #expect(reply.status == 400)
            #expect(try reply.json.at("errors/0/code")?.text == "REQUIRED_FIELD")
        }
    }

    @Test func `updates and reads say what is missing`() async throws {
        try await TestSandbox.run { api in
            let id = try #require(
                try await api.post(TestAPI.contacts, ["properties": ["firstname": "Ana"]]).json["id"]?.text)

            let update = try await api.post(
                TestAPI.contacts + "/batch/update",
                ["inputs": [["id": JSON(id), "properties": ["lastname": "L"]], ["id": "999999", "properties": [:]]]])
            let read = try await api.post(
                TestAPI.contacts + "/batch/read",
                ["inputs": [["id": JSON(id)], ["id": "999999"]], "properties": ["lastname"]])

            for reply in [update, read] {
                #expect(reply.status == 207)
                #expect(try reply.json["results"]?.items?.count == 1)
                #expect(try reply.json.at("errors/0/category")?.text == "OBJECT_NOT_FOUND")
            }
            #expect(try read.json.at("errors/0/context/ids/0")?.text == "999999")
        }
    }

    @Test func `a batch has at most a hundred inputs`() async throws {
        try await TestSandbox.run { api in
            let inputs = (0..<101).map { ["properties": ["firstname": JSON("\($0)")]] as JSON }

            let reply = try await api.post(TestAPI.contacts + "/batch/create", ["inputs": .array(inputs)])

            #expect(reply.status == 400)
        }
    }

    @Test func `single items fail on demand`() async throws {
        try await TestSandbox.run { api in
            _ = try await api.put(
                "/sandbox/faults", ["faults": [["target": "hubspot", "kind": "item_error", "count": 1]]])
            let inputs = (0..<3).map {
                ["objectWriteTraceId": JSON("\($0)"), "properties": ["firstname": "x"]] as JSON
            }

            let reply = try await api.post(TestAPI.contacts + "/batch/create", ["inputs": .array(inputs)])

            #expect(reply.status == 207)
            #expect(try reply.json["numErrors"]?.wholeNumber == 1)
            #expect(try reply.json["results"]?.items?.count == 2)
        }
    }

    @Test func `associations are made, read and taken away`() async throws {
        try await TestSandbox.run { api in
            let contact = try #require(
                try await api.post(TestAPI.contacts, ["properties": ["firstname": "A"]]).json["id"]?.text)
            let company = try #require(
                try await api.post("/hubspot/crm/v3/objects/companies", ["properties": ["name": "E"]]).json["id"]?.text)
            let base = "/hubspot/crm/v4/associations/contacts/companies"

            let labels = try await api.get(base + "/labels").json
            let made = try await api.post(
                base + "/batch/associate/default",
                ["inputs": [["from": ["id": JSON(contact)], "to": ["id": JSON(company)]]]])
            let read = try await api.post(base + "/batch/read", ["inputs": [["id": JSON(contact)]]]).json
            let gone = try await api.call(
                "DELETE", "/hubspot/crm/objects/2026-09/contacts/\(contact)/associations/companies/\(company)", nil)
            let after = try await api.post(base + "/batch/read", ["inputs": [["id": JSON(contact)]]]).json

            #expect(labels["results"]?.items?.map { $0["typeId"]?.wholeNumber } == [1, 279])
            #expect(made.status == 200)
            #expect(read.at("results/0/to/0/toObjectId")?.identifier == company)
            #expect(gone.status == 204)
            #expect(after["results"]?.items?.isEmpty == true)
        }
    }
}
