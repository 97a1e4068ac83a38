import Domain

@testable import Store

/// Two people of whom everything is known that can be known: Lucía, who stays, and the same Lucía under another number.
struct MergeWorld {
    static let first = Participant(waID: "34600000001", userID: "ES.u1", profileName: "Lucía")
    static let second = Participant(waID: "34600000002", userID: "ES.u2", profileName: "Lucía trabajo")

    let world: ConsoleWorld
    let winner: ContactID
    let loser: ContactID

    var store: Store { world.store }
    var workspace: WorkspaceID { world.workspace }

    init(_ world: ConsoleWorld) async throws {
        self.world = world
        try await world.write("Hola", wamid: "1", from: Self.first)
        world.clock.advance(by: .minutes(1))
        try await world.write("Buenas", wamid: "2", from: Self.second)
        try await world.write("¿Hay alguien?", wamid: "3", from: Self.second)
        world.clock.advance(by: .minutes(1))
        func contact(_ wamid: String) async throws -> ContactID {
            try required(
                await world.store.look("SELECT contact_id FROM message WHERE wamid = :wamid", ["wamid": wamid]))
        }
        winner = try await contact("1")
        loser = try await contact("2")
        try await fill()
    }

    /// Labels, fields, states, consent, records, suggestions: some of the one, some of the other, some of both.
    private func fill() async throws {
        let (workspace, winner, loser, crm, ids) = (workspace, winner, loser, world.crm, store.ids)
        let now = world.clock.now
        try await store.database.write { connection in
            var journal = try ChangeJournal.begin(
                ChangeDraft(.edit, title: .same("Test"), actor: "Ana"), on: connection, id: ids.next(), in: workspace,
                at: now)
            for (id, name) in [(Int64(11), "VIP"), (12, "Mayorista"), (13, "Moroso")] {
                try journal.insert(
                    .label, ["id": id, "name": name, "folded": name.folded, "color": "green", "created_at": 1], of: nil)
            }
            for (contact, label) in [(winner, Int64(11)), (loser, 11), (loser, 12), (winner, 13)] {
                try journal.insert(
                    .contactLabel, ["contact_id": contact, "label_id": label, "actor": "Ana", "added_at": 1],
                    of: contact)
            }
            for (id, key) in [(Int64(21), "empresa"), (22, "ciudad"), (23, "nota")] {
                try journal.insert(
                    .field, ["id": id, "key": key, "name": key, "kind": "text", "created_at": 1], of: nil)
            }
            for (contact, field, value) in [
                (winner, Int64(21), "Acme"), (loser, 21, "Acme S.A."), (loser, 22, "Madrid"), (winner, 23, "x"),
            ] {
                try journal.insert(
                    .contactField,
                    [
                        "contact_id": contact, "field_id": field, "value": value, "folded": value.folded,
                        "changed_at": 1,
                    ],
                    of: contact)
            }
            try journal.insert(
                .contactState, ["contact_id": loser, "state": "complaint", "since": 1, "actor": "Ana"], of: loser)
            try journal.insert(
                .remoteRef,
                [
                    "connection_id": crm, "entity": "contact", "local_id": loser, "remote_id": "r2", "linked_at": 1,
                    "seen_at": 1,
                ], of: loser)
            try journal.update(
                .contact, key: ["id": winner], set: ["name": "Lucía F.", "note": "Prefiere mañanas"], of: winner)
            try journal.update(
                .contact, key: ["id": loser], set: ["name": "L. Fernández", "note": "Paga tarde", "language": "es"],
                of: loser)
            try journal.save()
            for contact in [winner, loser] { try connection.writeSearchText(of: contact, in: workspace) }
        }
    }

    @discardableResult
    func merge(_ choices: MergeChoices = MergeChoices()) async throws -> MergeResult {
        world.clock.advance(by: .minutes(1))
        return try await store.merge(loser, into: winner, choices: choices, by: "Ana", in: workspace)
    }

    @discardableResult
    func undo(_ merge: MergeResult) async throws -> ChangeSummary {
        world.clock.advance(by: .minutes(1))
        return try await store.undoMerge(merge.change, by: "Ana", in: workspace).change
    }

    func image() async throws -> DatabaseImage {
        // Jobs are orders to others and not what is known; what a merge makes of them is tested by itself.
        try await DatabaseImage.of(store, leaving: ["job"])
    }

    func look<Value: SQLConvertible & Sendable>(
        _ sql: String, _ arguments: SQLArguments = [:], as type: Value.Type = Value.self
    ) async throws -> Value? {
        try await store.look(sql, arguments, as: type)
    }

    func texts(_ sql: String) async throws -> [String] {
        try await store.database.read { try $0.rows(sql, [:]).map { try $0.get("text", as: String.self) } }
    }
}

extension TestDatabase {
    func withMergeWorld(_ body: (MergeWorld) async throws -> Void) async throws {
        try await withWorld { world in try await body(MergeWorld(world)) }
    }
}
