import Domain
import Testing

@testable import Store

@Suite struct BulkTests {
    /// A crowd, every third of them with the label.
    private func crowd(_ world: ConsoleWorld, _ size: Int, _ label: LabelID) async throws -> [ContactID] {
        var contacts: [ContactID] = []
        for index in 0..<size {
            contacts.append(
                try await world.add(
                    PersonSample(name: "Persona \(index)", labels: index.isMultiple(of: 3) ? [label] : [])))
        }
        return contacts
    }

    @Test(arguments: TestDatabase.available)
    func `each action changes all whom it is for, and undone leaves the database as it was`(
        engine: TestDatabase
    ) async throws {
        try await engine.withWorld { world in
            let (store, workspace) = (world.store, world.workspace)
            let vip = try await world.makeLabel("VIP")
            let fresh = try await world.makeLabel("Nueva")
            let points = try await world.makeField("Puntos", .number)
            let seven = try #require(try FieldValue.read("7", as: .number, habits: .machine))
            _ = try await crowd(world, 30, vip)
            let some = try await world.add(
                PersonSample(labels: [fresh], fields: [points: seven]))
            try await store.setState(.complaint, of: some, reason: "vieja", in: workspace, by: "Ana")
            let five = try #require(try FieldValue.read("5", as: .number, habits: .machine))
            let everybody = ContactSelection.everybody

            let actions: [(BulkAction, Int)] = [
                (.addLabel(label: fresh), 30), (.removeLabel(label: vip), 10),
                (.setField(field: points, value: five), 31), (.clearField(field: points), 1),
                (.setState(state: .complaint, reason: "nueva"), 31), (.clearState(state: .complaint), 1),
                (.withdrawMarketing(reason: "Lo pidieron"), 31),
            ]
            for (action, changed) in actions {
                let before = try await DatabaseImage.of(store)
                let change = try await store.startBulk(action, on: everybody, in: workspace, by: "Ana")
                let bulk = try await world.finish(change)
                #expect(bulk.change.state == .done && bulk.progress.failure == nil)
                #expect(bulk.progress.seen == 31 && bulk.progress.total == 31)
                #expect(bulk.progress.changed == changed, "\(action)")
                #expect(try await DatabaseImage.of(store) != before)

                _ = try await store.undo(change, in: workspace, by: "Ana")
                #expect(try await DatabaseImage.of(store).differences(from: before) == [], "\(action)")
            }
        }
    }

    @Test(arguments: TestDatabase.available)
    func `who was withdrawn from marketing twice stays so when the first time is undone`(
        engine: TestDatabase
    ) async throws {
        try await engine.withWorld { world in
            let (store, workspace) = (world.store, world.workspace)
            let contact = try await world.add(PersonSample(name: "Eva"))
            let before = try await DatabaseImage.of(store)
            var changes: [ChangeID] = []
            for reason in ["Feria", "Queja"] {
                let change = try await store.startBulk(
                    .withdrawMarketing(reason: reason), on: .everybody, in: workspace, by: "Ana")
                _ = try await world.finish(change)
                changes.append(change)
            }
            let withdrawn = try SegmentConditions(.all, [.condition(.consent(.marketing, .withdrawn))])

            _ = try await store.undo(changes[0], in: workspace, by: "Ana")
            #expect(try await world.members(withdrawn) == [contact])

            _ = try await store.undo(changes[1], in: workspace, by: "Ana")
            #expect(try await world.members(withdrawn) == [])
            #expect(try await DatabaseImage.of(store).differences(from: before) == [])
        }
    }

    @Test(arguments: TestDatabase.available)
    func `its reason is kept as that of one contact, and one that is too long is refused`(
        engine: TestDatabase
    ) async throws {
        try await engine.withWorld { world in
            let (store, workspace) = (world.store, world.workspace)
            let eva = try await world.add(PersonSample(name: "Eva"))
            _ = try await world.finish(
                try await store.startBulk(
                    .setState(state: .blocked, reason: " Feria\n2026 "), on: .everybody, in: workspace, by: "Ana"))
            #expect(try await store.details(of: eva, in: workspace)?.states.first?.reason == "Feria 2026")

            let long = String(repeating: "x", count: ContactState.maxReason + 1)
            for action: BulkAction in [.setState(state: .blocked, reason: long), .withdrawMarketing(reason: long)] {
                let problem = await #expect(throws: PuenteError.self) {
                    try await store.startBulk(action, on: .everybody, in: workspace, by: "Ana")
                }
                #expect(problem?.detail == "reason")
            }
        }
    }

    @Test(arguments: TestDatabase.available)
    func `it goes slice by slice, survives a restart, and takes nobody twice`(engine: TestDatabase) async throws {
        try await engine.withWorld { world in
            let (store, workspace) = (world.store, world.workspace)
            let vip = try await world.makeLabel("VIP")
            let fresh = try await world.makeLabel("Nueva")
            _ = try await crowd(world, 1203, vip)
            // Whoever gets the label is in the segment no more.
            let unlabelled = try SegmentConditions(.all, [.condition(.label(fresh, isSo: false))])
            let change = try await store.startBulk(
                .addLabel(label: fresh), on: .matching(unlabelled), in: workspace, by: "Ana")
            try await world.add(PersonSample(name: "Llegó después"))

            // Nobody waits for a count: few are done before.
            #expect(try await !store.advanceBulk(change, in: workspace))
            let first = try #require(try await store.bulk(change, in: workspace))
            #expect(first.progress.seen == 500 && first.progress.total == nil && first.progress.left == nil)
            world.clock.advance(by: .seconds(2))
            #expect(try await !store.advanceBulk(change, in: workspace))
            let halfway = try #require(try await store.bulk(change, in: workspace))
            #expect(halfway.progress.seen == 1000 && halfway.progress.total == 1203)
            #expect(halfway.progress.rate == 250)
            let left = try #require(halfway.progress.left)
            #expect(left > .milliseconds(811) && left < .milliseconds(813))
            #expect(try await store.openBulks().map(\.change) == [change])
            let bulk = try await world.finish(change)

            #expect(bulk.progress.changed == 1203 && bulk.progress.seen == 1203)
            #expect(bulk.change.rows == 1203)
            #expect(try await store.openBulks().isEmpty)
            #expect(try await store.label(fresh, in: workspace)?.contacts?.value == 1203)
        }
    }

    @Test(arguments: TestDatabase.available)
    func `contacts chosen one by one, also twice or no more there`(engine: TestDatabase) async throws {
        try await engine.withWorld { world in
            let (store, workspace) = (world.store, world.workspace)
            let vip = try await world.makeLabel("VIP")
            let crowd = try await crowd(world, 4, vip)
            let chosen = ContactSelection.chosen(contacts: [crowd[1], crowd[2], crowd[1], ContactID(rawValue: 5)])

            let bulk = try await world.finish(
                try await store.startBulk(.setState(state: .blocked, reason: ""), on: chosen, in: workspace, by: "Ana"))

            #expect(bulk.progress.changed == 2)
            #expect(
                try await world.members(SegmentConditions(.all, [.condition(.state(.blocked, isSo: true))]))
                    == [crowd[1], crowd[2]])
            for wrong in [
                ContactSelection.chosen(contacts: []), .chosen(contacts: Array(repeating: crowd[0], count: 1001)),
            ] {
                await #expect(throws: PuenteError.wrongSelection) {
                    try await store.startBulk(.addLabel(label: vip), on: wrong, in: workspace, by: "Ana")
                }
            }
        }
    }

    @Test(arguments: TestDatabase.available)
    func `one that is stopped keeps what it did, and that can be put back`(engine: TestDatabase) async throws {
        try await engine.withWorld { world in
            let (store, workspace) = (world.store, world.workspace)
            let vip = try await world.makeLabel("VIP")
            _ = try await crowd(world, 700, vip)
            let before = try await DatabaseImage.of(store)
            let change = try await store.startBulk(
                .addLabel(label: vip), on: .everybody, in: workspace, by: "Ana")
            await #expect(throws: PuenteError.notUndoable) { try await store.undo(change, in: workspace, by: "Ana") }
            _ = try await store.advanceBulk(change, in: workspace)

            try await store.stopBulk(change, in: workspace)

            #expect(try await store.advanceBulk(change, in: workspace))
            let bulk = try #require(try await store.bulk(change, in: workspace))
            #expect(bulk.progress.isStopped && bulk.progress.seen == 500)
            await #expect(throws: PuenteError.self) { try await store.stopBulk(change, in: workspace) }
            _ = try await store.undo(change, in: workspace, by: "Ana")
            #expect(try await DatabaseImage.of(store).differences(from: before) == [])
        }
    }

    @Test(arguments: TestDatabase.available)
    func `a label that goes meanwhile ends it with a sentence`(engine: TestDatabase) async throws {
        try await engine.withWorld { world in
            let (store, workspace) = (world.store, world.workspace)
            let vip = try await world.makeLabel("VIP")
            let fresh = try await world.makeLabel("Nueva")
            _ = try await crowd(world, 600, vip)
            let everybody = ContactSelection.everybody
            let change = try await store.startBulk(
                .addLabel(label: fresh), on: everybody, in: workspace, by: "Ana")
            _ = try await store.advanceBulk(change, in: workspace)
            _ = try await world.finish(
                try await store.startBulk(.deleteLabel(label: fresh), on: everybody, in: workspace, by: "Ana"))

            #expect(try await store.advanceBulk(change, in: workspace))

            let bulk = try #require(try await store.bulk(change, in: workspace))
            #expect(bulk.change.state == .done)
            #expect(bulk.progress.failure == PuenteError.noLabel.message)
            await #expect(throws: PuenteError.noLabel) {
                try await store.startBulk(.addLabel(label: fresh), on: everybody, in: workspace, by: "Ana")
            }
        }
    }

    @Test(arguments: TestDatabase.available)
    func `who is erased or merged meanwhile is left out, and the others are put back`(
        engine: TestDatabase
    ) async throws {
        try await engine.withWorld { world in
            let (store, workspace) = (world.store, world.workspace)
            let vip = try await world.makeLabel("VIP")
            let fresh = try await world.makeLabel("Nueva")
            let people = try await crowd(world, 620, vip)
            let change = try await store.startBulk(.addLabel(label: fresh), on: .everybody, in: workspace, by: "Ana")
            _ = try await store.advanceBulk(change, in: workspace)

            // Of those who had their turn, and of those who did not.
            for contact in [people[3], people[603]] {
                _ = try await store.erase(contact, wish: .tell, by: "Ana", in: workspace)
            }
            for (loser, winner) in [(people[4], people[604]), (people[605], people[5])] {
                _ = try await store.merge(loser, into: winner, by: "Ana", in: workspace)
            }
            let bulk = try await world.finish(change)

            #expect(bulk.change.state == .done && bulk.progress.failure == nil)
            let labelled = try SegmentConditions(.all, [.condition(.label(fresh, isSo: true))])
            #expect(try await store.count(of: labelled, in: workspace).value == 616)
            _ = try await store.undo(change, in: workspace, by: "Ana")
            // A label that came to somebody by a merge is the merge's: it stays.
            #expect(try await world.members(labelled) == [people[604]])
            #expect(
                try await store.look(
                    "SELECT COUNT(*) AS n FROM contact_label WHERE contact_id IN (\(people[3].rawValue), \(people[603].rawValue))"
                ) == 0)
        }
    }

    @Test(arguments: TestDatabase.available)
    func `a choice that is taken away meanwhile ends it, and a renaming is not stopped`(
        engine: TestDatabase
    ) async throws {
        try await engine.withWorld { world in
            let (store, workspace) = (world.store, world.workspace)
            let level = try await world.makeField("Nivel", .choice, choices: ["Oro", "Plata", "Bronce"])
            for _ in 0..<600 { try await world.add(PersonSample(fields: [level: FieldValue(choice: "Plata")])) }
            let golden = try await store.startBulk(
                .setField(field: level, value: FieldValue(choice: "Bronce")), on: .everybody, in: workspace, by: "Ana")
            try await store.changeField(level, name: "Nivel", choices: ["Oro", "Plata"], in: workspace, by: "Ana")
            #expect(try await store.advanceBulk(golden, in: workspace))
            #expect(
                try await store.bulk(golden, in: workspace)?.progress.failure == PuenteError.noSuchChoice.message)

            let renaming = try await store.startBulk(
                .renameChoice(field: level, from: "Plata", to: "Silver"), on: .everybody, in: workspace, by: "Ana")
            _ = try await store.advanceBulk(renaming, in: workspace)
            await #expect(throws: PuenteError.notStoppable) { try await store.stopBulk(renaming, in: workspace) }
            #expect(try await world.finish(renaming).progress.changed == 600)
        }
    }

    @Test(arguments: TestDatabase.available)
    func `what was changed again since stays when it is undone`(engine: TestDatabase) async throws {
        try await engine.withWorld { world in
            let (store, workspace) = (world.store, world.workspace)
            let points = try await world.makeField("Puntos", .number)
            let ana = try await world.add(PersonSample(name: "Ana"))
            let luis = try await world.add(PersonSample(name: "Luis"))
            let five = try #require(try FieldValue.read("5", as: .number, habits: .machine))
            let change = try await store.startBulk(
                .setField(field: points, value: five), on: .chosen(contacts: [ana, luis]), in: workspace, by: "Ana")
            _ = try await world.finish(change)
            _ = try await store.setField(
                points, of: ana, to: "7", habits: ConsoleWorld.habits, in: workspace, by: "Ana")

            let undone = try await store.undo(change, in: workspace, by: "Ana")

            #expect(undone.undoneRows == 1 && undone.keptRows == 1)
            #expect(try await store.details(of: ana, in: workspace)?.fields.first?.value == "7")
            #expect(try await store.details(of: luis, in: workspace)?.fields.first?.value == nil)
        }
    }
}
