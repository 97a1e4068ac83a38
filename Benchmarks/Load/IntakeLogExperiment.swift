import ArgumentParser
import Domain
import Foundation
import PhoneNumbers
import Pipeline
import Proving
import Secrets
import Store

/// The measurement behind docs/decisions: should the intake log be a database file of its own?
struct IntakeLogExperiment: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "intake-log",
        abstract: "Compares an intake log in the one database with one in a file of its own, beside busy couriers.")

    @Option(help: "Where the files are made.")
    var folder = NSTemporaryDirectory()

    @Option(help: "Seconds each way.")
    var seconds = 10

    @Option(help: "Bodies appended at once.")
    var writers = 256

    func run() async throws {
        print("machine: \(MachineFigures().description)")
        for (name, isApart, isBusy) in [
            ("one file, nothing else written", false, false), ("one file, facts written beside it", false, true),
            ("own file, facts written beside it", true, true),
        ] {
            let (perSecond, delays, facts) = try await measure(isApart: isApart, isBusy: isBusy)
            print("\(name): \(Int(perSecond)) bodies/s, \(delays.summary); \(facts) transactions of facts")
        }
    }

    private func measure(isApart: Bool, isBusy: Bool) async throws -> (Double, DelayRecorder, Int) {
        let folder = folder + "/puente-intake-\(UUID().uuidString.prefix(8))"
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(atPath: folder) }  // among the temporary files
        let facts = try await Self.store(at: folder + "/facts.db")
        let intake = isApart ? try await Self.store(at: folder + "/intake.db") : facts
        try await facts.database.write { connection in
            try connection.execute("CREATE TABLE filler (id INTEGER PRIMARY KEY, a TEXT, b TEXT, c INTEGER)")
            try connection.execute("CREATE INDEX filler_a ON filler (a, c)")
        }
        let log = IntakeLog(store: intake, limits: IntakeLimits(), wakeBoard: WakeBoard()) { _ in }
        let end = ContinuousClock.now + .seconds(seconds)
        async let work = isBusy ? Self.writeFacts(in: facts, until: end) : 0
        let delays = await append(to: log, ids: intake.ids, until: end)
        let transactions = try await work
        await facts.database.close()
        if isApart { await intake.database.close() }
        return (Double(delays.count) / Double(seconds), delays, transactions)
    }

    private func append(to log: IntakeLog, ids: IDGenerator, until end: ContinuousClock.Instant) async -> DelayRecorder
    {
        let body = [UInt8](repeating: 0x78, count: 750)
        return await withTaskGroup(of: [Int64].self) { group in
            for _ in 0..<writers {
                group.addTask {
                    var delays: [Int64] = []
                    while ContinuousClock.now < end {
                        let start = Clocks.steady
                        let entry = IntakeBody(
                            id: ids.next(), app: AppID(rawValue: 1), receivedAt: Timestamp(milliseconds: start / 1000),
                            isBulk: false, body: body)
                        // A refusal is no measurement.
                        if (try? await log.append(entry)) != nil { delays.append(Clocks.steady - start) }
                    }
                    return delays
                }
            }
            return await group.reduce(into: DelayRecorder()) { recorder, delays in
                delays.forEach { recorder.record(microseconds: $0) }
            }
        }
    }

    /// Transactions of 1,000 indexed rows: about what recording 200 messages writes.
    private static func writeFacts(in store: Store, until end: ContinuousClock.Instant) async throws -> Int {
        var count = 0
        while ContinuousClock.now < end {
            let first = count * 1000
            _ = try await store.database.write { connection in
                try connection.executeMany(
                    "INSERT INTO filler (id, a, b, c) VALUES (:id, :a, :b, :c)",
                    (first..<first + 1000).map {
                        [
                            "id": $0, "a": "wamid.\($0 &* 2_654_435_761 % 1_000_003)",
                            "b": String(repeating: "x", count: 200), "c": $0,
                        ]
                    })
            }
            count += 1
        }
        return count
    }

    private static func store(at path: String) async throws -> Store {
        let database = try SQLiteDatabase(path: path)
        _ = try await Migrator(database).migrate()
        let now: @Sendable () -> Timestamp = { Timestamp(milliseconds: Clocks.wall / 1000) }
        return Store(
            database: database, ids: IDGenerator(node: 1, now: now), keys: try KeyRing.generate(), now: now,
            canonicalPhone: { WhatsAppNumber.canonical($0) })
    }
}
