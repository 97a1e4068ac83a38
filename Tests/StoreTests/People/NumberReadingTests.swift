import Domain
import Testing

@testable import Store

/// What kind numbers are is noted beside the work, also of those from before it was.
@Suite struct NumberReadingTests {
    @Test(arguments: TestDatabase.available)
    func `each number gets its kind once, and segments find it`(engine: TestDatabase) async throws {
        try await engine.with { database in
            let world = try await ConsoleWorld(database, kindOfNumber: { $0.hasPrefix("5255") ? .fixedLine : .mobile })
            let ana = try await world.add(PersonSample(phones: ["525512345678"], emails: ["ana@ejemplo.mx"]))
            let eva = try await world.add(PersonSample(phones: ["34600000001", "525587654321"]))
            let luis = try await world.add(PersonSample(emails: ["luis@ejemplo.mx"]))
            #expect(try await world.are(.fixedLine) == [])

            #expect(try await world.store.readNumbers(limit: 2) == 2)
            #expect(try await world.store.readNumbers(limit: 2) == 1)
            #expect(try await world.store.readNumbers(limit: 2) == 0)

            #expect(try await world.are(.fixedLine) == [ana, eva])
            #expect(try await world.are(.mobile) == [eva])
            #expect(try await world.are(.mobile, isSo: false) == [ana, luis])
        }
    }

    @Test(arguments: TestDatabase.available)
    func `numbers from before marks were kept get theirs by the messages that are there`(
        engine: TestDatabase
    ) async throws {
        try await engine.withWorld { world in
            let failure = GraphFailure(code: 131_026, title: nil, details: nil)
            for (index, person) in [ConsoleWorld.lucia, ConsoleWorld.carlos].enumerated() {
                try await world.write("Hola", wamid: "in.\(index)", from: person)
                let conversation = try #require(
                    try await world.conversations().first { $0.person.phone == person.waID })
                _ = try await world.answer("Buenas", in: conversation.id, by: world.hire("ana\(index)"))
                try await world.send(world.accepted("out.\(index)"))
                try await world.receive([
                    .status(
                        ReceivedStatus(
                            messageID: "out.\(index)", name: "failed", at: world.clock.now, recipient: person,
                            failures: [failure]))
                ])
            }
            world.clock.advance(by: .minutes(1))
            try await world.write("Aquí sigo", wamid: "in.9", from: ConsoleWorld.carlos)
            // As a database of the last release is.
            try await world.store.database.write { connection in
                try connection.execute("UPDATE handle SET number_kind = NULL, \(UnreachableNumber.cleared)")
            }

            while try await world.store.readNumbers(limit: 1) > 0 {}

            let marked = try await world.store.contacts(ContactQuery(isUnreachable: true), in: world.workspace)
            #expect(marked.page.items.map(\.person.phone) == [ConsoleWorld.lucia.waID])
        }
    }
}

extension ConsoleWorld {
    fileprivate func are(_ kind: PhoneNumberKind, isSo: Bool = true) async throws -> Set<ContactID> {
        try await members(SegmentConditions(.all, [.condition(.numberKind(kind, isSo: isSo))]))
    }
}
