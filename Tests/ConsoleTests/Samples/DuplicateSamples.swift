import Domain

@testable import Console

/// Duplicates in each of their states, a list under review, a merge before and after.
enum DuplicateSamples {
    static func pages(_ world: SampleWorld) -> [(String, String)] {
        let (layout, context) = (world.layout(.contacts), world.context)
        return [
            ("duplicates", world.render(list(world, [everyReason, noNames], batches: [running, undoing]), layout)),
            ("duplicates-dismissed", world.render(list(world, [dismissed], state: .dismissed), layout)),
            ("duplicates-merged", world.render(list(world, [merged], state: .merged, batches: [done]), layout)),
            ("duplicates-empty", world.render(empty(world), layout)),
            ("duplicates-review", world.render(ReviewPage([everyReason, noNames], in: context), layout)),
            ("duplicates-review-mistake", world.render(ReviewPage([], error: mistake, in: context), layout)),
            ("merge", world.render(MergePage(facts, winner: lucia.id, in: context), layout)),
            ("merge-mistake", world.render(mistaken(context), layout)),
            ("merge-strangers", world.render(strangers(context), layout)),
            ("merged", world.render(merged(context, undoUntil: SampleWorld.now + .days(90)), layout)),
            ("merged-over", world.render(merged(context, undoUntil: nil), layout)),
        ]
    }

    static func fragments(_ world: SampleWorld) -> [(String, String)] {
        let work = DuplicateWork(batches: [running, undoing, done], scan: comparing, in: world.context)
        return [("duplicate-work", world.render(work, world.layout(.contacts)))]
    }

    // MARK: People

    private static let lucia = PersonFacts(id: id(8001), name: "Lucía Fernández", phone: "+52 55 1234 5678")
    private static let lucy = PersonFacts(id: id(8002), name: "Lucy \"F\" <b>", username: "lucy.f")
    private static let nameless = PersonFacts(id: id(8003))
    private static let phone = PersonFacts(id: id(8004), phone: "+52 33 9876 5432")

    private static let mistake = LocalizedText(en: "Nothing to merge.", es: "Nada que fusionar.")

    // MARK: The list

    private static let everyReason = DuplicateFacts(
        id: id(8101), a: lucia, b: lucy, score: 92,
        reasons: DuplicateReason.Kind.allCases.map { DuplicateReason($0, "lucia@ejemplo.mx <b>") },
        foundAt: ago(.hours(3)),
        failure: mistake)
    private static let noNames = DuplicateFacts(
        id: id(8102), a: nameless, b: phone, score: 55,
        reasons: [DuplicateReason(.nearNumber, "+52 33 9876 5432 / +52 33 9876 5423")], foundAt: ago(.days(2)))
    private static let dismissed = DuplicateFacts(
        id: id(8103), a: lucia, b: phone, score: 66, reasons: [DuplicateReason(.sameName, "Lucía")],
        state: .dismissed, foundAt: ago(.days(9)), settledAt: ago(.days(8)), settledBy: "Ana Rivas")
    private static let merged = DuplicateFacts(
        id: id(8104), a: lucia, b: lucy, score: 88, reasons: [DuplicateReason(.sameEmail, "lucia@ejemplo.mx")],
        state: .merged, foundAt: ago(.days(9)), settledAt: ago(.days(8)), settledBy: nil, winner: lucia.id)

    private static let figures = DuplicateFigureFacts(
        living: 11_820, merged: 1240, share: 949,
        byReason: DuplicateReason.Kind.allCases.map { ($0, 1240) }, open: CountFacts(10_000, isMore: true),
        dismissed: CountFacts(4))

    private static func batch(_ state: MergeBatchFacts.State, _ number: Int64) -> MergeBatchFacts {
        MergeBatchFacts(
            id: id(8200 + number), state: state, actor: "Ana Rivas", total: 200, merged: 120, failed: 1,
            undone: state == .undoing ? 40 : 0, kept: state == .undoing ? 2 : 0, createdAt: ago(.minutes(4)))
    }

    private static let running = batch(.running, 1)
    private static let undoing = batch(.undoing, 2)
    private static let done = batch(.done, 3)
    private static let comparing = DuplicateScanFacts(isRunning: true, compared: 4000, total: 13_060)

    private static func list(
        _ world: SampleWorld, _ duplicates: [DuplicateFacts], state: DuplicateFacts.State = .open,
        batches: [MergeBatchFacts] = []
    ) -> DuplicatesPage {
        DuplicatesPage(
            duplicates, state: state, figures: figures, batches: batches, scan: comparing, older: "1.2",
            notice: DuplicatesPage.outcome(of: .batches, count: 2, in: world.context), in: world.context)
    }

    private static func empty(_ world: SampleWorld) -> DuplicatesPage {
        DuplicatesPage(
            [], state: .open,
            figures: DuplicateFigureFacts(
                living: 9, merged: 0, share: 0, byReason: [], open: CountFacts(0), dismissed: CountFacts(0)),
            batches: [], scan: DuplicateScanFacts(isRunning: false, finishedAt: ago(.hours(5))), in: world.context)
    }

    // MARK: Side by side

    private static let facts = MergeFacts(
        a: MergeFacts.Side(
            person: lucia, handles: ["+52 55 1234 5678", "lucia@ejemplo.mx"], labels: ["VIP"],
            states: ["blocked", "complaint", "do_not_call"], marketing: "granted", records: ["HubSpot 51"],
            createdAt: ago(.days(400)), lastInboundAt: ago(.hours(2)), conversations: 2, messages: 41),
        b: MergeFacts.Side(
            person: lucy, handles: ["MX.1234567890"], labels: ["VIP", "Feria <2026>"], marketing: "withdrawn",
            records: ["HubSpot 52"], createdAt: ago(.days(3)), conversations: 1, messages: 1),
        values: [
            .init(field: "column.name", label: .same("Nombre"), a: "Lucía Fernández", b: "Lucy \"F\" <b>"),
            .init(field: "column.note", label: .same("Nota"), a: "Prefiere la tarde", b: "Llamar antes"),
            .init(field: "column.language", label: .same("Idioma"), a: "es", b: "es"),
            .init(field: "field.\(FieldID(rawValue: 1))", label: .same("Ciudad"), a: "", b: "Puebla"),
        ], score: 92, reasons: [DuplicateReason(.sameEmail, "lucia@ejemplo.mx"), DuplicateReason(.differentNames)],
        conflictingCRMs: ["hubspot"])

    private static func mistaken(_ context: PageContext) -> MergePage {
        MergePage(
            facts, winner: lucy.id, choices: ["column.name": "b", "column.note": "both"],
            error: LocalizedText(en: "Choose who stays.", es: "Elija quién queda."), in: context)
    }

    /// Nothing speaks for it: two contacts that somebody put side by side.
    private static func strangers(_ context: PageContext) -> MergePage {
        MergePage(
            MergeFacts(
                a: MergeFacts.Side(person: nameless, handles: [], createdAt: ago(.days(1))),
                b: MergeFacts.Side(person: phone, handles: ["+52 33 9876 5432"], createdAt: ago(.days(1))), values: [],
                reasons: []), winner: nameless.id, in: context)
    }

    private static func merged(_ context: PageContext, undoUntil: Timestamp?) -> MergedPage {
        MergedPage(
            winner: lucia, loser: lucy, actor: "Ana Rivas", at: ago(.minutes(1)),
            moved: [("handles", 1), ("conversations", 1), ("messages", 1), ("labels", 0), ("consents", 2)],
            undoUntil: undoUntil, error: undoUntil == nil ? mistake : nil,
            notice: DuplicatesPage.outcome(of: .undos, count: 1, in: context), in: context)
    }
}
