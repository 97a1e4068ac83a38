import Domain

@testable import Console

/// The contacts table, one contact in every state, and what was changed.
enum ContactSamples {
    static let vip = LabelFacts(id: id(701), name: "VIP", color: .green)
    static let wholesale = LabelFacts(id: id(702), name: "Mayorista", color: .violet)
    static let weight = FieldFacts(id: id(711), key: "peso", name: "Peso", kind: .number)

    private static let phone = PhoneFacts(
        local: "55 1234 5678", international: "+52 55 1234 5678", region: "MX",
        country: LocalizedText(en: "Mexico", es: "México"), kind: .mobile)

    static let rows: [ContactRowFacts] = [
        ContactRowFacts(
            person: PersonFacts(
                id: id(101), name: "Lucía Fernández", username: "lucia.fer", phone: "+52 55 1234 5678"),
            phone: phone, email: "lucia@ejemplo.mx", language: "es", labels: [vip, wholesale],
            states: [.complaint], consent: .double, fields: [weight.id: "12.5"], lastActivityAt: ago(.minutes(2)),
            createdAt: ago(.days(300)), updatedAt: ago(.minutes(2))),
        ContactRowFacts(
            person: PersonFacts(id: id(102), name: "王小明", phone: "+886 912 345 678"),
            phone: PhoneFacts(
                local: "0912 345 678", international: "+886 912 345 678", region: "TW",
                country: LocalizedText(en: "Taiwan", es: "Taiwán")),
            consent: .withdrawn, createdAt: ago(.days(20)), updatedAt: ago(.hours(5))),
        ContactRowFacts(
            person: PersonFacts(id: id(103)), states: [.blocked, .doNotCall], isUnreachable: true, consent: .unknown,
            createdAt: ago(.days(2)), updatedAt: ago(.days(2))),
    ]

    static func list(
        _ world: SampleWorld, _ rows: [ContactRowFacts] = rows, filter: ContactsFilter = ContactsFilter(),
        columns: [ContactColumn] = ContactColumn.common + [.field(weight.id)], after: String? = nil,
        next: String? = "1.2", isCut: Bool = false
    ) -> ContactsList {
        ContactsList(
            rows, filter: filter, columns: columns, fields: [weight],
            habits: WritingHabits(region: "MX", language: .spanish),
            count: rows.isEmpty ? (0, false) : (10_000, next != nil), after: after, next: next, isCut: isCut,
            in: world.context)
    }

    static func table(
        _ world: SampleWorld, _ list: ContactsList? = nil, filter: ContactsFilter = ContactsFilter()
    ) -> ContactsPage {
        ContactsPage(
            list ?? self.list(world, filter: filter), filter: filter, labels: [vip, wholesale], fields: [weight],
            columns: ContactColumn.usual, notice: OutcomeNotice(.done, "OK"), in: world.context)
    }

    // MARK: One contact

    static let heading = ContactHeadingFacts(
        person: rows[0].person, profileName: "Lu ✨", states: [.complaint], labels: [vip, wholesale])

    static let facts = ContactPageFacts(
        heading: heading, name: "Lucía Fernández", language: "es", note: "Prefiere las tardes.\nPaga con OXXO.",
        handles: [
            .init(
                id: id(801), kind: .phone, text: "+52 55 1234 5678", copied: "+5215512345678",
                country: LocalizedText(en: "Mexico", es: "México"), phone: phone,
                unreachable: .init(since: ago(.days(12)), lastAt: ago(.days(2)), messages: 3),
                validFrom: ago(.days(300)), evidence: "webhook"),
            .init(
                id: id(802), kind: .email, text: "lucia@ejemplo.mx", copied: "lucia@ejemplo.mx",
                validFrom: ago(.days(3)), evidence: "person"),
            .init(
                id: id(803), kind: .bsuid, text: "MX.13491208655302741918", copied: "MX.13491208655302741918",
                validFrom: ago(.days(9)), evidence: "status"),
            .init(
                id: id(804), kind: .phone, text: "+52 33 9876 5432", copied: "+5213398765432",
                validFrom: ago(.days(400)), validTo: ago(.days(300)), evidence: "system_message"),
        ],
        links: [
            .init(
                connection: "HubSpot", lastSync: ago(.minutes(4)), url: "https://app.hubspot.com/contacts/1/contact/51"),
            .init(
                connection: "Odoo", lastSync: ago(.days(3)), isSwitchedOff: true,
                unreadable: [
                    .init("55 <12>", LocalizedText(en: "The number is too short.", es: "El número es muy corto."))
                ]),
        ],
        conversations: [
            .init(
                id: id(1), preview: "¿Llegó mi pedido?", isClosed: false, unread: 2, lastMessageAt: ago(.minutes(2)),
                number: "ventas"),
            .init(
                id: id(2), preview: "Gracias", isClosed: true, unread: 0, lastMessageAt: ago(.days(40)), number: nil),
        ], createdAt: ago(.days(300)), updatedAt: ago(.minutes(2)))

    static let regions = [
        RegionFacts(code: "MX", name: LocalizedText(en: "Mexico", es: "México")),
        RegionFacts(code: "TW", name: LocalizedText(en: "Taiwan", es: "Taiwán")),
    ]

    static func page(
        _ world: SampleWorld, _ facts: ContactPageFacts = facts, draft: ContactPageDraft? = nil
    ) -> ContactPage {
        ContactPage(
            facts, draft: draft, regions: regions, region: "MX", notice: OutcomeNotice(.done, "OK"), in: world.context)
    }

    static func writing(_ world: SampleWorld, _ composer: ComposerFacts?) -> ContactWritingPage {
        let numbers: [ContactWritingPage.Number] = [
            .init(id: id(11), name: "+1 555-078-3881"), .init(id: id(12), name: "+52 55 1111 2222"),
        ]
        return ContactWritingPage(
            facts.heading, numbers: composer == nil ? [] : numbers,
            composer: composer.map {
                ComposerView(
                    at: .contact(facts.heading.person.id, from: id(12)), person: "Lucía", windowEnds: nil, owner: nil,
                    facts: $0, in: world.context)
            }, number: composer == nil ? nil : id(12), in: world.context)
    }

    static let takenPhone = ContactPageDraft(
        address: "55 9876 5432", region: "MX",
        mistake: ContactMistake(
            .address, LocalizedText(en: "Somebody else has this phone number:", es: "Ya lo tiene otra persona:"),
            owner: rows[1].person))

    static let longName = ContactPageDraft(
        name: "Lucía…", note: "…", language: "pt_BR",
        mistake: ContactMistake(.details, LocalizedText(en: "Too long.", es: "Demasiado largo.")))

    /// Somebody else changed the same meanwhile.
    static var clash: ContactPageDraft {
        var draft = ContactPageDraft(name: "Lucía <L>", note: "Llamar", language: nil)
        draft.clash = [
            .init(
                column: "name", before: "Lucía", theirs: "Lucy <b>", mine: "Lucía <L>", author: "Luis Paz",
                at: ago(.minutes(2))),
            .init(column: "language", before: "es", theirs: "pt_BR", mine: ""),
            .init(
                column: "note", before: "", theirs: "uno\ndos", mine: "Llamar", author: "Luis Paz", at: ago(.days(2))),
        ]
        return draft
    }

    static func new(_ world: SampleWorld, _ draft: NewContactPage.Draft) -> NewContactPage {
        NewContactPage(draft, labels: [vip, wholesale], regions: regions, in: world.context)
    }

    // MARK: Changes

    static func change(
        _ number: Int64, _ kind: ChangeFacts.Kind, _ state: ChangeFacts.State = .done, rows: Int = 1, kept: Int = 0
    ) -> ChangeFacts {
        ChangeFacts(
            id: id(900 + number), kind: kind, state: state,
            title: LocalizedText(en: "Import of clientes.xlsx", es: "Importación de clientes.xlsx"),
            actor: "Ana Rivas", at: ago(.hours(Int(number) * 5)), rows: rows,
            undoUntil: SampleWorld.now + .days(29), isUndoable: state == .done && number < 5,
            undoneAt: state == .undone ? ago(.minutes(5)) : nil, undoneBy: state == .undone ? "Beto Solís" : nil,
            undoneRows: state == .done || state == .open ? 0 : rows / 2, keptRows: kept)
    }

    static let changes = [
        change(1, .edit), change(2, .import, .undoing, rows: 248_120, kept: 12), change(3, .merge, .undone, kept: 1),
        change(4, .bulk, .open, rows: 9000), change(6, .import, rows: 3),
    ]

    static let changeRows: [ChangeRowFacts] = [
        row(1, [.column("name", before: "Lucia", after: "Lucía"), .column("language", before: "", after: "es")]),
        row(2, [.column("note", before: "vieja", after: "")]),
        row(3, [.handle(kind: .phone, text: "+52 55 1234 5678", .added)]),
        row(4, [.handle(kind: .email, text: "lucia@ejemplo.mx", .ended)]),
        row(5, [.label(name: "VIP", isAdded: true), .label(name: nil, isAdded: false)]),
        row(6, [.state("blocked", isSet: true), .state("other", isSet: false)]),
        row(
            7,
            [
                .field(name: "Peso", kind: .number, before: "12", after: "12.5"),
                .field(name: nil, kind: nil, before: nil, after: "x"),
                .field(name: "Socia", kind: .yesNo, before: nil, after: "yes"),
            ]),
        row(8, [.consent(purpose: "marketing", before: "granted", after: "withdrawn")], canBePutBack: false),
        row(9, [.consentEntry(purpose: "marketing", change: "granted")], canBePutBack: false),
        row(10, [.made, .gone, .merged, .erased, .other("conversation"), .other("something")], canBePutBack: false),
    ]

    private static func row(
        _ position: Int, _ facts: [ChangeRowFacts.Fact], canBePutBack: Bool = true
    ) -> ChangeRowFacts {
        ChangeRowFacts(
            change: position == 2 ? change(3, .merge, .undone) : change(1, .edit), position: position,
            contact: position == 5 ? nil : id(101), facts: facts, canBePutBack: canBePutBack,
            wasKept: position == 2 ? false : position == 3 ? true : nil)
    }
}

/// Every page about contacts.
func contactPages(_ world: SampleWorld) -> [(String, String)] {
    let layout = world.layout(.contacts)
    let context = world.context
    let query = ContactsFilter(query: "zapatos \"rojos\" <b>", order: .activity)
    let empty = { (filter: ContactsFilter) in
        ContactSamples.table(
            world, ContactSamples.list(world, [], filter: filter, next: nil), filter: filter)
    }
    let cut = ContactSamples.list(world, [], filter: query, after: "1.3", next: "1.2", isCut: true)
    let silent = ContactSamples.list(world, filter: query, next: nil)
    let names: [ContactID: PersonFacts] = [id(101): ContactSamples.rows[0].person]
    let draft = NewContactPage.Draft(region: "MX")
    let wrong = NewContactPage.Draft(
        name: "Lucía", phone: "123", region: "TW", email: "lucia@", labels: [ContactSamples.vip.id], field: "phone",
        error: LocalizedText(en: "Too short.", es: "Demasiado corto."), owner: ContactSamples.rows[1].person)
    let namesake = NewContactPage.Draft(name: "Lucía", region: "MX", namesakes: ContactSamples.rows.map(\.person))
    return [
        ("contacts", world.render(ContactSamples.table(world), layout)),
        ("contacts-empty", world.render(empty(ContactsFilter()), layout)),
        ("contacts-nothing-found", world.render(empty(query), layout)),
        ("contacts-cut", world.render(ContactSamples.table(world, cut, filter: query), layout)),
        ("contacts-by-activity", world.render(ContactSamples.table(world, silent, filter: query), layout)),
        ("contact-page", world.render(ContactSamples.page(world), layout)),
        ("contact-page-taken", world.render(ContactSamples.page(world, draft: ContactSamples.takenPhone), layout)),
        ("contact-page-mistake", world.render(ContactSamples.page(world, draft: ContactSamples.longName), layout)),
        ("contact-page-clash", world.render(ContactSamples.page(world, draft: ContactSamples.clash), layout)),
        ("contact-writing", world.render(ContactSamples.writing(world, ComposerSamples.choosing), layout)),
        ("contact-writing-filling", world.render(ContactSamples.writing(world, ComposerSamples.filling), layout)),
        ("contact-writing-nowhere", world.render(ContactSamples.writing(world, nil), layout)),
        ("contact-page-bare", world.render(ContactSamples.page(world, .bare), layout)),
        ("contact-new", world.render(ContactSamples.new(world, draft), layout)),
        ("contact-new-mistake", world.render(ContactSamples.new(world, wrong), layout)),
        ("contact-new-namesakes", world.render(ContactSamples.new(world, namesake), layout)),
        (
            "contact-history",
            world.render(
                ContactHistoryPage(
                    ContactSamples.changeRows, of: ContactSamples.heading, older: "1.2", in: context), layout)
        ),
        (
            "contact-history-empty",
            world.render(ContactHistoryPage([], of: ContactSamples.heading, in: context), layout)
        ),
        (
            "changes",
            world.render(ChangesPage(ContactSamples.changes, kind: nil, older: "1.2", in: context), layout)
        ),
        ("changes-empty", world.render(ChangesPage([], kind: .merge, in: context), layout)),
        (
            "change",
            world.render(
                ChangePage(
                    ContactSamples.changes[1], rows: ContactSamples.changeRows, names: names, next: "1.2", in: context),
                layout)
        ),
    ]
}

extension ContactPageFacts {
    /// Of whom nothing is known but that they are there.
    fileprivate static let bare = ContactPageFacts(
        heading: ContactHeadingFacts(person: ContactSamples.rows[2].person), name: "", language: nil, note: "",
        handles: [], links: [], conversations: [], createdAt: ago(.days(2)), updatedAt: ago(.days(2)))
}

func contactFragments(_ world: SampleWorld) -> [(String, String)] {
    let layout = world.layout(.contacts)
    return [
        ("contacts-list", world.render(ContactSamples.list(world), layout)),
        (
            "changes-list",
            world.render(ChangesList(ContactSamples.changes, kind: .import, before: "1.2", in: world.context), layout)
        ),
        ("change-head", world.render(ChangeHead(ContactSamples.changes[1], in: world.context), layout)),
    ]
}
