import Domain
import Testing

@testable import CRM

/// Whose a contact is in each CRM, by the e-mail address of the colleague.
@Suite(.timeLimit(.minutes(2))) struct UsersTests {
    private static let marta = "marta.gil@ejemplo.example"

    /// Somebody is made the owner by address and read back so; then nobody, where the CRM lets a record be nobody's.
    private func expectOwners(
        _ field: String, other: String, former: String, through connector: some Connector
    ) async throws {
        _ = try await connector.prepare()
        let users = try #require(try await connector.users())
        #expect(users.first { $0.email == Self.marta }.map { $0.name == "Marta Gil" && $0.isActive } == true)
        #expect(users.first { $0.email == former }?.isActive == false)

        var person = ContactUpsert(
            puenteID: puenteID(1), lastName: "Gómez", fields: [field: "Marta.Gil@ejemplo.example"])
        let made = try await connector.upsertContacts([person])
        let id = try #require(made.first?.remoteID, "\(made)")
        func owner() async throws -> String? {
            let many = try await connector.contacts(remoteIDs: [id], reading: [field])
            let one = try await connector.contact(remoteID: id, reading: [field])
            #expect(one?.fields[field] == many.first?.fields[field])
            #expect(many.first?.lacking == [])
            return many.first?.fields[field]
        }
        #expect(try await owner() == Self.marta)

        person.remoteID = id
        person.fields = [field: other]
        #expect(try await connector.upsertContacts([person]) == [.done(remoteID: id)])
        #expect(try await owner() == other)
        let known = try #require(connector.knownUsers)
        #expect(known.isSuperset(of: [Self.marta, other]) && !known.contains(former))

        for nobody in [former, "nadie@ejemplo.example"] {
            try await expectOneFails([field: nobody], code: "field-value", through: connector)
        }
    }

    @Test func `HubSpot's owners are told by address`() async throws {
        try await withCRM(CRMs.hubSpot) { connector, _ in
            try await expectOwners(
                "hubspot_owner_id", other: "mei.lin@ejemplo.example", former: "rosa.diaz@ejemplo.example",
                through: connector)
        }
    }

    @Test func `Salesforce's owners are told by address, and what is no person is none`() async throws {
        try await withCRM(CRMs.salesforce) { connector, _ in
            try await expectOwners(
                "OwnerId", other: "luis.pardo@ejemplo.example", former: "rosa.diaz@ejemplo.example",
                through: connector)
            let users = try await connector.users()
            #expect(users?.contains { $0.name == "Automated Process" } == false)
        }
    }

    @Test func `Zoho's owners are told by address`() async throws {
        try await withCRM(CRMs.zoho) { connector, _ in
            try await expectOwners(
                "Owner", other: "luis.pardo@ejemplo.example", former: "rosa.diaz@ejemplo.example",
                through: connector)
        }
    }

    @Test(arguments: [16, 19])
    func `Odoo's salespeople are told by address`(version: Int) async throws {
        try await withCRM(version: version, CRMs.odoo) { connector, _ in
            try await expectOwners(
                "user_id", other: "luis.pardo@ejemplo.example", former: "rosa.diaz@ejemplo.example",
                through: connector)
        }
    }

    // MARK: The directory

    private static let people = [
        RemoteUser(id: "1", email: " Ana@Ejemplo.example ", name: "Ana", isActive: true),
        RemoteUser(id: "2", email: "old@ejemplo.example", name: "Old", isActive: false),
        RemoteUser(id: "3", email: "twice@ejemplo.example", name: "One", isActive: true),
        RemoteUser(id: "4", email: "TWICE@ejemplo.example", name: "Two", isActive: true),
        RemoteUser(id: "5", email: "no address", name: "Robot", isActive: true),
    ]

    @Test func `an address names one active person, and everybody's id is told by theirs`() {
        let directory = UserDirectory(Self.people)
        #expect(directory.addresses == ["ana@ejemplo.example"])
        #expect(directory.id(of: "ANA@ejemplo.example") == "1")
        #expect(directory.id(of: "old@ejemplo.example") == nil && directory.id(of: "twice@ejemplo.example") == nil)
        let names = ["1", "2", "4", "5", "9"].map(directory.name)
        #expect(names == ["ana@ejemplo.example", "old@ejemplo.example", "twice@ejemplo.example", "5", "9"])
        #expect(directory.knows("5") && directory.knows("Old@ejemplo.example") && !directory.knows("9"))
    }

    private static let fields = FieldBook([
        DescribedField(field: RemoteField(name: "owner", label: "Owner", shape: .user), kind: "user"),
        DescribedField(field: RemoteField(name: "note", label: "Note", shape: .text), kind: "text"),
    ])

    private static func failure(_ kind: CallFailure.Kind) -> CallFailure {
        CallFailure(
            kind: kind, code: "403", scope: .connection, vendorText: "", advice: LocalizedText(en: "No.", es: "No."))
    }

    @Test func `of owners who may not be read nothing is known, and nobody becomes one`() async throws {
        let book = UserBook { () async throws(CallFailure) -> [RemoteUser] in throw Self.failure(.accountWide) }
        #expect(book.addresses == nil)

        let read = try await book.named(
            [RemoteContact(id: "c", fields: ["owner": "1", "note": "x"])], ["note", "owner"], in: Self.fields)

        #expect(read.first?.fields == ["note": "x"] && read.first?.lacking == ["owner"])
        #expect(book.addresses == [])
    }

    @Test func `a failure that passes is the call's`() async throws {
        let book = UserBook { () async throws(CallFailure) -> [RemoteUser] in throw Self.failure(.transient) }
        await #expect(throws: Self.failure(.transient)) {
            _ = try await book.named([RemoteContact(id: "c", fields: ["owner": "1"])], ["owner"], in: Self.fields)
        }
        let untouched = try await book.named([RemoteContact(id: "c")], ["note"], in: Self.fields)
        #expect(untouched == [RemoteContact(id: "c")])
    }
}
