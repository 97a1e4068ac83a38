import Domain

@testable import Console

enum LedgerSamples {
    static func page(_ world: SampleWorld, _ facts: LedgerFacts = busy) -> LedgerPage {
        LedgerPage(facts, span: .hour, in: world.context)
    }

    static let busy = LedgerFacts(
        bodies: .init(received: 12_481, interpreted: 12_470, waiting: 8, unrouted: 3),
        messages: .init(received: 5_918, stored: 5_902, duplicates: 14, unrouted: 2),
        statuses: .init(received: 17_204, stored: 16_990, duplicates: 213, unrouted: 1),
        others: .init(received: 40, stored: 37, duplicates: 0, unrouted: 3),
        connections: [
            .init(
                id: id(301), name: "HubSpot", stored: 5_902, recorded: 5_871, waiting: 11, dead: 2,
                notApplicable: [
                    (
                        LocalizedText(
                            en: "reactions stay on their message.", es: "las reacciones quedan en su mensaje."), 18
                    )
                ]),
            .init(
                id: id(302), name: "ERP propio", stored: 5_902, recorded: 5_902, waiting: 0, dead: 0, notApplicable: []),
        ],
        delays: [
            DelayFacts(hop: .answer, count: 12_481, p50: 3, p95: 9, p99: 21, target: 50),
            DelayFacts(hop: .interpretation, count: 5_902, p50: 11, p95: 38, p99: 74, target: 300),
            DelayFacts(
                hop: .record(connection: "HubSpot"), count: 5_871, p50: 410, p95: 1_180, p99: 2_460, target: 1_000),
            DelayFacts(hop: .send, count: 1_204, p50: 88, p95: 162, p99: 240, target: 300),
        ], minutes: minutes)

    /// Figures that do not add up: two messages are missing.
    static var broken: LedgerFacts {
        var facts = busy
        facts.messages.stored -= 2
        return facts
    }

    static let nothing = LedgerFacts(
        bodies: .init(received: 0, interpreted: 0, waiting: 0, unrouted: 0),
        messages: .init(received: 0, stored: 0, duplicates: 0, unrouted: 0),
        statuses: .init(received: 0, stored: 0, duplicates: 0, unrouted: 0),
        others: .init(received: 0, stored: 0, duplicates: 0, unrouted: 0), connections: [], delays: [], minutes: [])

    private static let minutes = (0..<60).map { minute in
        let wave = 96 + (minute * 37 % 29) - (minute > 38 && minute < 44 ? 70 : 0)
        return MinuteFacts(
            at: ago(.minutes(60 - minute)), received: wave, recorded: minute < 58 ? wave - minute % 3 : wave - 40)
    }
}
