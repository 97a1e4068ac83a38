package import Domain

/// One person: who they are, how they are reached, what was talked about.
package struct ContactPage: Page {
    package static let template = "contacts/contact"

    package struct Handle: Sendable {
        package let icon: String
        package let kind: String
        package let text: String
        package let copied: String
        package let country: String?
        /// "mobile, in the country 55 1234 5678"; nil for what is no phone.
        package let number: String?
        package let unreachable: Unreachable?
        /// That its country's plan does not have it; nil for other handles, and once it holds no more.
        package let doubt: String?
        /// "Since 12 Nov, from WhatsApp"
        package let story: String
        package let isFormer: Bool
        /// Where it is said to hold no more; nil for what only WhatsApp can change.
        package let endURL: String?
        package let endAsk: String
        package let id: String
    }

    /// Nobody is reached there, as far as is known.
    package struct Unreachable: Sendable {
        package let sentence: String
        /// Where the mark is taken off.
        package let tryURL: String?
    }

    package struct Conversation: Sendable {
        package let url: String
        package let preview: String
        package let state: String
        package let isClosed: Bool
        /// "2 unread"; nil for none.
        package let unread: String?
        package let number: String?
        package let lastMessageAt: MomentText
    }

    package struct Link: Sendable {
        package let connection: String
        package let lastSync: MomentText?
        package let isSwitchedOff: Bool
        package let isKept: Bool
        package let url: String?
        package let open: String
        /// "Number in HubSpot that cannot be read: “55 12”. The number is too short for its country."
        package let unreadable: [String]
        package let sync: Sync?
    }

    /// What keeps the contact and its record alike.
    package struct Sync: Sendable {
        package let comparedAt: MomentText?
        /// "2 fields to decide"; nil for none.
        package let conflicts: String?
        package let conflictsURL: String
        package let changesURL: String
        package let changesLabel: String

        init(_ facts: ContactFacts.Link.Sync, of link: ContactFacts.Link, _ contact: ContactID, in context: PageContext)
        {
            let path = "/connections/\(QueryText.encode(facts.slug))"
            let parameters = [("contact", contact.description as String?)]
            self.comparedAt = facts.comparedAt.map { MomentText.sentence($0, in: context) }
            self.conflicts =
                facts.conflicts == 0 ? nil : context.words.count("sync.contact.conflicts", facts.conflicts)
            self.conflictsURL = QueryText.url(path + "/conflicts", parameters)
            self.changesURL = QueryText.url(path + "/changes", parameters)
            self.changesLabel = context.words("sync.contact.changes", ["connection": link.connection])
        }
    }

    package struct Mistake: Sendable {
        package let sentence: String
        package let holder: HolderView?
    }

    package let title: String
    package let heading: ContactHeading
    package let notice: OutcomeNotice?
    package let handles: [Handle]
    package let former: [Handle]
    package let hasFormer: Bool
    package let addURL: String
    package let editURL: String
    package let draftAddress: String
    package let regions: [RegionChoice]
    package let name: String
    package let note: String
    package let languages: [ContactsPage.Choice]
    /// What a save is held against, so that nobody's change is written over unseen.
    package let basis: ContactPageFacts.Basis
    /// What somebody else changed meanwhile, for the person to decide.
    package let clashes: [ContactClashView]
    package let hasClashes: Bool
    package let detailsMistake: Mistake?
    package let addressMistake: Mistake?
    /// Labels, fields and marks; nil where they are not shown.
    package let notes: ContactDetailsCard?
    package let conversations: [Conversation]
    /// Where a message to them is written.
    package let writingURL: String
    package let links: [Link]
    package let createdAt: MomentText
    package let updatedAt: MomentText

    /// - Parameters:
    ///   - draft: what was typed and refused.
    ///   - region: of numbers without a country code.
    package init(
        _ facts: ContactPageFacts, draft: ContactPageDraft? = nil, regions: [RegionFacts], region: String,
        details: ContactDetailsFacts? = nil, notice: OutcomeNotice? = nil, in context: PageContext
    ) {
        let contact = facts.heading.person.id
        let heading = ContactHeading(facts.heading, tab: .overview, in: context)
        self.heading = heading
        self.title = heading.name
        self.notice = notice
        let handles = facts.handles.map { Self.handle($0, of: contact, in: context) }
        self.handles = handles.filter { !$0.isFormer }
        self.former = handles.filter(\.isFormer)
        self.hasFormer = handles.contains(where: \.isFormer)
        self.addURL = heading.url + "/addresses"
        self.editURL = heading.url + "/edits"
        self.draftAddress = draft?.address ?? ""
        self.regions = RegionChoice.all(regions, chosen: draft?.region ?? region, in: context)
        self.name = draft?.name ?? facts.name
        self.note = draft?.note ?? facts.note
        self.languages = Self.languages(draft?.language ?? facts.language, in: context)
        self.basis =
            draft?.basis ?? ContactPageFacts.Basis(name: facts.name, language: facts.language, note: facts.note)
        self.clashes = (draft?.clash ?? []).map { ContactClashView($0, in: context) }
        self.hasClashes = !self.clashes.isEmpty
        self.detailsMistake = draft.flatMap { Self.mistake($0, of: .details, contact, in: context) }
        self.addressMistake = draft.flatMap { Self.mistake($0, of: .address, contact, in: context) }
        self.notes = details.map { ContactDetailsCard($0, in: context) }
        self.conversations = facts.conversations.map { Self.conversation($0, in: context) }
        self.writingURL = heading.url + "/writing"
        self.links = facts.links.map { Self.link($0, of: contact, in: context) }
        self.createdAt = MomentText.sentence(facts.createdAt, in: context)
        self.updatedAt = MomentText.sentence(facts.updatedAt, in: context)
    }

    // MARK: Parts

    private static func handle(
        _ facts: ContactPageFacts.Handle, of contact: ContactID, in context: PageContext
    ) -> Handle {
        let since = MomentText.sentence(facts.validFrom, in: context).short
        let evidence = context.words.optional("contacts.evidence.\(facts.evidence)") ?? facts.evidence
        let story =
            facts.validTo.map { end in
                context.words(
                    "contacts.page.former",
                    ["from": since, "to": MomentText.sentence(end, in: context).short, "evidence": evidence])
            } ?? context.words("contacts.page.since", ["from": since, "evidence": evidence])
        let isEnding = facts.validTo == nil && facts.kind.isOfPeople
        return Handle(
            icon: facts.kind.icon, kind: context.words("contacts.handle.\(facts.kind.rawValue)"), text: facts.text,
            copied: facts.copied, country: facts.country?[context.language],
            number: facts.phone.map { Self.number($0, in: context) },
            unreachable: facts.validTo == nil
                ? facts.unreachable.map { Self.unreachable($0, facts.id, of: contact, in: context) } : nil,
            doubt: facts.isDoubtful && facts.validTo == nil ? context.words("contacts.page.doubt") : nil,
            story: story,
            isFormer: facts.validTo != nil,
            endURL: isEnding ? "/contacts/\(contact)/addresses/\(facts.id)/endings" : nil,
            endAsk: context.words("contacts.page.endAsk", ["address": facts.text]), id: facts.id.description)
    }

    private static func number(_ phone: PhoneFacts, in context: PageContext) -> String {
        context.words("contacts.page.number", ["kind": phone.kind.title[context.language], "local": phone.local])
    }

    private static func unreachable(
        _ facts: ContactPageFacts.Unreachable, _ handle: HandleID, of contact: ContactID, in context: PageContext
    ) -> Unreachable {
        let words = [
            "since": MomentText.sentence(facts.since, in: context).short,
            "last": MomentText.sentence(facts.lastAt, in: context).short,
        ]
        return Unreachable(
            sentence: context.words.count("contacts.unreachable.since", facts.messages, words),
            tryURL: "/contacts/\(contact)/addresses/\(handle)/tries")
    }

    static func languages(_ chosen: String?, in context: PageContext) -> [ContactsPage.Choice] {
        let others = chosen.map { [$0] } ?? []
        let codes = LanguageName.offered + others.filter { !$0.isEmpty && !LanguageName.offered.contains($0) }
        return codes.map { code in
            ContactsPage.Choice(value: code, label: LanguageName.of(code, in: context), isChosen: code == chosen)
        }
    }

    private static func mistake(
        _ draft: ContactPageDraft, of form: ContactMistake.Form, _ contact: ContactID, in context: PageContext
    ) -> Mistake? {
        guard let mistake = draft.mistake, mistake.form == form else { return nil }
        return Mistake(
            sentence: mistake.sentence[context.language],
            holder: mistake.owner.map { HolderView($0, beside: contact, in: context) })
    }

    private static func conversation(
        _ facts: ContactPageFacts.Conversation, in context: PageContext
    ) -> Conversation {
        Conversation(
            url: "/inbox/\(facts.id)", preview: facts.preview,
            state: context.words(facts.isClosed ? "contacts.page.closed" : "contacts.page.open"),
            isClosed: facts.isClosed,
            unread: facts.unread == 0 ? nil : context.words.count("contacts.page.unread", facts.unread),
            number: facts.number, lastMessageAt: MomentText.relative(facts.lastMessageAt, in: context))
    }

    private static func link(_ link: ContactFacts.Link, of contact: ContactID, in context: PageContext) -> Link {
        Link(
            connection: link.connection, lastSync: link.lastSync.map { MomentText.sentence($0, in: context) },
            isSwitchedOff: link.isSwitchedOff, isKept: link.isKept, url: link.url,
            open: context.words("contact.open", ["connection": link.connection]),
            unreadable: link.unreadable.map {
                context.words(
                    "contacts.page.unreadable",
                    ["connection": link.connection, "number": $0.text, "reason": $0.reason[context.language]])
            }, sync: link.sync.map { Sync($0, of: link, contact, in: context) })
    }
}

/// What was typed into a form of the page, and why it was refused.
package struct ContactPageDraft: Sendable {
    package var name: String?
    package var note: String?
    package var language: String?
    package var address: String?
    package var region: String?
    package var mistake: ContactMistake?
    /// Of the form that was sent; nil: what is there now.
    package var basis: ContactPageFacts.Basis?
    package var clash: [Clash] = []

    package init(
        name: String? = nil, note: String? = nil, language: String? = nil, address: String? = nil,
        region: String? = nil, mistake: ContactMistake? = nil
    ) {
        self.name = name
        self.note = note
        self.language = language
        self.address = address
        self.region = region
        self.mistake = mistake
    }
}

/// A country whose numbers can be written without its code.
package struct RegionFacts: Sendable {
    package var code: String
    package var name: LocalizedText

    package init(code: String, name: LocalizedText) {
        self.code = code
        self.name = name
    }
}

/// A country in a list of them.
package struct RegionChoice: Sendable {
    package let value: String
    package let label: String
    package let isChosen: Bool

    static func all(_ regions: [RegionFacts], chosen: String, in context: PageContext) -> [RegionChoice] {
        regions.map { RegionChoice(value: $0.code, label: $0.name[context.language], isChosen: $0.code == chosen) }
            .sorted { $0.label.folded < $1.label.folded }
    }
}

extension ContactPageFacts.HandleKind {
    var icon: String {
        switch self {
        case .phone: "phone"
        case .email: "mail"
        case .bsuid, .parentBSUID: "id-card"
        case .other: "at-sign"
        }
    }

    /// People enter and end it.
    var isOfPeople: Bool {
        switch self {
        case .phone, .email: true
        case .bsuid, .parentBSUID, .other: false
        }
    }
}
