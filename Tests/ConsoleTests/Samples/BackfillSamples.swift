import Domain
import Store

@testable import Console

/// A connection's back-fill in its states.
enum BackfillSamples {
    private static let moment = Timestamp(milliseconds: 1_795_042_920_000)

    private static var counts: BackfillCounts {
        var counts = BackfillCounts()
        counts.read = 24_310
        counts.linked = 1_204
        counts.made = 22_961
        counts.others = 118
        counts.erased = 2
        counts.withoutAddress = 25
        return counts
    }

    static func facts(_ run: BackfillFacts.Run?, isReadable: Bool = true) -> BackfillFacts {
        BackfillFacts(slug: "hubspot", name: "HubSpot <b>", isReadable: isReadable, run: run)
    }

    static func pages(_ world: SampleWorld) -> [(String, String)] {
        let layout = world.layout(.connections)
        let page = { (facts: BackfillFacts, draft: BackfillPage.Draft) in
            world.render(BackfillPage(facts, of: SyncSamples.head, draft: draft, in: world.context), layout)
        }
        var wrong = BackfillPage.Draft()
        wrong.makesContacts = true
        wrong.label = "<b>"
        wrong.error = LocalizedText(en: "A label has at most 60 characters.", es: "Como máximo 60 caracteres.")
        wrong.wrong = "label"
        let trouble = LocalizedText(en: "HubSpot cannot be reached.", es: "No se puede conectar con HubSpot.")
        return [
            ("backfill-new", page(facts(nil), .init())), ("backfill-wrong", page(facts(nil), wrong)),
            ("backfill-own", page(facts(nil, isReadable: false), .init())),
            (
                "backfill-running",
                page(
                    facts(
                        .init(
                            .running, .fromCRM, counts: counts, done: 24_310, expected: 100_000, share: 0.24, rate: 410,
                            left: .seconds(184))), .init())
            ),
            (
                "backfill-more",
                page(facts(.init(.running, .fromCRM, counts: counts, done: 100_250, expected: 100_000)), .init())
            ),
            ("backfill-waiting", page(facts(.init(.running, .toCRM, done: 12, trouble: trouble)), .init())),
            ("backfill-paused", page(facts(.init(.paused, .history, done: 900)), .init())),
            (
                "backfill-done",
                page(facts(.init(.done, .fromCRM, counts: counts, undo: .possible(until: moment))), .init())
            ),
            (
                "backfill-undoing",
                page(facts(.init(.stopped, .fromCRM, undo: .running(done: 400, of: 2_000))), .init())
            ),
            (
                "backfill-undone",
                page(facts(.init(.done, .fromCRM, undo: .done(at: moment, by: "Ana", kept: 3))), .init())
            ),
        ]
    }
}
