import Domain
import Testing

@testable import Store

/// Whatever comes, in whatever order and however often: the counters equal what the tables hold.
@Suite struct LedgerPropertyTests {
    @Test(arguments: TestDatabase.available, [UInt64(1), 2, 3])
    func `counters agree with the tables after a random life`(engine: TestDatabase, seed: UInt64) async throws {
        try await engine.withWorld { world in
            var random = SplitMix(seed: seed)
            let ana = try await world.hire("ana")
            var sent = 0
            for step in 0..<120 {
                world.clock.advance(by: .seconds(Int64.random(in: 0...90, using: &random)))
                switch Int.random(in: 0..<10, using: &random) {
                case 0..<5:
                    let count = Int.random(in: 1...5, using: &random)
                    let facts = (0..<count).map { _ in Self.fact(world, &random) }
                    let isOurs = Int.random(in: 0..<8, using: &random) > 0
                    try await world.receive(facts, phoneNumberID: isOurs ? ConsoleWorld.phoneNumberID : "0")
                case 5:
                    if let conversation = try await world.conversations().first,
                        let ends = conversation.windowEnds, ends > world.clock.now
                    {
                        _ = try await world.answer("Ejemplo S.A.: respuesta \(step)", in: conversation.id, by: ana)
                    }
                case 6:
                    sent += 1
                    let number = sent
                    try await world.send {
                        number % 3 == 0
                            ? world.failed(.permanent, .discarded)($0)
                            : world.accepted("wamid.out.\(number).\($0.message)")($0)
                    }
                case 7: try await world.record(world.recorded)
                case 8: try await world.record(world.refused)
                default:
                    let dead: JobID? = try await world.store.look(
                        "SELECT id FROM job WHERE state = 'discarded' ORDER BY id LIMIT 1")
                    guard let dead else { continue }
                    if Bool.random(using: &random) {
                        _ = try await world.store.retry(dead, in: world.workspace, by: "Ana")
                    } else {
                        _ = try await world.store.dismiss(dead, in: world.workspace, by: "Ana")
                    }
                }
            }
            let recount = try await world.store.recount(in: world.workspace)
            #expect(recount.differences == [], "seed \(seed)")
            #expect(recount.ledger.messages.stored > 0)
            #expect(recount.ledger.messages.duplicates > 0)
        }
    }

    /// Out of few wamids and people, so that repeats, edits before their message and early news come about.
    private static func fact(_ world: ConsoleWorld, _ random: inout SplitMix) -> Update.Fact {
        let wamid = "wamid.\(Int.random(in: 0..<40, using: &random))"
        let person = Participant(waID: "52155\(Int.random(in: 0..<4, using: &random))")
        switch Int.random(in: 0..<9, using: &random) {
        case 0..<3: return world.text("Hola", wamid: wamid, from: person)
        case 3: return world.text("Eco", wamid: wamid, from: person, origin: .echo)
        case 4: return world.text("Antes", wamid: wamid, from: person, origin: .history(isInbound: true, status: nil))
        case 5:
            let name = ["sent", "delivered", "read", "failed", "warped"].randomElement(using: &random) ?? "sent"
            return world.news(name, of: wamid)
        case 6:
            return .edit(
                MessageEdit(
                    id: "edit.\(wamid)", originalID: wamid, at: world.clock.now,
                    content: .text(TextContent(body: "otro"))))
        case 7:
            return .identityChange(
                IdentityChange(
                    kind: .number, messageID: "change.\(wamid)", at: world.clock.now, previous: person,
                    current: Participant(waID: "52155\(Int.random(in: 4..<8, using: &random))"), text: ""))
        default: return .unrouted(.unknownField, excerpt: "{}")
        }
    }
}

/// The same numbers at every run, so that a failure can be looked at again.
struct SplitMix: RandomNumberGenerator {
    private var state: UInt64

    init(seed: UInt64) {
        state = seed
    }

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }
}
