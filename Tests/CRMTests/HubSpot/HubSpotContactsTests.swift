import Domain
import Foundation
import Testing

@testable import CRM
@testable import OutboundHTTP

@Suite struct HubSpotContactSearchTests {
    @Test func `a person known by phone costs one search, of every property that may hold it`() throws {
        let searches = HubSpotContactSearch(lookups: [ContactLookup(puenteID: "P", phones: ["34600111222"])]).searches
        #expect(searches.count == 1)
        let filters = searches[0].filterGroups.flatMap(\.filters)
        let sample = try json(Fixture.bytes("hubspot/contacts_search_phone.request.json"))
        let groups = try #require(sample["filterGroups"] as? [[String: [[String: String]]]])
        for wanted in groups.flatMap({ $0["filters"] ?? [] }) {
            let given = try #require(filters.first { $0.propertyName == wanted["propertyName"] })
            #expect((given.value ?? given.values?.first) == wanted["value"])
        }
        #expect(filters.contains { $0.propertyName == "puente_id" && $0.value == "P" })
    }

    @Test func `all national writings of a number are searched`() {
        let lookup = ContactLookup(puenteID: "P", phones: ["5215512345678"])
        let values = HubSpotContactSearch(lookups: [lookup]).searches.flatMap(\.filterGroups).flatMap(\.filters)
            .first { $0.propertyName == "hs_searchable_calculated_mobile_number" }?.values
        #expect(values == ["5512345678", "15512345678"])
    }

    @Test func `a search keeps to HubSpot's limits, however many handles there are`() throws {
        let lookup = ContactLookup(
            puenteID: puenteID(1),
            phones: ["5215512345678", "5491123456789", "5511961230986", "34600111222", "886912345678"],
            userIDs: (0..<20).map { "US.1349120865530274191\($0)" }, email: "ana@example.com")
        let searches = HubSpotContactSearch(lookups: [lookup]).searches
        #expect(searches.count <= 2)
        for search in searches {
            #expect(search.filterGroups.count <= 5)
            #expect(search.filterGroups.allSatisfy { $0.filters.count <= 6 })
            #expect(try WireJSON.encode(search).count <= 3000)
        }
    }
}

@Suite struct ContactMatcherTests {
    private func match(
        _ fields: [String: String], _ lookup: ContactLookup, archived: Bool = false
    ) throws -> Set<RemoteContact.Match>? {
        let properties = String(decoding: try JSONEncoder().encode(fields), as: UTF8.self)
        let object: HubSpotObject = try WireJSON.decode(
            from: Array(#"{"id":"1","archived":\#(archived),"properties":\#(properties)}"#.utf8))
        return ContactMatcher(lookup: lookup).confirmed(RemoteContact(object))?.matches
    }

    @Test(
        "a hit counts only when the whole number agrees",
        arguments: [
            ("+34 600 111 222", "34600111222", nil, true), ("600 111 222", "34600111222", "ES", true),
            ("600 111 222", "34600111222", "FR", false), ("+33 600 111 222", "34600111222", "ES", false),
            ("+52 1 55 1234 5678", "525512345678", nil, true), ("+52 55 1234 5678", "5215512345678", nil, true),
            ("+54 9 11 2345-6789", "541123456789", nil, true), ("+55 11 6123-0986", "5511961230986", nil, true),
            ("call me later", "34600111222", "ES", false),
        ] as [(String, String, String?, Bool)])
    func phone(written: String, known: String, region: String?, isSame: Bool) throws {
        let lookup = ContactLookup(puenteID: "P", phones: [known], region: region)
        #expect(try match(["mobilephone": written], lookup) == (isSame ? [.phone] : nil))
    }

    @Test func `each handle that agrees is named`() throws {
        let lookup = ContactLookup(
            puenteID: "P1", phones: ["34600111222"], userIDs: ["US.1"], email: "ana@example.com")
        let fields = [
            "puente_id": "P1", "phone": "+34600111222", "whatsapp_user_id": "US.1", "email": "ANA@example.com",
        ]
        #expect(try match(fields, lookup) == [.puenteID, .phone, .userID, .email])
        #expect(try match(["firstname": "Ana"], lookup) == nil)
        #expect(try match(fields, lookup, archived: true) == nil)
    }
}

@Suite struct HubSpotContactsTests {
    @Test func `the documented search answer gives the confirmed contact`() async throws {
        try await withServer { _, _ in
            answer(200, fixture: "hubspot/contacts_search_phone.response.json")
        } _: { server, client in
            let connector = try hubSpot(server.url, client)
            let found = try await connector.findContacts(ContactLookup(puenteID: "P", phones: ["34600111222"]))
            #expect(found.map(\.id) == ["512"])
            #expect(found.first?.matches == [.phone])
            #expect(found.first?.lastName == "López")
            #expect(found.first?.modifiedAt == Timestamp(milliseconds: 1_795_167_002_101))
            let other = try await connector.findContacts(ContactLookup(puenteID: "P", phones: ["33600111222"]))
            #expect(other == [])
        }
    }

    @Test func `a merged record is adopted under the survivor's id, without a search`() async throws {
        try await withServer { _, _ in
            .answer(
                status: 200, body: #"{"id":"602","properties":{"hs_merged_object_ids":"498;512"},"archived":false}"#)
        } _: { server, client in
            let found = try await hubSpot(server.url, client).findContacts(
                ContactLookup(puenteID: "P", remoteID: "512"))
            #expect(found.map(\.id) == ["602"])
            #expect(found.first?.mergedIDs == ["498", "512"])
            #expect(server.requests.map(\.method) == ["GET"])
        }
    }

    @Test func `a deleted record is looked for by its other handles`() async throws {
        try await withServer { number, _ in
            number == 0
                ? answer(404, fixture: "hubspot/error_not_found.404.json")
                : answer(200, fixture: "hubspot/contacts_search_phone.response.json")
        } _: { server, client in
            let lookup = ContactLookup(puenteID: "P", remoteID: "499", phones: ["34600111222"])
            let found = try await hubSpot(server.url, client).findContacts(lookup)
            #expect(found.map(\.id) == ["512"])
            #expect(server.requests.map(\.method) == ["GET", "POST"])
        }
    }

    @Test func `known contacts are updated and new ones upserted by puente_id, outcomes in the order given`()
        async throws
    {
        try await withServer { _, request in
            let inputs = (try? json(request.body))?["inputs"] as? [NSDictionary] ?? []
            let results = inputs.reversed().map { input in
                let isUpsert = input["idProperty"] != nil
                let id = isUpsert ? "777" : input["id"] as? String ?? ""
                return #"{"id":"\#(id)","objectWriteTraceId":"\#(input["objectWriteTraceId"] as? String ?? "")"}"#
            }
            return .answer(status: 200, body: #"{"results":[\#(results.joined(separator: ","))]}"#)
        } _: { server, client in
            let contacts = [
                ContactUpsert(
                    puenteID: "P1", firstName: "Ana", lastName: "López", email: "a@example.com", waID: "34600111222"),
                ContactUpsert(
                    puenteID: "P2", remoteID: "512", firstName: "Luis", waID: "34600333444",
                    profileName: "Lucho"),
                ContactUpsert(puenteID: "P3", remoteID: "513"),
            ]
            let outcomes = try await hubSpot(server.url, client, version: .v3).upsertContacts(contacts)
            #expect(outcomes.map(\.remoteID) == ["777", "512", "513"])

            let bodies = Dictionary(uniqueKeysWithValues: try server.requests.map { ($0.path, try json($0.body)) })
            let upsert = try #require(
                (bodies["/crm/v3/objects/contacts/batch/upsert"]?["inputs"] as? [NSDictionary])?.first)
            #expect(upsert["idProperty"] as? String == "puente_id")
            #expect(upsert["id"] as? String == "P1")
            #expect(
                upsert["properties"] as? [String: String] == [
                    "firstname": "Ana", "lastname": "López", "email": "a@example.com", "mobilephone": "+34600111222",
                    "whatsapp_id": "34600111222", "hs_whatsapp_phone_number": "+34600111222",
                ])
            let update = try #require(
                (bodies["/crm/v3/objects/contacts/batch/update"]?["inputs"] as? [NSDictionary])?.first)
            #expect(
                update["properties"] as? [String: String] == [
                    "puente_id": "P2", "whatsapp_id": "34600333444", "hs_whatsapp_phone_number": "+34600333444",
                    "whatsapp_profile_name": "Lucho",
                ])
        }
    }

    @Test func `a contact twice in one call goes in two batches, the later one last`() {
        let contacts = [
            ContactUpsert(puenteID: "A"), ContactUpsert(puenteID: "B", remoteID: "1"), ContactUpsert(puenteID: "A"),
            ContactUpsert(puenteID: "C", remoteID: "1"), ContactUpsert(puenteID: "A"), ContactUpsert(puenteID: "D"),
        ]
        #expect(contacts.waves == [[0, 1, 5], [2, 3], [4]])
    }

    @Test func `the documented upsert answer gives both ids`() async throws {
        let sample = try json(Fixture.bytes("hubspot/contacts_batch_upsert.request.json"))
        let traces = try #require(sample["inputs"] as? [NSDictionary]).compactMap {
            $0["objectWriteTraceId"] as? String
        }
        let items = traces.map { trace in
            HubSpotBatchItem(
                write: HubSpotWrite(id: "x", idProperty: "whatsapp_id", objectWriteTraceId: trace, properties: [:]))
        }
        let answer: HubSpotBatchAnswer = try WireJSON.decode(
            from: try Fixture.bytes("hubspot/contacts_batch_upsert.response.200.json"))
        let matcher = HubSpotBatchMatcher(failures: HubSpotFailure(secrets: ["x"], effect: .repeatable))
        #expect(matcher.outcomes(of: items, in: answer).map(\.remoteID) == ["512", "513"])
    }

    @Test func `a search for a field that the account lacks says how it is made`() async throws {
        try await withServer { _, _ in
            .answer(status: 400, body: #"{"category":"VALIDATION_ERROR","message":"Unknown property 'puente_id'."}"#)
        } _: { server, client in
            let connector = try hubSpot(server.url, client)
            let failure = await CallFailure.of { () throws(CallFailure) in
                try await connector.findContacts(ContactLookup(puenteID: "P"))
            }
            #expect(failure?.kind == .accountWide)
            #expect(failure?.advice.en.contains("Restart Puente, which makes it") == true)
        }
    }

    @Test func `a refused token is thrown for the whole call`() async throws {
        try await withServer { _, _ in
            answer(401, fixture: "hubspot/error_auth.401.json")
        } _: { server, client in
            let connector = try hubSpot(server.url, client)
            let failure = await CallFailure.of { () throws(CallFailure) in
                try await connector.upsertContacts([
                    ContactUpsert(puenteID: "A"), ContactUpsert(puenteID: "B", remoteID: "9"),
                ])
            }
            #expect(failure?.kind == .accountWide)
            #expect(failure?.scope == .credential)
        }
    }

    @Test(arguments: ["", "no url", "https://api.hubapi.com?x"])
    func `a base address that is none is refused`(url: String) {
        #expect(throws: PuenteError.self) { try HubSpotSettings(baseURL: url, token: "t") }
    }
}
