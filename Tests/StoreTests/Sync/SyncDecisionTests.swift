import Domain
import Testing

@testable import Store

/// What people decide: conflicts, and putting back.
@Suite struct SyncDecisionTests {
    private static let asking = MappingRow(local: .name, remote: "f", direction: .both, rule: .ask)
    private static let taking = MappingRow(local: .note, remote: "f", direction: .both, rule: .crmWins)

    private func note(_ contact: ContactID, _ world: ConsoleWorld) async throws -> String? {
        try await world.snapshot(contact, .note)[.note]
    }

    private func conflict(_ world: ConsoleWorld) async throws -> SyncConflict? {
        try await world.store.syncConflicts(of: world.crm, in: world.workspace).items.first
    }

    @Test(arguments: TestDatabase.available)
    func `a conflict is opened once, follows what both say, and closes when they agree`(
        engine: TestDatabase
    ) async throws {
        try await engine.withWorld { world in
            try await world.map(Self.asking)
            let contact = try await world.linked(PersonSample(name: "Ana"))
            _ = try await world.compare(contact, ["f": "Eva"])
            _ = try await world.compare(contact, ["f": "Eva M."])

            let open = try #require(try await conflict(world))
            #expect(open.ours == "Ana" && open.theirs == "Eva M." && open.refusal == nil)
            #expect(try await world.changes(.conflict).count == 1)

            _ = try await world.compare(contact, ["f": "Ana"])
            #expect(try await conflict(world) == nil)
            #expect(try await world.changes(.resolved).count == 1)
        }
    }

    @Test(arguments: TestDatabase.available, [SyncChoice.ours, .theirs, .value("Zoe"), .value("")])
    func `what a person chose goes to both sides`(engine: TestDatabase, choice: SyncChoice) async throws {
        try await engine.withWorld { world in
            try await world.map(Self.asking)
            let contact = try await world.linked(PersonSample(name: "Ana"))
            _ = try await world.compare(contact, ["f": "Eva"])
            let open = try #require(try await conflict(world))

            let done = try await world.store.resolve(
                [open.id], choosing: choice, context: ConsoleWorld.sync, by: "Ana", in: world.workspace)
            #expect(done.resolved == 1)
            #expect(try await conflict(world) == nil)
            let outcome = try await world.compare(contact, ["f": "Eva"])
            try await world.accept(outcome)

            let value = open.value(of: choice)
            #expect(try await world.snapshot(contact, .name)[.name] ?? "" == value)
            #expect(outcome.fields == (choice == .theirs ? [:] : ["f": value]))
            #expect(try await world.compare(contact, ["f": value]).gives.isEmpty)
            #expect(try await world.store.syncHealth(of: world.crm, in: world.workspace).decisions.value == 0)
            #expect(try await conflict(world) == nil)
        }
    }

    @Test(arguments: TestDatabase.available)
    func `what is typed and cannot be taken is refused, and the conflict stays`(engine: TestDatabase) async throws {
        try await engine.withWorld { world in
            try await world.map(MappingRow(local: .email, remote: "f", direction: .both, rule: .ask))
            let contact = try await world.linked(
                PersonSample(name: "Ana", emails: ["ana@ejemplo.mx"], evidence: "person"))
            _ = try await world.compare(contact, ["f": "eva@ejemplo.mx"])
            let open = try #require(try await conflict(world))

            let refused = try await world.store.resolve(
                [open.id], choosing: .value("no es correo"), context: ConsoleWorld.sync, by: "Ana",
                in: world.workspace)
            #expect(refused.resolved == 0 && refused.refused[open.id] == .unreadable)
            #expect(try await conflict(world)?.id == open.id)

            let done = try await world.store.resolve(
                [open.id], choosing: .value("ana.maria@ejemplo.mx"), context: ConsoleWorld.sync, by: "Ana",
                in: world.workspace)
            #expect(done.resolved == 1 && done.refused.isEmpty)
        }
    }

    @Test(arguments: TestDatabase.available)
    func `all conflicts of a connection are settled at once, those that cannot be are named`(
        engine: TestDatabase
    ) async throws {
        try await engine.withWorld { world in
            try await world.map(Self.asking)
            for index in 0..<5 {
                let contact = try await world.linked(PersonSample(name: "Ana \(index)"), record: "r\(index)")
                _ = try await world.compare(contact, ["f": "Eva \(index)"])
            }
            let refused = try await world.store.resolveAll(
                of: world.crm, choosing: .ours, writable: [], context: ConsoleWorld.sync, by: "Ana",
                in: world.workspace)
            #expect(refused.resolved == 0 && Set(refused.refused.values) == [.notWritable])

            let done = try await world.store.resolveAll(
                of: world.crm, choosing: .theirs, writable: [], context: ConsoleWorld.sync, by: "Ana",
                in: world.workspace)

            #expect(done.resolved == 5)
            #expect(try await world.store.countSyncConflicts(in: world.workspace).value == 0)
        }
    }

    // MARK: Putting back

    @Test(arguments: TestDatabase.available)
    func `a value that was taken is put back here at once, and in the CRM when it is written`(
        engine: TestDatabase
    ) async throws {
        try await engine.withWorld { world in
            try await world.map(Self.taking)
            let contact = try await world.linked(PersonSample(name: "Ana"))
            _ = try await world.compare(contact, ["f": "uno"])
            _ = try await world.compare(contact, ["f": "dos"])
            let second = try #require(try await world.changes(.taken).last)

            let report = try await world.store.putBack([second.id], world.puttingBack)

            #expect(report.fields == 1 && report.contacts == [contact])
            #expect(try await note(contact, world) == "uno")
            let outcome = try await world.compare(contact, ["f": "dos"])
            #expect(outcome.fields == ["f": "uno"])
            try await world.accept(outcome)
            #expect(try await world.compare(contact, ["f": "uno"]).gives.isEmpty)
            let marked = try await world.changes(.taken).last
            #expect(marked?.putBackBy == "Ana")
            #expect(try await world.changes(.putBack).map(\.after) == ["uno"])
            // Once is enough.
            #expect(try await world.store.putBack([second.id], world.puttingBack).fields == 0)
        }
    }

    @Test(arguments: TestDatabase.available)
    func `a value that was given is put back to what the CRM said, also to nothing`(
        engine: TestDatabase
    ) async throws {
        try await engine.withWorld { world in
            try await world.map(MappingRow(local: .note, remote: "f", direction: .both, rule: .puenteWins))
            let contact = try await world.linked(PersonSample(name: "Ana"))
            _ = try await world.store.editContact(contact, ContactEdit(note: "vip"), by: "Ana", in: world.workspace)
            try await world.accept(try await world.compare(contact, ["f": ""]))
            let given = try #require(try await world.changes(.given).first)

            _ = try await world.store.putBack([given.id], world.puttingBack)

            #expect(try await note(contact, world) == nil)
            #expect(try await world.compare(contact, ["f": "vip"]).fields == ["f": ""])
        }
    }

    @Test(arguments: TestDatabase.available)
    func `a contact and a span are put back to what there was before the first change`(
        engine: TestDatabase
    ) async throws {
        try await engine.withWorld { world in
            try await world.map(Self.taking)
            let ana = try await world.linked(PersonSample(name: "Ana"))
            let eva = try await world.linked(PersonSample(name: "Eva"), record: "r2")
            for contact in [ana, eva] { _ = try await world.compare(contact, ["f": "cero"]) }
            world.clock.advance(by: .minutes(1))
            let from = world.clock.now
            for text in ["uno", "dos"] {
                for contact in [ana, eva] { _ = try await world.compare(contact, ["f": text]) }
                world.clock.advance(by: .minutes(1))
            }

            let span = try await world.store.putBack(
                of: world.crm, from: from, to: world.clock.now, world.puttingBack)
            #expect(span.fields == 2 && span.contacts == [ana, eva] && span.refusals.isEmpty)
            #expect(try await note(ana, world) == "cero")
            #expect(try await note(eva, world) == "cero")
            let again = try await world.store.putBack(
                of: world.crm, from: from, to: world.clock.now, world.puttingBack)
            #expect(again.fields == 0)

            #expect(try await world.store.putBack(ana, of: world.crm, world.puttingBack).fields == 1)
            #expect(try await note(ana, world) == nil)
            #expect(try await note(eva, world) == "cero")
        }
    }

    @Test(arguments: TestDatabase.available)
    func `a name that was taken whole is put back whole, in the parts that it had there`(
        engine: TestDatabase
    ) async throws {
        try await engine.withWorld { world in
            try await world.map(
                MappingRow(local: .firstName, remote: "first", direction: .both, rule: .crmWins),
                MappingRow(local: .lastName, remote: "last", direction: .both, rule: .crmWins))
            let contact = try await world.linked(PersonSample(name: "María José López"))
            _ = try await world.compare(contact, ["first": "María José", "last": "López"])
            _ = try await world.compare(contact, ["first": "María José", "last": "Pérez"])
            let change = try #require(try await world.changes(.taken).first)

            let report = try await world.store.putBack([change.id], world.puttingBack)

            #expect(report.fields == 1 && report.refusals.isEmpty)
            #expect(try await world.snapshot(contact, .name)[.name] == "María José López")
            let outcome = try await world.compare(contact, ["first": "María José", "last": "Pérez"])
            #expect(outcome.fields == ["last": "López"])
            try await world.accept(outcome)
            let echo = try await world.compare(contact, ["first": "María José", "last": "López"])
            #expect(echo.fields.isEmpty && echo.taken.isEmpty)
        }
    }

    @Test(arguments: TestDatabase.available)
    func `what every CRM knows of people is put back, too, and decided`(engine: TestDatabase) async throws {
        try await engine.withWorld { world in
            try await world.map(MappingRow(local: .wellKnown(.city), remote: "f", direction: .both, rule: .ask))
            let contact = try await world.linked(PersonSample(name: "Ana"))
            _ = try await world.compare(contact, ["f": "Lima"])
            _ = try await world.compare(contact, ["f": "Quito"])
            let change = try #require(try await world.changes(.taken).last)
            #expect(change.before == "Lima")

            let report = try await world.store.putBack([change.id], world.puttingBack)
            #expect(report.fields == 1 && report.refusals.isEmpty)
            let outcome = try await world.compare(contact, ["f": "Quito"])
            #expect(outcome.fields == ["f": "Lima"])
            try await world.accept(outcome)

            let field = try required(try await world.store.look("SELECT id FROM field", as: FieldID.self))
            _ = try await world.store.setField(
                field, of: contact, to: "Cali", habits: .machine, in: world.workspace, by: "Ana")
            _ = try await world.compare(contact, ["f": "Piura"])
            let open = try #require(try await conflict(world))
            let done = try await world.store.resolve(
                [open.id], choosing: .theirs, context: ConsoleWorld.sync, by: "Ana", in: world.workspace)
            #expect(done.resolved == 1 && done.refused.isEmpty)
        }
    }

    @Test(arguments: TestDatabase.available)
    func `a span is put back a slice at a time, and goes on where it was`(engine: TestDatabase) async throws {
        try await engine.withWorld { world in
            try await world.map(Self.taking, MappingRow(local: .name, remote: "g", direction: .both, rule: .crmWins))
            var people: [ContactID] = []
            for index in 0..<120 {
                people.append(try await world.linked(PersonSample(name: "P\(index)"), record: "r\(index)"))
                _ = try await world.compare(people[index], ["f": "nuevo", "g": "Q\(index)"])
            }
            world.clock.advance(by: .minutes(1))
            let scope = try await world.store.syncPutBackScope(of: world.crm, in: world.workspace)
            #expect(scope == SyncPutBackScope(changes: 240, fields: 240, contacts: 120))
            func start() async throws -> SpanPutBack {
                try await world.store.startSpanPutBack(
                    of: world.crm, from: ConsoleWorld.start, to: world.clock.now, expected: scope.fields,
                    knowsFields: true, world.puttingBack)
            }
            let run = try await start()
            // One at a time.
            #expect(try await start().id == run.id)

            #expect(
                try await world.store.advanceSpanPutBack(run.id, in: world.workspace, context: ConsoleWorld.sync))
            let between = try #require(try await world.store.spanPutBack(run.id, in: world.workspace))
            #expect(between.state == .running && between.counts.fields == 200 && between.counts.contacts == 100)
            // As after a restart: whoever comes by finds it.
            world.clock.advance(by: .seconds(30))
            #expect(try await world.store.restingSpanPutBacks(for: .seconds(10)).map(\.id) == [run.id])
            #expect(
                try await world.store.advanceSpanPutBack(run.id, in: world.workspace, context: ConsoleWorld.sync)
                    == false)

            let done = try #require(try await world.store.spanPutBack(run.id, in: world.workspace))
            #expect(done.state == .done && done.counts.fields == 240 && done.counts.contacts == 120)
            #expect(try await note(people[119], world) == nil)
            #expect(try await world.snapshot(people[119], .name)[.name] == "P119")
            #expect(try await world.store.restingSpanPutBacks(for: .zero).isEmpty)
        }
    }

    @Test(arguments: TestDatabase.available)
    func `what is to be put back is counted by field and person, without what people decided`(
        engine: TestDatabase
    ) async throws {
        try await engine.withWorld { world in
            // What only Puente knows is given, and is never put back.
            try await world.map(
                Self.taking, MappingRow(local: .createdAt, remote: "made", direction: .toCRM, rule: .puenteWins))
            let ana = try await world.linked(PersonSample(name: "Ana"))
            let eva = try await world.linked(PersonSample(name: "Eva"), record: "r2")
            for text in ["uno", "dos"] {
                try await world.accept(try await world.compare(ana, ["f": text, "made": ""]))
            }
            #expect(try await !world.changes(.given).isEmpty)
            world.clock.advance(by: .minutes(1))
            let from = world.clock.now
            _ = try await world.compare(eva, ["f": "tres"])
            func scope(_ contact: ContactID? = nil, from: Timestamp? = nil) async throws -> SyncPutBackScope {
                try await world.store.syncPutBackScope(
                    of: world.crm, contact: contact, from: from, in: world.workspace)
            }

            #expect(try await scope() == SyncPutBackScope(changes: 3, fields: 2, contacts: 2))
            #expect(try await scope(ana) == SyncPutBackScope(changes: 2, fields: 1, contacts: 1))
            #expect(try await scope(from: from) == SyncPutBackScope(changes: 1, fields: 1, contacts: 1))

            let said = try await world.store.putBack(ana, of: world.crm, world.puttingBack)
            #expect(said.fields == 1 && said.refused.isEmpty)
            try await world.accept(try await world.compare(ana, ["f": "dos"]))
            #expect(try await scope(ana) == SyncPutBackScope(changes: 0, fields: 0, contacts: 0))
        }
    }

    @Test(arguments: TestDatabase.available)
    func `what cannot be put back says why`(engine: TestDatabase) async throws {
        try await engine.withWorld { world in
            try await world.map(
                MappingRow(local: .marketingConsent, remote: "f", direction: .both, rule: .crmWins))
            let contact = try await world.linked(PersonSample(name: "Ana"))
            _ = try await world.compare(contact, ["f": "granted"])
            let change = try #require(try await world.changes(.taken).first)

            let said = try await world.store.putBack([change.id], world.puttingBack)
            #expect(said.refusals == [.notUnsaid: 1] && said.fields == 0)
            try await world.map(Self.taking)
            let unmapped = try await world.store.putBack([change.id], world.puttingBack)
            #expect(unmapped.refused.map(\.refusal) == [.notMapped])
            #expect(unmapped.refused.first?.refusal.sentence.es.hasPrefix("El campo ya no está") == true)
        }
    }
}
