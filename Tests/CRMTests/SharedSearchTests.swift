import Domain
import Sandbox
import Testing

@testable import CRM
@testable import OutboundHTTP

/// Several people looked for at once: everybody gets their own record, whatever the others say.
@Suite(.timeLimit(.minutes(2))) struct SharedSearchTests {
    private static let people = (1...8).map { ContactLookup(puenteID: puenteID($0), phones: ["3460000000\($0)"]) }

    private static func record(of lookup: ContactLookup) -> RemoteContact {
        RemoteContact(id: "r" + (lookup.phones.first ?? "").suffix(1), phones: lookup.phones.map { "+\($0)" })
    }

    private static let refused = CallFailure(
        kind: .permanent, code: "VALIDATION_ERROR", scope: .message, vendorText: "",
        advice: LocalizedText(en: "Refused.", es: "Rechazado."))

    /// Who each result is about, or nil where it failed; and how many searches there were.
    private func looked(
        _ lookups: [ContactLookup], _ search: @escaping ([ContactLookup]) throws(CallFailure) -> SharedSearch.Hits
    ) async -> (found: [[String]?], searches: [Int]) {
        var searches: [Int] = []
        let results = await SharedSearch { lookups async throws(CallFailure) in
            searches.append(lookups.count)
            return try search(lookups)
        } single: { lookup async throws(CallFailure) in
            searches.append(1)
            guard case .all(let hits) = try search([lookup]) else { return [] }
            return hits
        }.results(for: lookups)
        return (results.map { (try? $0.get())?.map(\.id) }, searches)  // nil stands for a failure
    }

    @Test func `one search finds all of them, and nobody gets another one's record`() async {
        let (found, searches) = await looked(Self.people) { lookups throws(CallFailure) in
            .all(lookups.map(Self.record).reversed())
        }
        #expect(found == (1...8).map { ["r\($0)"] })
        #expect(searches == [8])
    }

    @Test func `a search that cannot show all its hits is halved`() async {
        let (found, searches) = await looked(Self.people) { lookups throws(CallFailure) in
            lookups.count > 2 ? .tooMany : .all(lookups.map(Self.record))
        }
        #expect(found == (1...8).map { ["r\($0)"] })
        #expect(searches == [8, 4, 2, 2, 4, 2, 2])
    }

    @Test func `one whose handles are refused fails alone`() async {
        let (found, _) = await looked(Self.people) { lookups throws(CallFailure) in
            guard !lookups.contains(Self.people[4]) else { throw Self.refused }
            return .all(lookups.map(Self.record))
        }
        #expect(found == (1...8).map { $0 == 5 ? nil : ["r\($0)"] })
    }

    @Test func `a CRM that is away fails all of them, in one call`() async {
        let (found, searches) = await looked(Self.people) { _ throws(CallFailure) in
            throw .unanswered
        }
        #expect(found.allSatisfy { $0 == nil })
        #expect(searches == [8])
    }

    @Test func `a known record is read by its id`() async {
        var known = Self.people
        known[0].remoteID = "r1"
        let (found, searches) = await looked(known) { lookups throws(CallFailure) in .all(lookups.map(Self.record)) }
        #expect(found == (1...8).map { ["r\($0)"] })
        #expect(searches == [Int](repeating: 1, count: 8))
    }

    @Test func `fifteen people cost HubSpot four searches, within its limits`() throws {
        let people = (10...24).map { number in
            ContactLookup(
                puenteID: puenteID(number), phones: ["346001112\(number)"], userIDs: ["ES.13491208655302741\(number)"])
        }
        let search = HubSpotContactSearch(lookups: people)
        #expect(search.searches.count == 4)
        #expect(search.searches.allSatisfy { $0.filterGroups.count <= 5 })
        #expect(try search.fits)
        let mexicans = (10...59).map { ContactLookup(puenteID: puenteID($0), phones: ["52155123456\($0)"]) }
        #expect(try !HubSpotContactSearch(lookups: mexicans).fits)
    }

    /// People who are known by different handles, one who is there twice, and one who is not there.
    private func check(_ connector: any Connector) async throws {
        let made = try await connector.upsertContacts([
            ContactUpsert(puenteID: puenteID(1), firstName: "Ana", waID: "5215512345678"),
            ContactUpsert(puenteID: puenteID(2), userID: "US.1349120865530274"),
            ContactUpsert(puenteID: puenteID(3), firstName: "Eva", email: "eva@ejemplo.example"),
            ContactUpsert(puenteID: puenteID(4), firstName: "Luz", waID: "34600111222"),
            ContactUpsert(puenteID: puenteID(5), firstName: "Luz", waID: "34600111222"),
        ]).compactMap(\.remoteID)
        let lookups = [
            ContactLookup(puenteID: puenteID(11), phones: ["34600111222"]),
            ContactLookup(puenteID: puenteID(12), phones: ["34699999999"], email: "nadie@ejemplo.example"),
            ContactLookup(puenteID: puenteID(13), email: "Eva@ejemplo.example"),
            ContactLookup(puenteID: puenteID(14), phones: ["34688888888"], userIDs: ["US.1349120865530274"]),
            ContactLookup(puenteID: puenteID(1)),
            ContactLookup(puenteID: puenteID(15), phones: ["525512345678"]),
        ]

        let found = try await connector.findContacts(ofEach: lookups).map { try $0.get().map(\.id) }
        var alone: [[String]] = []
        for lookup in lookups { alone.append(try await connector.findContacts(lookup).map(\.id)) }

        #expect(made.count == 5)
        #expect(found == [[made[3], made[4]], [], [made[2]], [made[1]], [made[0]], [made[0]]])
        #expect(found == alone)
    }

    @Test func `HubSpot tells its people apart`() async throws {
        var configuration = SandboxConfiguration()
        configuration.port = 0
        configuration.searchIndexDelay = .zero
        try await SandboxServer.withRunning(configuration, logger: quiet) { sandbox in
            let url = try await sandbox.baseURL
            try await withClient { client in
                let connector = HubSpotConnector(
                    settings: try HubSpotSettings(baseURL: url + "/hubspot", token: "sandbox-token"), client: client)
                _ = try await connector.prepare()
                try await check(connector)
            }
        }
    }

    @Test func `Salesforce tells its people apart`() async throws {
        try await SalesforceRig.run { rig in try await check(rig.connector) }
    }

    @Test(arguments: [16, 19])
    func `Odoo tells its people apart`(version: Int) async throws {
        try await OdooBench.run(version: version) { bench in
            _ = try await bench.connector.prepare()
            try await check(bench.connector)
        }
    }
}

extension CallFailure {
    fileprivate static let unanswered = CallFailure(
        kind: .transient, code: "timeout", scope: .connection, vendorText: "",
        advice: LocalizedText(en: "Nobody answered.", es: "Nadie respondió."))
}
