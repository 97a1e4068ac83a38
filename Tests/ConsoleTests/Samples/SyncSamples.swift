import Domain

@testable import Console

/// One connection: its health, its log, what is put back, and what waits for a decision.
enum SyncSamples {
    static let head = ConnectionHeadFacts(id: id(4001), slug: "hubspot", name: "HubSpot", conflicts: 2)
    private static let calm = ConnectionHeadFacts(id: id(4001), slug: "hubspot", name: "HubSpot", conflicts: 0)

    static func health(_ comparison: ConnectionHealthFacts.Comparison) -> ConnectionHealthFacts {
        ConnectionHealthFacts(
            waiting: 3, oldestDue: ago(.minutes(4)), delay: .init(p50: .milliseconds(240), p95: .milliseconds(1900)),
            errors: .init(failed: 3, all: 402, isTooHigh: true, limit: 50),
            rate: .init(remaining: 80, limit: 100, interval: .seconds(10), dailyRemaining: 9000, dailyLimit: 250_000),
            lastSweep: ago(.minutes(2)), nextSweep: SampleWorld.now + .minutes(3), comparison: comparison, due: 12,
            decisions: 1, changes: [.taken: 41, .given: 7, .conflict: 2])
    }

    private static let paused = ConnectionFacts(
        id: "06VSB000000C1", kind: .crm(vendor: .same("HubSpot")), name: "HubSpot", address: "api.hubapi.com",
        health: .paused, isProvisioned: false, lastEvent: ago(.minutes(9)), waiting: 3,
        pause: .init(
            since: ago(.minutes(8)), until: nil,
            reason: LocalizedText(en: "HubSpot refused the token.", es: "HubSpot rechazó el token.")),
        slug: "hubspot")

    private static let quiet = ConnectionHealthFacts(
        waiting: 0, oldestDue: nil, delay: nil,
        errors: .init(failed: 0, all: 0, isTooHigh: false, limit: 50), rate: nil,
        lastSweep: nil, nextSweep: nil, comparison: .none, due: 0, decisions: 0, changes: [:])

    static let changes: [SyncChangeFacts] = [
        SyncChangeFacts(
            id: id(4101), at: ago(.minutes(2)), contact: InboxSamples.lucia.id, person: InboxSamples.lucia,
            local: LocalFieldFacts(.name), remote: "firstname", kind: .taken, before: "Lucia", after: "<b>Lucía</b>",
            cause: .webhook, actor: "HubSpot", canBePutBack: true),
        SyncChangeFacts(
            id: id(4102), at: ago(.hours(3)), contact: InboxSamples.lucia.id, person: nil,
            local: LocalFieldFacts(.custom(id(4201)), name: "Talla"), remote: "talla", kind: .given, before: "",
            after: "M", cause: .edit, actor: "HubSpot", putBackAt: ago(.hours(1)), putBackBy: "Ana Rivas",
            canBePutBack: false),
        SyncChangeFacts(
            id: id(4103), at: ago(.days(1)), contact: InboxSamples.lucia.id, person: InboxSamples.lucia,
            local: LocalFieldFacts(.custom(id(4202))), remote: "city", kind: .conflict, before: "Lima", after: "Quito",
            cause: .sweep, actor: "HubSpot", canBePutBack: false),
        SyncChangeFacts(
            id: id(4104), at: ago(.days(2)), contact: InboxSamples.lucia.id, person: InboxSamples.lucia,
            local: LocalFieldFacts(.wellKnown(.city)), remote: "city", kind: .resolved, before: "Lima", after: "Lima",
            cause: .staff, actor: "Ana Rivas", canBePutBack: false),
    ]

    static let conflicts: [SyncConflictFacts] = [
        SyncConflictFacts(
            id: id(4301), contact: InboxSamples.lucia.id, person: InboxSamples.lucia, local: LocalFieldFacts(.email),
            remote: "email", refusal: nil, ours: "lucia@ejemplo.mx", theirs: "l.fernandez@ejemplo.mx", agreed: "",
            since: ago(.hours(5))),
        SyncConflictFacts(
            id: id(4302), contact: InboxSamples.lucia.id, person: nil, local: LocalFieldFacts(.phone), remote: "phone",
            refusal: .heldByOther, ours: "+5215512345678", theirs: "<i>55</i>", agreed: nil, since: ago(.days(1))),
    ]

    private static let days = PutBackFacts.Subject.days(
        from: "2026-11-17", to: nil, since: ago(.days(1)), until: SampleWorld.now)

    static func run(_ state: PutBackRunFacts.State) -> PutBackRunFacts {
        PutBackRunFacts(
            id: "1b4e28ba", subject: days, state: state, fields: 120, contacts: 88, all: 400,
            refusals: [.heldByOther: 2, .notWritable: 1],
            refused: [
                .init(
                    person: InboxSamples.lucia, contact: InboxSamples.lucia.id, remote: "phone", refusal: .heldByOther),
                .init(person: nil, contact: InboxSamples.lucia.id, remote: "city", refusal: .notWritable),
            ], knowsFields: state != .failed)
    }

    static func log(_ world: SampleWorld, _ filter: SyncChangesFilter = SyncChangesFilter()) -> SyncChangesPage {
        SyncChangesPage(
            head, filter == SyncChangesFilter() ? changes : [], filter: filter,
            fields: [LocalFieldFacts(.name), LocalFieldFacts(.wellKnown(.city))], older: "7", mayPutBackDays: true,
            done: .putBack, in: world.context)
    }

    static func decide(_ world: SampleWorld) -> SyncConflictsPage {
        SyncConflictsPage(
            head, conflicts, older: "7",
            outcome: SyncResolutionFacts(resolved: 1, refused: [id(4302): .unreadable], typed: "x<y"),
            in: world.context)
    }

    static func pages(_ world: SampleWorld) -> [(String, String)] {
        let (layout, context) = (world.layout(.connections), world.context)
        let lucia = InboxSamples.lucia
        let someone = PutBackFacts(
            subject: .contact(lucia.id, lucia), changes: 9, fields: 4, contacts: 1, isMore: false)
        let many = PutBackFacts(subject: days, changes: 100_000, fields: 400, contacts: 88, isMore: true)
        let nothing = PutBackFacts(subject: days, changes: 0, fields: 0, contacts: 0, isMore: false)
        let compared = ConnectionHealthFacts.Comparison.ended(at: ago(.days(2)), next: SampleWorld.now + .days(5))
        return [
            (
                "connection",
                world.render(ConnectionPage(head, health(compared), done: .comparisons, in: context), layout)
            ),
            (
                "connection-comparing",
                world.render(
                    ConnectionPage(head, health(.running(done: 40, all: 900)), standing: paused, in: context), layout)
            ),
            ("connection-quiet", world.render(ConnectionPage(calm, quiet, in: context), layout)),
            ("sync-changes", world.render(log(world), layout)),
            ("sync-changes-person", world.render(log(world, SyncChangesFilter(contact: lucia.id)), layout)),
            ("sync-changes-days", world.render(log(world, SyncChangesFilter(from: "2026-11-17")), layout)),
            ("put-back-person", world.render(PutBackPage(head, someone, in: context), layout)),
            ("put-back-days", world.render(PutBackPage(head, many, in: context), layout)),
            ("put-back-nothing", world.render(PutBackPage(head, nothing, in: context), layout)),
            ("put-back-running", world.render(PutBackRunPage(head, run(.running), in: context), layout)),
            ("put-back-ended", world.render(PutBackRunPage(head, run(.ended), in: context), layout)),
            ("put-back-failed", world.render(PutBackRunPage(head, run(.failed), in: context), layout)),
            ("sync-conflicts", world.render(decide(world), layout)),
            ("sync-conflicts-empty", world.render(SyncConflictsPage(calm, [], in: context), layout)),
            (
                "sync-conflicts-person",
                world.render(
                    SyncConflictsPage(head, [], contact: lucia.id, person: lucia, resolved: 1, in: context), layout)
            ),
        ]
    }

    static func fragments(_ world: SampleWorld) -> [(String, String)] {
        let layout = world.layout(.connections)
        return [
            ("sync-health", world.render(ConnectionHealthView(head, health(.due), in: world.context), layout)),
            ("sync-changes", world.render(log(world).list, layout)),
            ("put-back-run", world.render(PutBackRunView(head, run(.running), in: world.context), layout)),
            ("sync-conflicts", world.render(decide(world).list, layout)),
        ]
    }
}
