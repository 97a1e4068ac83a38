internal import CPostgres
internal import Dispatch
internal import Domain
package import Logging
internal import Synchronization

/// A hint that there may be work.
package enum WakeUp: Hashable, Sendable {
    /// Another node named this: a lane, "intake", whatever the nodes agree on.
    case topic(String)
    /// Hints may have been lost: look everywhere.
    case missed
}

/// Hints between nodes, by LISTEN and NOTIFY on a connection and a thread of their own.
///
/// They only shorten waiting: what there is to do is found by looking into the tables, and nodes look every second
/// anyway. Hints are sent outside the transaction that caused them, gathered for some milliseconds, because a NOTIFY
/// inside makes all commits of the cluster wait in one line.
package final class PostgresWakeUps: Sendable {
    static let channel = "puente_wake"
    /// Stands for all topics.
    private static let everything = "*"
    private static let maxTopics = 1000
    /// PostgreSQL's limit for a payload is 8000 bytes.
    private static let maxTopicBytes = 1000
    private static let gathering = Duration.milliseconds(10)

    private struct State {
        var topics: Set<String> = []
        var isClosed = false
    }

    private let parameters: PostgresParameters
    private let options: PostgresOptions
    private let gate: PostgresGate
    private let onWake: @Sendable (WakeUp) -> Void
    private let state = Mutex(State())
    private let pipe: WakePipe
    private let ended = DispatchGroup()

    /// Begins to listen.
    /// - Parameter onWake: called on the thread that listens; it must not block. Own hints do not come back.
    package init(
        _ options: PostgresOptions, log: Logger, onWake: @escaping @Sendable (WakeUp) -> Void
    ) throws {
        self.options = options
        self.onWake = onWake
        parameters = try PostgresParameters(options)
        gate = PostgresGate(log: log)
        pipe = try WakePipe()
        ended.enter()
        OwnThread.start { [self] in
            listenUntilClosed()
            ended.leave()
        }
    }

    /// Tells the other nodes; returns at once. A hint that cannot be sent is lost.
    package func send(_ topics: some Sequence<String>) {
        state.withLock { state in
            for topic in topics {
                let isSayable = state.topics.count < Self.maxTopics && topic.utf8.count <= Self.maxTopicBytes
                state.topics.insert(isSayable ? topic : Self.everything)
            }
        }
        pipe.signal()
    }

    package func close() async {
        state.withLock { $0.isClosed = true }
        pipe.signal()
        await withCheckedContinuation { continuation in
            ended.notify(queue: .global()) { continuation.resume() }
        }
    }

    private var isClosed: Bool { state.withLock { $0.isClosed } }

    private func listenUntilClosed() {
        while !isClosed {
            do throws(SQLError) {
                try gate.pass()
                try listen(on: try connect())
            } catch {
                // Logged by the gate. Hints of this time are lost, which a second's poll makes good.
                waitForSignal(until: .now + .milliseconds(200))
            }
        }
    }

    private func connect() throws(SQLError) -> PostgresLink {
        do {
            let link = try PostgresLink(parameters, options)
            // Hints need not survive anything: no fsync for them.
            try link.command("SET synchronous_commit TO off")
            try link.command("LISTEN \(Self.channel)")
            gate.connected()
            return link
        } catch {
            gate.failed(error)
            throw error
        }
    }

    /// Returns when closed; throws when the connection broke.
    private func listen(on link: PostgresLink) throws(SQLError) {
        onWake(.missed)
        while !isClosed {
            try sendTopics(on: link)
            deliver(from: link)
            let deadline = ContinuousClock.now + .seconds(60)
            SocketWait.wait(forReading: [PQsocket(link.handle), pipe.descriptor], until: deadline)
            try link.readAhead()
        }
    }

    private func sendTopics(on link: PostgresLink) throws(SQLError) {
        pipe.drain()
        guard state.withLock({ !$0.topics.isEmpty }) else { return }
        // More are likely to follow at once.
        SocketWait.pause(milliseconds: Int(Self.gathering.wholeMilliseconds))
        let topics = state.withLock { state in
            defer { state.topics = [] }
            return state.topics
        }
        let rows = topics.map { ["channel": Self.channel, "topic": $0] as SQLArguments }
        _ = try link.runMany("SELECT pg_notify(:channel, :topic)", rows)
    }

    private func deliver(from link: PostgresLink) {
        while let notice = PQnotifies(link.handle) {
            defer { PQfreemem(notice) }
            guard notice.pointee.be_pid != PQbackendPID(link.handle), let extra = notice.pointee.extra else { continue }
            let topic = String(cString: extra)
            onWake(topic == Self.everything ? .missed : .topic(topic))
        }
    }

    private func waitForSignal(until deadline: ContinuousClock.Instant) {
        SocketWait.wait(forReading: [pipe.descriptor], until: deadline)
        pipe.drain()
        // What was to be said is said to nobody; those who connect later look for themselves.
        state.withLock { $0.topics = [] }
    }
}
