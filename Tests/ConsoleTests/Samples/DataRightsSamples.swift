import Domain

@testable import Console

/// The pages about people's data, one of each look.
enum DataRightsSamples {
    static let contact: ContactID = id(101)

    static func entries(_ world: SampleWorld) -> [AuditFacts] {
        let lucia = InboxSamples.lucia
        let events = [
            "contact.seen", "contacts.listed", "contact.exported", "contact.export_taken", "contact.erased_in_crm",
            "contacts.exported",
            "audit.exported", "staff.signed_in", "staff.role_changed", "retention.changed", "closed",
            "a.word.of.another.part",
        ]
        return events.enumerated().map { index, event in
            AuditFacts(
                id: Int64(700 - index), at: ago(.minutes(index * 7)),
                actor: index.isMultiple(of: 2) ? "Ana Rivas" : "ops",
                event: event, person: event.hasPrefix("contact.") ? lucia : nil,
                conversation: event == "closed" ? id(1) : nil)
        } + [
            AuditFacts(
                id: 600, at: ago(.hours(3)), actor: "Ana Rivas", event: "change.edit",
                title: LocalizedText(en: "Edit of a <b>contact</b>", es: "Edición de un <b>contacto</b>")),
            AuditFacts(
                id: 598, at: ago(.hours(4)), actor: "Ana Rivas", event: "contacts.listed", search: .typed("lucía <b>")),
            AuditFacts(id: 597, at: ago(.hours(4)), actor: "ops", event: "contacts.listed", search: .erased),
            AuditFacts(id: 599, at: ago(.hours(4)), actor: "Ana Rivas", event: "contact.erased", erasure: id(55)),
        ]
    }

    static func facts(_ world: SampleWorld, isAdmin: Bool = true) -> PersonDataFacts {
        PersonDataFacts(
            person: InboxSamples.lucia,
            amounts: zip(PersonDataFacts.Kind.allCases, [3, 2, 10_000, 41, 5, 4, 1, 12, 60]).map {
                PersonDataFacts.Amount($0, $1, isMore: $1 == 10_000)
            },
            rules: [
                .init("raw_bodies", days: 30), .init("messages", days: nil), .init("media", days: 365),
                .init("contacts", days: nil), .init("audit", days: 1),
            ],
            firstSeen: ago(.days(90)), erasedIn: isAdmin ? (name: "HubSpot", at: ago(.days(2))) : nil,
            records: ["HubSpot", "shop"], audit: isAdmin ? Array(entries(world).prefix(4)) : nil)
    }

    static let exports = [
        ExportFacts(
            id: id(31), state: .running, actor: "Ana Rivas", requestedAt: ago(.minutes(1)), done: 1200, messages: 3400,
            expiresAt: SampleWorld.now + .days(3)),
        ExportFacts(
            id: id(30), state: .ready, actor: "ops", requestedAt: ago(.hours(5)), done: 3400, messages: 3400,
            size: 3_400_000, expiresAt: SampleWorld.now + .days(2)),
        ExportFacts(
            id: id(29), state: .failed, actor: "Ana Rivas", requestedAt: ago(.hours(6)),
            expiresAt: SampleWorld.now + .days(1)),
    ]

    static func person(_ world: SampleWorld, draft: PersonDataPage.Draft = .init()) -> PersonDataPage {
        PersonDataPage(
            facts(world), exports: exports, mayAct: true, draft: draft,
            notice: PersonDataPage.outcome(of: .exports, in: world.context), in: world.context)
    }

    static let erasure = ErasureFacts(
        id: id(55), contact: contact, isDone: true, actor: "Ana Rivas", at: ago(.minutes(3)), doneAt: ago(.minutes(2)),
        counts: [
            "handles", "conversations", "messages", "files", "details", "consents", "records", "changes", "notices",
            "mentions", "bodies", "jobs",
        ].enumerated().map { (kind: $0.element, count: $0.offset + 1) },
        notices: ErasureFacts.Notice.State.allCases.flatMap { state in
            [true, false].map { .init(connection: "HubSpot", isDeletion: $0, state: state) }
        })

    static var running: ErasureFacts {
        var facts = erasure
        facts.isDone = false
        facts.doneAt = nil
        facts.isByRule = true
        return facts
    }

    static func rules(_ world: SampleWorld, isPreview: Bool = false, isWrong: Bool = false) -> RetentionPage {
        let kinds = ["raw_bodies", "messages", "media", "contacts", "audit", "imports"]
        let facts = kinds.enumerated().map { index, kind in
            RetentionFacts(
                kind: kind, typed: isWrong && index == 3 ? "5" : index == 2 ? "" : "\(index * 100 + 30)",
                days: index == 2 ? nil : index * 100 + 30, range: 30...3650, mayStay: index < 4, isFixed: index < 2,
                error: isWrong && index == 3
                    ? LocalizedText(en: "Give a whole number of days.", es: "Indique un número entero de días.") : nil,
                preview: isPreview ? (count: index == 4 ? 0 : 10_000, isMore: index < 4) : nil)
        }
        return RetentionPage(
            facts, notice: isWrong ? nil : RetentionPage.outcome(of: .rules, in: world.context), in: world.context)
    }
}

func dataRightsPages(_ world: SampleWorld) -> [(String, String)] {
    let layout = world.layout(nil)
    let samples = DataRightsSamples.self
    let wrong = PersonDataPage.Draft(
        typed: "<b>Lucas</b>", deletesInCRM: true, error: PuenteError.notConfirmed.message)
    let reader = PersonDataPage(samples.facts(world, isAdmin: false), exports: [], mayAct: false, in: world.context)
    let filter = AuditFilter(contact: samples.contact, actor: "Ana", kind: .exported, day: "2026-11-18")
    let audit = AuditPage(
        samples.entries(world), filter: AuditFilter(), actors: ["Ana Rivas", "ops"], older: "600.600", in: world.context
    )
    return [
        ("person-data", world.render(samples.person(world), layout)),
        ("person-data-mistake", world.render(samples.person(world, draft: wrong), layout)),
        ("person-data-agent", world.render(reader, layout)),
        ("erasure", world.render(ErasurePage(samples.erasure, in: world.context), layout)),
        ("erasure-running", world.render(ErasurePage(samples.running, in: world.context), layout)),
        ("audit", world.render(audit, layout)),
        ("audit-empty", world.render(AuditPage([], filter: filter, in: world.context), layout)),
        ("retention", world.render(samples.rules(world), layout)),
        ("retention-preview", world.render(samples.rules(world, isPreview: true), layout)),
        ("retention-mistake", world.render(samples.rules(world, isWrong: true), layout)),
    ]
}

func dataRightsFragments(_ world: SampleWorld) -> [(String, String)] {
    let layout = world.layout(nil)
    let samples = DataRightsSamples.self
    return [
        ("exports", world.render(ExportList(samples.exports, of: samples.contact, in: world.context), layout)),
        ("erasure-report", world.render(ErasureReport(samples.erasure, in: world.context), layout)),
    ]
}
