import Domain
import Pipeline
import Store
import Testing

@testable import Console

/// What a CRM says of contacts.
extension ConsoleWorld {
    static let context = SyncContext.ofServer(publicURL: nil, region: "MX")

    var hubSpot: ConnectionID {
        get async throws {
            try #require(await store.connections(in: workspace).first { $0.kind == "hubspot" }).id
        }
    }

    /// The mapping has these rows from now on.
    func map(_ rows: MappingRow...) async throws {
        let crm = try await hubSpot
        let version = try await store.mapping(of: crm, in: workspace)?.version
        try await store.saveMapping(FieldMapping(rows), of: crm, expecting: version, by: "Ana", in: workspace)
    }

    /// Somebody who wrote and has the record 51.
    func linkedContact() async throws -> ContactID {
        try await write()
        let contact = try #require(await store.contacts(in: workspace).items.first).person.id
        let crm = try await hubSpot
        let grip = try #require(grips.first { $0.lane == .connection(crm) })
        try await store.link([(contact, "51")], grip: grip)
        return contact
    }

    /// The record says this, and is compared.
    func compare(_ contact: ContactID, _ fields: [String: String]) async throws {
        let turn = SyncTurn(try await hubSpot, in: workspace, cause: .webhook, actor: "HubSpot")
        _ = try await store.merge(
            [SyncRecord(contact: contact, remoteID: "51", fields: fields, modifiedAt: nil)], turn,
            context: Self.context, gives: .now)
    }

    func note(of contact: ContactID) async throws -> String? {
        try await store.contact(contact, in: workspace)?.note
    }
}

extension MappingRow {
    static let note = MappingRow(local: .note, remote: "f", direction: .both, rule: .crmWins)
    static let askedNote = MappingRow(local: .note, remote: "f", direction: .both, rule: .ask)
}
