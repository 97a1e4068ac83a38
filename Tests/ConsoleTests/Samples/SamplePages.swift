import Domain
import Store

@testable import Console

/// Every page and state that the tests render and a person looks at, by name.
func renderAll(_ write: (_ name: String, _ html: String) throws -> Void) throws {
    for language in Language.allCases {
        let world = try SampleWorld(language)
        for (name, html) in samplePages(world) { try write("\(name).\(language.rawValue)", html) }
    }
}

func samplePages(_ world: SampleWorld) -> [(String, String)] {
    inboxPages(world) + composerPages(world) + emptyInboxPages(world) + workPages(world) + contactPages(world)
        + accountPages(world) + doorPages(world) + dataRightsPages(world) + PeopleSamples.pages(world)
        + WebhookSamples.pages(world) + MappingSamples.pages(world) + SyncSamples.pages(world)
        + BackfillSamples.pages(world) + WizardSamples.pages(world)
        + ImportSamples.pages(world) + ConsentSamples.pages(world) + DuplicateSamples.pages(world)
}

private func inboxPages(_ world: SampleWorld) -> [(String, String)] {
    let layout = world.layout(.inbox)
    let list = InboxPage(pane: .list, list: InboxSamples.list(world), conversation: nil, in: world.context)
    let everyday = ThreadSamples.page(
        world, messages: ThreadSamples.everyday, owner: .person(id: id(9001), name: "Ana Rivas", isReader: true))
    return [
        ("inbox", world.render(list, layout)), ("thread", world.render(everyday, layout)),
        ("thread-every-kind", world.render(ThreadSamples.page(world), layout)),
        ("contact", world.render(ThreadSamples.page(world, pane: .contact), layout)),
        ("thread-earlier", world.render(ThreadSamples.page(world, isNewest: false), layout)),
    ]
}

private func composerPages(_ world: SampleWorld) -> [(String, String)] {
    let layout = world.layout(.inbox, alarms: ConnectionSamples.alarms)
    let soon = SampleWorld.now + .minutes(74)
    let page = { (ends: Timestamp?, facts: ComposerFacts, owner: OwnerFacts) in
        world.render(
            ThreadSamples.page(
                world, windowEnds: ends, composer: facts, messages: ThreadSamples.everyday, owner: owner), layout)
    }
    return [
        ("composer-closing", page(soon, ComposerFacts(once: "o"), .automation)),
        ("composer-first", page(nil, ComposerSamples.first, .queue)),
        ("composer-replying", page(nil, ComposerSamples.replying, .queue)),
        ("composer-refused", page(nil, ComposerSamples.refused, .automation)),
        ("composer-closed", page(ago(.hours(3)), ComposerFacts(once: "o"), .queue)),
        ("composer-template-choosing", page(ago(.hours(3)), ComposerSamples.choosing, .queue)),
        ("composer-template-file", page(ago(.hours(3)), ComposerSamples.fillingFile, .queue)),
        ("composer-template-filling", page(ago(.hours(3)), ComposerSamples.filling, .queue)),
    ]
}

private func emptyInboxPages(_ world: SampleWorld) -> [(String, String)] {
    let layout = world.layout(.inbox)
    let empty = { (filter: InboxFilter, counts: [InboxFilter.View: Int]) in
        ConversationList(
            filter: filter, counts: counts, conversations: [], open: nil, older: nil, isDemo: true, in: world.context)
    }
    let page = { (list: ConversationList) in
        world.render(InboxPage(pane: .list, list: list, conversation: nil, in: world.context), layout)
    }
    return [
        ("inbox-first", page(empty(InboxFilter(), [:]))),
        ("inbox-nothing-found", page(empty(InboxFilter(query: "zapatos \"rojos\" <b>"), [.all: 9]))),
        ("inbox-nothing-here", page(empty(InboxFilter(view: .mine), [.all: 9]))),
        ("inbox-failed", page(.failed(filter: InboxFilter(), open: nil, in: world.context))),
    ]
}

private func workPages(_ world: SampleWorld) -> [(String, String)] {
    let deadLetters = world.layout(.deadLetters)
    let connections = world.layout(.connections, alarms: ConnectionSamples.alarms)
    return [
        ("ledger", world.render(LedgerSamples.page(world), world.layout(.ledger))),
        ("ledger-broken", world.render(LedgerSamples.page(world, LedgerSamples.broken), world.layout(.ledger))),
        ("ledger-empty", world.render(LedgerSamples.page(world, LedgerSamples.nothing), world.layout(.ledger))),
        ("dead-letters", world.render(WorkSamples.deadLetters(world), deadLetters)),
        ("dead-letters-empty", world.render(WorkSamples.deadLetters(world, []), deadLetters)),
        ("unrouted", world.render(WorkSamples.unroutedPage(world), world.layout(.unrouted))),
        ("unrouted-empty", world.render(WorkSamples.unroutedPage(world, []), world.layout(.unrouted))),
        ("connections", world.render(ConnectionSamples.page(world), connections)),
        ("connections-held", world.render(ConnectionSamples.page(world, isHeld: true), connections)),
        (
            "connections-empty",
            world.render(ConnectionsPage(numbers: [], crms: [], in: world.context), world.layout(.connections))
        ),
    ]
}

/// The parts that are fetched again by themselves.
func sampleFragments(_ world: SampleWorld) -> [(String, String)] {
    let layout = world.layout(.inbox, alarms: ConnectionSamples.alarms)
    var result = [
        ("navigation", world.render(layout.navigation, layout)), ("alarms", world.render(layout.alarms, layout)),
        ("conversations", world.render(InboxSamples.list(world), layout)),
        ("ledger", world.render(LedgerSamples.page(world).figures, layout)),
        ("dead-letters", world.render(WorkSamples.deadLetters(world).list, layout)),
        ("unrouted", world.render(WorkSamples.unroutedPage(world).list, layout)),
        ("connections", world.render(ConnectionSamples.page(world).list, layout)),
        ("import-progress", ImportSamples.progress(world)),
    ]
    let thread = ThreadSamples.page(world, composer: ComposerSamples.filling)
    if let conversation = thread.conversation {
        result += [
            ("messages", world.render(conversation.messages, layout)),
            ("header", world.render(conversation.header, layout)),
            ("composer", world.render(conversation.composer, layout)),
            ("contact", world.render(conversation.contact, layout)),
        ]
    }
    result += contactFragments(world) + DuplicateSamples.fragments(world)
    result += dataRightsFragments(world) + PeopleSamples.fragments(world)
    result += SyncSamples.fragments(world) + WebhookSamples.fragments(world) + MappingSamples.fragments(world)
    return result + [("preview", world.render(ComposerSamples.preview, layout))]
}

private func accountPages(_ world: SampleWorld) -> [(String, String)] {
    let layout = world.layout(nil)
    let ana = StaffFacts(
        id: id(9001), name: "Ana Rivas", email: "ana@ejemplo.mx", role: .admin, isDisabled: false, isReader: true)
    let beto = StaffFacts(
        id: id(9002), name: "Beto Solís", email: "beto@ejemplo.mx", role: .agent, isDisabled: false, isReader: false)
    let carla = StaffFacts(
        id: id(9003), name: "Carla Núñez", email: "carla@ejemplo.mx", role: .agent, isDisabled: true, isReader: false)
    let draft = StaffPage.Draft(
        name: "Diego", email: "diego",
        error: LocalizedText(en: "That is no e-mail address.", es: "Eso no es un correo."))
    let short = AccountPage.Problem(.new, LocalizedText(en: "Too short.", es: "Demasiado corta."))
    let wrong = AccountPage.Problem(.current, LocalizedText(en: "Wrong.", es: "No es esa."))
    let issued = StaffPage.Issued("abcde-fghij-klmno", for: "Beto Solís", in: world.context)
    return apiKeyPages(world) + [
        ("account", world.render(AccountPage(ana, others: 2, in: world.context), layout)),
        ("account-short", world.render(AccountPage(ana, others: 0, problem: short, in: world.context), layout)),
        ("account-wrong", world.render(AccountPage(ana, others: 1, problem: wrong, in: world.context), layout)),
        ("staff", world.render(StaffPage([ana, beto, carla], issued: issued, in: world.context), layout)),
        ("staff-mistake", world.render(StaffPage([ana], draft: draft, in: world.context), layout)),
    ]
}

private func apiKeyPages(_ world: SampleWorld) -> [(String, String)] {
    let layout = world.layout(nil)
    let zapier = APIKeyFacts(
        id: id(9101), name: "zapier", scopes: [.read, .write], rate: 300, createdAt: SampleWorld.now,
        usedAt: SampleWorld.now)
    let file = APIKeyFacts(
        id: id(9102), name: "informes", scopes: [.read], isOfFile: true, rate: 1200, createdAt: SampleWorld.now)
    let old = APIKeyFacts(
        id: id(9103), name: "n8n", scopes: [.admin], rate: 300, createdAt: SampleWorld.now,
        disabledAt: SampleWorld.now)
    let issued = APIKeysPage.Issued("pk_abcdefghijklmno", for: "zapier", in: world.context)
    let draft = APIKeysPage.Draft(
        name: "zapier", scopes: [],
        error: LocalizedText(en: "Choose what the key may do.", es: "Elija qué puede hacer la clave."))
    return [
        ("api-keys", world.render(APIKeysPage([zapier, file, old], issued: issued, in: world.context), layout)),
        ("api-keys-mistake", world.render(APIKeysPage([], draft: draft, in: world.context), layout)),
    ]
}

private func doorPages(_ world: SampleWorld) -> [(String, String)] {
    let layout = world.layout(nil, isSignedIn: false)
    let demo = SignInPage.Demo(email: "ana@ejemplo.mx", password: "puente-demo")
    let wrong = SignInPage(email: "ana@ejemplo.mx", problem: .wrongCredentials, in: world.context)
    let ended = SignInPage(problem: .sessionEnded, next: "/ledger", in: world.context)
    return [
        ("sign-in", world.render(SignInPage(demo: demo, in: world.context), layout)),
        ("sign-in-wrong", world.render(wrong, layout)), ("sign-in-ended", world.render(ended, layout)),
        (
            "error",
            world.render(ErrorPage.unexpected(reference: "0G3ZK4T8QW1AB", in: world.context), world.layout(.inbox))
        ),
    ]
}
