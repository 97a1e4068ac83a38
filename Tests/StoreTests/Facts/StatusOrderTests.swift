import Dispatch
import Domain
import Testing

@testable import Store

/// Nothing depends on the order of arrival.
@Suite struct StatusOrderTests {
    static let orders = permutations([0, 1, 2, 3])

    /// News in Meta's order of time; the message may come before, among or after them.
    @Test(arguments: TestDatabase.available)
    func `whatever the order in which an echo and its news come, the furthest is shown`(
        engine: TestDatabase
    ) async throws {
        try await engine.withWorld { world in
            for (number, order) in Self.orders.enumerated() {
                let wamid = "wamid.echo.\(number)"
                let facts = [
                    world.text("Eco", wamid: wamid, origin: .echo),
                    world.news("sent", of: wamid, at: world.clock.now + .seconds(1)),
                    world.news("delivered", of: wamid, at: world.clock.now + .seconds(2)),
                    world.news("read", of: wamid, at: world.clock.now + .seconds(3)),
                ]
                for index in order { try await world.receive([facts[index]]) }
                #expect(try await world.shownStatus(of: wamid) == .read, "in the order \(order)")
            }
            let orphans: Int? = try await world.store.look(
                "SELECT COUNT(*) AS n FROM status_event WHERE message_id IS NULL")
            #expect(orphans == 0)
            #expect(try await world.store.recount(in: world.workspace).differences == [])
        }
    }

    @Test(arguments: TestDatabase.available)
    func `a failure never hides that the message was delivered`(engine: TestDatabase) async throws {
        try await engine.withWorld { world in
            for (number, order) in permutations([0, 1, 2]).enumerated() {
                let wamid = "wamid.echo.\(number)"
                let facts = [
                    world.text("Eco", wamid: wamid, origin: .echo), world.news("failed", of: wamid),
                    world.news("delivered", of: wamid),
                ]
                for index in order { try await world.receive([facts[index]]) }
                #expect(try await world.shownStatus(of: wamid) == .delivered, "in the order \(order)")
            }
        }
    }

    @Test(arguments: TestDatabase.available)
    func `news that overtakes Meta's answer is applied with it`(engine: TestDatabase) async throws {
        try await engine.withWorld { world in
            try await world.write("Hola", wamid: "wamid.in")
            let conversation = try await world.onlyConversation()
            let ana = try await world.hire("ana")
            for (number, order) in permutations([0, 1, 2, 3]).enumerated() {
                let wamid = "wamid.out.\(number)"
                _ = try await world.answer("Buenas", in: conversation.id, by: ana)
                let steps: [() async throws -> Void] = [
                    { try await world.send(world.accepted(wamid)) },
                    { try await world.receive([world.news("sent", of: wamid)]) },
                    { try await world.receive([world.news("delivered", of: wamid)]) },
                    { try await world.receive([world.news("read", of: wamid)]) },
                ]
                for index in order { try await steps[index]() }
                #expect(try await world.shownStatus(of: wamid) == .read, "in the order \(order)")
            }
        }
    }

    @Test(arguments: TestDatabase.available)
    func `a failure that overtakes Meta's answer keeps its reason`(engine: TestDatabase) async throws {
        try await engine.withWorld { world in
            try await world.write("Hola", wamid: "wamid.in")
            let conversation = try await world.onlyConversation()
            let accepted = try await world.answer("Buenas", in: conversation.id, by: world.hire("ana"))
            try await world.receive([
                world.news(
                    "failed", of: "wamid.out",
                    failures: [GraphFailure(code: 131_026, title: "Message undeliverable", details: nil)])
            ])
            try await world.send(world.accepted("wamid.out"))

            let message = try #require(try await world.store.message(accepted.message, in: world.workspace))
            #expect(message.status == .failed)
            #expect(message.failure?.code == "131026")
        }
    }

    @Test(arguments: TestDatabase.available)
    func `news with our callback data settles a send whose answer was lost, with what came before it`(
        engine: TestDatabase
    ) async throws {
        try await engine.withWorld { world in
            try await world.write("Hola", wamid: "wamid.in")
            let conversation = try await world.onlyConversation()
            let accepted = try await world.answer("Buenas", in: conversation.id, by: world.hire("ana"))
            try await world.send(world.failed(.unknown, code: "timeout", .uncertain))
            try await world.receive([world.news("delivered", of: "wamid.out")])
            #expect(try await world.shownStatus(of: "wamid.out") == nil)

            try await world.receive([world.news("sent", of: "wamid.out", callback: "\(accepted.message)")])

            #expect(try await world.shownStatus(of: "wamid.out") == .delivered)
            let state: JobState? = try await world.store.look(
                "SELECT state FROM job WHERE kind = 'whatsapp.send' AND subject_id = :id", ["id": accepted.message])
            #expect(state == .completed)
        }
    }

    /// On PostgreSQL two nodes may write at once: the answer would not see the news, nor the news the answer, and the
    /// message would stay where it was.
    @Test(arguments: [true, false])
    func `Meta's answer and news of the message wait for each other`(isAnswer: Bool) async throws {
        try await TestDatabase.postgres.withWorld { world in
            try await world.write("Hola", wamid: "1")
            _ = try await world.answer("Buenas", in: world.onlyConversation().id, by: world.hire("ana"))
            let (database, workspace) = (world.store.database, world.workspace)
            let (isHeld, mayGo) = (DispatchSemaphore(value: 0), DispatchSemaphore(value: 0))
            let other = Task {
                try await database.write(on: .work) { connection in
                    try connection.lock([.wamid("10")], in: workspace)
                    isHeld.signal()
                    mayGo.wait()
                }
            }
            await Task.detached { isHeld.wait() }.value
            let waiting = Task {
                if isAnswer {
                    try await world.send(world.accepted("10"))
                } else {
                    try await world.receive([world.news("read", of: "10")])
                }
            }
            try await Task.sleep(for: .milliseconds(200))
            let count =
                "SELECT (SELECT COUNT(*) FROM message WHERE wamid = '10') + (SELECT COUNT(*) FROM status_event) AS n"
            #expect(try await world.store.look(count) == 0)

            mayGo.signal()
            try await other.value
            try await waiting.value
            #expect(try await world.store.look(count) == 1)
        }
    }
}

func permutations<Element>(_ items: [Element]) -> [[Element]] {
    guard items.count > 1 else { return [items] }
    return items.indices.flatMap { index in
        var rest = items
        let first = rest.remove(at: index)
        return permutations(rest).map { [first] + $0 }
    }
}
