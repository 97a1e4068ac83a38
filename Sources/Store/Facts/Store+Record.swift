import Domain

extension Store {
    /// Records what the bodies say and writes the jobs that it causes, all or nothing. The bodies count as interpreted
    /// in the same transaction, or as interpreted up to a position. A repeat of anything is a no-op: only a row really inserted causes decisions and jobs.
    /// Bodies that another node has taken over meanwhile are left to it.
    ///
    /// - Parameters:
    ///   - routes: may be some seconds old; what it decides is which account a webhook belongs to.
    ///   - node: the one that claimed the bodies.
    package func record(
        _ bodies: [InterpretedBody], routes: RoutingTable, node: Int
    ) async throws -> RecordReport {
        let now = now()
        let store = self
        return try await database.write(on: .work, .inOrder) { connection in
            var recorder = FactRecorder(store: store, connection: connection, routes: routes, now: now)
            let bodies = try connection.inHand(bodies, of: node)
            try recorder.lockContacts(of: bodies)
            for body in bodies {
                for position in body.positions {
                    try recorder.record(body.updates[position], at: position, of: body)
                }
                recorder.finish(body)
            }
            return try recorder.commit(node: node)
        }
    }

    /// Records one update of a body and leaves the body unfinished: the way to find the one that breaks its batch.
    package func record(
        _ position: Int, of body: InterpretedBody, routes: RoutingTable, node: Int
    ) async throws -> RecordReport {
        let now = now()
        let store = self
        return try await database.write(on: .work, .inOrder) { connection in
            var recorder = FactRecorder(store: store, connection: connection, routes: routes, now: now)
            guard try !connection.inHand([body], of: node).isEmpty else { return RecordReport() }
            try recorder.lockContacts(of: [body.only(position..<position + 1)])
            try recorder.record(body.updates[position], at: position, of: body)
            return try recorder.commit(node: node)
        }
    }

    /// Finishes a body, or a part of one, of which some updates could not be recorded: those are kept as unrouted, at their places.
    /// - Parameter failed: position → what went wrong.
    package func close(_ body: InterpretedBody, failed: [Int: String], node: Int) async throws -> RecordReport {
        let now = now()
        let store = self
        return try await database.write(on: .work, .inOrder) { connection in
            var recorder = FactRecorder(store: store, connection: connection, routes: RoutingTable(), now: now)
            guard try !connection.inHand([body], of: node).isEmpty else { return RecordReport() }
            for (position, reason) in failed.sorted(by: { $0.key < $1.key }) {
                let place = Place(body: body, position: position, update: body.updates[position])
                try recorder.recordUnrouted(
                    .stoppedInterpreter, excerpt: String(reason.prefix(2000)), at: place, workspace: nil)
            }
            recorder.finish(body)
            return try recorder.commit(node: node)
        }
    }
}
