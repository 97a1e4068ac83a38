import Domain
import Testing

@testable import Store

@Suite struct FieldTests {
    @Test(arguments: TestDatabase.available)
    func `fields stand in the order they were made, keep their key, and are moved`(
        engine: TestDatabase
    ) async throws {
        try await engine.withWorld { world in
            let (store, workspace) = (world.store, world.workspace)
            let first = try await world.makeField("Fecha de compra", .date)
            let second = try await world.makeField("Fecha de compra", .text)
            let level = try await world.makeField("Nivel", .choice, choices: ["Oro", "Plata"])

            try await store.moveField(level, .up, in: workspace, by: "Ana")
            try await store.moveField(level, .up, in: workspace, by: "Ana")
            try await store.moveField(level, .up, in: workspace, by: "Ana")
            try await store.changeField(
                second, name: "Segunda", choices: [], in: workspace, by: "Ana")

            let fields = try await store.fields(in: workspace)
            #expect(fields.map(\.id) == [level, first, second])
            #expect(fields.map(\.key) == ["nivel", "fecha_de_compra", "fecha_de_compra_2"])
            #expect(fields.map(\.name) == ["Nivel", "Fecha de compra", "Segunda"])
            #expect(fields[0].choices == ["Oro", "Plata"])
        }
    }

    @Test(arguments: TestDatabase.available)
    func `a field that is put away is not asked for, and keeps its values`(engine: TestDatabase) async throws {
        try await engine.withWorld { world in
            let (store, workspace) = (world.store, world.workspace)
            let field = try await world.makeField("Peso", .number)
            let contact = try await world.add(PersonSample(name: "Ana"))
            try await store.setField(
                field, of: contact, to: "72,5", habits: ConsoleWorld.habits, in: workspace, by: "Ana")

            try await store.setArchived(true, field: field, in: workspace, by: "Ana")
            #expect(try await store.fields(in: workspace).isEmpty)
            #expect(try await store.details(of: contact, in: workspace)?.fields.isEmpty == true)
            await #expect(throws: PuenteError.noField) {
                try await store.setField(
                    field, of: contact, to: "1", habits: ConsoleWorld.habits, in: workspace, by: "Ana")
            }

            try await store.setArchived(false, field: field, in: workspace, by: "Ana")
            #expect(try await store.details(of: contact, in: workspace)?.fields.first?.value == "72.5")
            #expect(try await store.fields(counting: true, in: workspace).first?.contacts?.value == 1)
        }
    }

    @Test(arguments: TestDatabase.available)
    func `choices are added, and taken away while nobody has them and no segment asks for them`(
        engine: TestDatabase
    ) async throws {
        try await engine.withWorld { world in
            let (store, workspace) = (world.store, world.workspace)
            let level = try await world.makeField("Nivel", .choice, choices: ["Oro", "Plata"])
            func choose(_ choices: String...) async throws {
                try await store.changeField(level, name: "Nivel", choices: choices, in: workspace, by: "Ana")
            }
            try await choose("Bronce", "Plata", "Oro", "Platino")
            #expect(try await store.field(level, in: workspace)?.choices == ["Bronce", "Plata", "Oro", "Platino"])
            let contact = try await world.add(PersonSample(fields: [level: FieldValue(choice: "Plata")]))
            let golden = try SegmentConditions(
                .any, [.group(.all, [.name(.filled), .field(level, .choice, .differs("oro"))])])
            let segment = try await store.createSegment("Sin oro", golden, in: workspace, by: "Ana")

            for wrong in [["Bronce", "Oro", "Platino"], ["Bronce", "Plata", "Platino"], ["Oro", "plata"]] {
                let problem = await #expect(throws: PuenteError.self) {
                    try await store.changeField(level, name: "Nivel", choices: wrong, in: workspace, by: "Ana")
                }
                #expect(problem?.detail == "choices", "\(wrong)")
            }
            try await choose("Oro", "Plata")
            #expect(try await store.field(level, in: workspace)?.choices == ["Oro", "Plata"])

            try await store.setField(
                level, of: contact, to: "", habits: ConsoleWorld.habits, in: workspace, by: "Ana")
            _ = try await store.deleteSegment(segment, in: workspace, by: "Ana")
            try await choose("Bronce")
            #expect(try await store.field(level, in: workspace)?.choices == ["Bronce"])
        }
    }

    @Test(arguments: TestDatabase.available)
    func `a choice that is renamed is renamed with everybody and in segments, and back again`(
        engine: TestDatabase
    ) async throws {
        try await engine.withWorld { world in
            let (store, workspace) = (world.store, world.workspace)
            let level = try await world.makeField("Nivel", .choice, choices: ["Oro", "Plata"])
            for index in 0..<620 {
                let choice = index < 610 ? "Oro" : "Plata"
                try await world.add(PersonSample(fields: [level: FieldValue(choice: choice)]))
            }
            let gold = try SegmentConditions(.all, [.condition(.field(level, .choice, .equals("Oro")))])
            let segment = try await store.createSegment("Los de oro", gold, in: workspace, by: "Ana")
            let before = try await DatabaseImage.of(store)

            let change = try await store.startBulk(
                .renameChoice(field: level, from: "Oro", to: "Gold"),
                on: .everybody, in: workspace, by: "Ana")
            let bulk = try await world.finish(change)

            #expect(bulk.progress.changed == 610 && bulk.progress.total == 610)
            #expect(try await store.field(level, in: workspace)?.choices == ["Gold", "Plata"])
            let renamed = try #require(try await store.segment(segment, in: workspace))
            #expect(try await store.count(of: renamed.conditions, in: workspace).value == 610)

            _ = try await store.undo(change, in: workspace, by: "Ana")
            #expect(try await DatabaseImage.of(store).differences(from: before) == [])
        }
    }

    @Test(
        "who chose the new name since has the former one when the renaming is undone",
        arguments: TestDatabase.available, [["Gold", "Plata"], ["Gold", "Plata", "Bronce"]])
    func chosenSince(engine: TestDatabase, choices: [String]) async throws {
        try await engine.withWorld { world in
            let (store, workspace) = (world.store, world.workspace)
            let level = try await world.makeField("Nivel", .choice, choices: ["Oro", "Plata"])
            let people = try await [
                world.add(PersonSample(fields: [level: FieldValue(choice: "Oro")])), world.add(PersonSample()),
            ]
            let change = try await store.startBulk(
                .renameChoice(field: level, from: "Oro", to: "Gold"), on: .everybody, in: workspace, by: "Ana")
            _ = try await world.finish(change)
            try await store.changeField(level, name: "Nivel", choices: choices, in: workspace, by: "Ana")
            _ = try await store.setField(
                level, of: people[1], to: "Gold", habits: ConsoleWorld.habits, in: workspace, by: "Ana")
            let gold = try SegmentConditions(.all, [.condition(.field(level, .choice, .equals("Gold")))])
            let segment = try await store.createSegment("Los de oro", gold, in: workspace, by: "Ana")

            _ = try await store.undo(change, in: workspace, by: "Ana")
            for (rest, _) in try await store.openBulks() { _ = try await world.finish(rest) }

            #expect(try await store.field(level, in: workspace)?.choices == ["Oro"] + choices.dropFirst())
            for person in people {
                #expect(try await store.details(of: person, in: workspace)?.fields.first?.value == "Oro")
            }
            let asked = try #require(try await store.segment(segment, in: workspace)?.conditions)
            #expect(asked.all == [.field(level, .choice, .equals("Oro"))])
            #expect(try await store.openBulks().isEmpty)
        }
    }

    @Test(arguments: TestDatabase.available)
    func `a choice is renamed to a name as fields keep it, or not at all`(engine: TestDatabase) async throws {
        try await engine.withWorld { world in
            let (store, workspace) = (world.store, world.workspace)
            let level = try await world.makeField("Nivel", .choice, choices: ["Oro", "Plata"])
            let person = try await world.add(PersonSample(fields: [level: FieldValue(choice: "Oro")]))
            func rename(_ from: String, _ to: String) async throws -> ChangeID {
                try await store.startBulk(
                    .renameChoice(field: level, from: from, to: to), on: .everybody, in: workspace, by: "Ana")
            }

            // To its own name it would never come to an end.
            for name in ["", " ", "Oro", " Oro ", "plata", String(repeating: "x", count: 101)] {
                let problem = await #expect(throws: PuenteError.self) { _ = try await rename("Oro", name) }
                #expect(problem?.detail == "choices", "\(name)")
            }
            await #expect(throws: PuenteError.noSuchChoice) { _ = try await rename("Bronce", "Cobre") }
            #expect(try await store.openBulks().isEmpty)

            _ = try await world.finish(try await rename("Oro", "  Gold "))
            #expect(try await store.field(level, in: workspace)?.choices == ["Gold", "Plata"])
            #expect(try await store.details(of: person, in: workspace)?.fields.first?.value == "Gold")
        }
    }
}
