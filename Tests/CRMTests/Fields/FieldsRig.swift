import Domain
import Foundation
import Sandbox
import Testing

@testable import CRM
@testable import OutboundHTTP

/// A sandbox and a connector to one of its CRMs.
/// - Parameter lag: how long searches show what a record said before.
func withCRM<C: Connector>(
    version: Int = 19, lag: Duration = .zero, _ make: @escaping @Sendable (String, OutboundClient) throws -> C,
    _ work: @escaping @Sendable (C, FieldsRig) async throws -> Void
) async throws {
    var configuration = SandboxConfiguration()
    configuration.port = 0
    configuration.searchIndexDelay = lag
    configuration.enforcesVendorLimits = false
    configuration.odoo.version = version
    try await SandboxServer.withRunning(configuration, logger: quiet) { sandbox in
        let url = try await sandbox.baseURL
        try await withClient { client in
            try await work(try make(url, client), FieldsRig(url: url, client: client))
        }
    }
}

struct FieldsRig: Sendable {
    let url: String
    let client: OutboundClient

    @discardableResult
    func control(_ method: String, _ path: String, _ body: String) async throws -> NSDictionary {
        let response = try await client.send(
            OutboundRequest(
                method: method, url: "\(url)/sandbox/\(path)", headers: [("Content-Type", "application/json")],
                body: Array(body.utf8), deadline: .seconds(20), maxResponseBytes: 8 << 20))
        return response.body.isEmpty ? [:] : try json(response.body)
    }
}

enum CRMs {
    @Sendable static func hubSpot(_ url: String, _ client: OutboundClient) throws -> HubSpotConnector {
        HubSpotConnector(
            settings: try HubSpotSettings(baseURL: url + "/hubspot", token: "sandbox-token"), client: client)
    }

    @Sendable static func salesforce(_ url: String, _ client: OutboundClient) throws -> SalesforceConnector {
        try SalesforceRig.connector(url, client)
    }

    @Sendable static func zoho(_ url: String, _ client: OutboundClient) throws -> ZohoConnector {
        ZohoConnector(
            settings: try ZohoSettings(
                accountsURL: url + "/zoho", clientID: "1000.SANDBOX", clientSecret: "sandbox-secret",
                refreshToken: "sandbox-token"), client: client)
    }

    @Sendable static func odoo(_ url: String, _ client: OutboundClient) throws -> OdooConnector {
        try CRMTests.odoo(url + "/odoo", client)
    }
}

/// Writes values with a new contact, reads them back in every way, and empties them.
/// - Parameters:
///   - values: in the one writing, and none that every contact is told anyway.
///   - afterwards: what the emptied fields say, where a field cannot be empty.
/// - Returns: the record's id.
@discardableResult
func expectRoundTrip(
    _ values: [String: String], emptied afterwards: [String: String] = [:], through connector: some Connector
) async throws -> String {
    let names = values.keys.sorted()
    var person = ContactUpsert(puenteID: puenteID(1), firstName: "Ana", lastName: "Gómez", waID: "34600111222")
    person.fields = values
    let made = try await connector.upsertContacts([person])
    let id = try #require(made.first?.remoteID, "\(made)")

    func said(_ contact: RemoteContact?) -> [String: String]? { contact?.fields.filter { values[$0.key] != nil } }
    let many = try await connector.contacts(remoteIDs: [id, "999999"], reading: names + ["no_such_field"])
    #expect(many.map(\.id) == [id])
    #expect(said(many.first) == values)
    let one = try await connector.contact(remoteID: id, reading: names)
    #expect(said(one) == values)
    let changed = try await change(of: id, reading: names, through: connector)
    #expect(said(changed) == values)
    #expect(changed?.puenteID == puenteID(1))

    person.remoteID = id
    person.fields = Dictionary(uniqueKeysWithValues: names.map { ($0, "") })
    let emptied = try await connector.upsertContacts([person])
    #expect(emptied == [.done(remoteID: id)])
    let empty = try await connector.contacts(remoteIDs: [id], reading: names)
    #expect(said(empty.first) == afterwards)
    return id
}

/// What the pages of changes say of a record last.
private func change(
    of id: String, reading names: [String], through connector: some Connector
) async throws -> RemoteContact? {
    var (cursor, found): (String?, RemoteContact?) = (nil, nil)
    for _ in 0..<10 {
        let page = try await connector.changes(since: cursor, reading: names)
        found = page.contacts.last { $0.id == id } ?? found
        cursor = page.nextCursor
        guard page.isMore else { break }
    }
    return found
}

/// One contact's fields cannot be written; those before and behind it go through.
func expectOneFails(
    _ fields: [String: String], code: String, through connector: some Connector
) async throws {
    let people = (Int64(11)...13).map { number in
        ContactUpsert(puenteID: puenteID(number), lastName: "Gómez", fields: number == 12 ? fields : [:])
    }
    let outcomes = try await connector.upsertContacts(people)
    #expect(outcomes.map { $0.remoteID != nil } == [true, false, true], "\(outcomes)")
    guard case .failed(let failure) = outcomes[1] else { return }
    #expect(failure.code == code)
    #expect(failure.kind == .permanent && failure.scope == .message)
    #expect(!failure.advice.en.isEmpty && failure.advice.en != failure.advice.es)
}

extension [RemoteField] {
    func shape(of name: String) -> FieldShape? { first { $0.name == name }?.shape }
}
