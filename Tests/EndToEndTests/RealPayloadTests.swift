import Foundation
import Testing

/// Every payload of the reference, posted signed, twice. `RealPayloadFactTests` records them on both engines.
@Suite(.serialized)
struct RealPayloadTests {
    static let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
        .deletingLastPathComponent().appending(path: "WhatsAppTests/Fixtures/webhooks")

    static var payloads: [(name: String, body: [UInt8])] {
        get throws {
            try FileManager.default.contentsOfDirectory(atPath: folder.path).filter { $0.hasSuffix(".json") }.sorted()
                .map { ($0, [UInt8](try Data(contentsOf: folder.appending(path: $0)))) }
        }
    }

    private static let tables = [
        "message", "contact", "handle", "conversation", "status_event", "message_version", "reaction", "notice",
        "unrouted", "activity", "media", "template",
    ]

    @Test
    func `each real payload becomes a fact or an entry under unrouted, and a repeat changes nothing`() async throws {
        let payloads = try Self.payloads
        #expect(payloads.count >= 123)
        try await Installation.run { puente async throws in
            var silent: [String] = []
            for payload in payloads {
                let before = try await (rows: Self.rows(puente), duplicates: Self.duplicates(puente))
                #expect(try await puente.post(payload.body) == 200, "\(payload.name)")
                try await Self.drained(puente)
                if try await Self.rows(puente) == before.rows, try await Self.duplicates(puente) == before.duplicates {
                    silent.append(payload.name)
                }
            }
            #expect(silent.isEmpty, "neither a fact nor unrouted: \(silent)")

            let once = try await Self.rows(puente)
            for payload in payloads {
                #expect(try await puente.post(payload.body) == 200, "\(payload.name)")
            }
            try await Self.drained(puente)
            // A body that nobody can read is shown each time it comes: it has no id to be known by.
            #expect(try await Self.rows(puente, without: ["unrouted"]) == once.filter { $0.key != "unrouted" })
            try await Self.ledgerHolds(puente)
        }
    }

    /// Updates that the ledger counts as repeats.
    private static func duplicates(_ puente: Installation) async throws -> Int {
        try await puente.count(
            "SELECT COALESCE(SUM(count), 0) FROM counter WHERE kind LIKE '%.duplicates' AND minute = -1")
    }

    private static func rows(
        _ puente: Installation, without: Set<String> = []
    ) async throws -> [String: Int] {
        var counts: [String: Int] = [:]
        for table in tables where !without.contains(table) {
            counts[table] = try await puente.count("SELECT COUNT(*) FROM \(table)")
        }
        return counts
    }

    private static func drained(_ puente: Installation) async throws {
        try await puente.until("the intake is drained") {
            try await puente.count("SELECT COUNT(*) FROM intake WHERE state IN ('waiting', 'claimed')") == 0
        }
    }

    /// bodies received = interpreted + unrouted; of each kind received = duplicates + stored + unrouted.
    private static func ledgerHolds(_ puente: Installation) async throws {
        func sum(_ kind: String) async throws -> Int {
            try await puente.count(
                "SELECT COALESCE(SUM(count), 0) FROM counter WHERE kind = '\(kind)' AND minute = -1")
        }
        let bodies = try await (sum("bodies.received"), sum("bodies.interpreted"), sum("bodies.unrouted"))
        #expect(bodies.0 == bodies.1 + bodies.2)
        for kind in ["messages", "statuses", "others"] {
            let received = try await sum("\(kind).received")
            let accounted = try await sum("\(kind).duplicates") + sum("\(kind).stored") + sum("\(kind).unrouted")
            #expect(received == accounted, "\(kind)")
        }
    }
}
