package import Domain

/// What is kept of one person: how much, how long, who saw it; given to them as a file, or erased.
package struct PersonDataPage: Page {
    package static let template = "data-rights/person"

    package enum Command: String, CaseIterable, Sendable { case exports }

    package struct Row: Sendable {
        package let label: String
        package let value: String
    }

    /// The form that erases, as it was sent, and what is wrong with it.
    package struct Draft: Sendable {
        package var typed: String
        package var deletesInCRM: Bool
        package var error: LocalizedText?

        package init(typed: String = "", deletesInCRM: Bool = false, error: LocalizedText? = nil) {
            self.typed = typed
            self.deletesInCRM = deletesInCRM
            self.error = error
        }
    }

    package let title: String
    package let heading: ContactHeading
    package let amounts: [Row]
    package let rules: [Row]
    package let notice: OutcomeNotice?
    /// "The company erased this person in HubSpot …"
    package let erasedIn: String?
    package let mayAct: Bool
    package let exports: ExportList
    package let exportURL: String
    package let erasureURL: String
    /// "Type the name “…”, or the last four digits of the number."
    package let confirmation: String
    package let records: String?
    package let draft: String
    package let deletesInCRM: Bool
    package let error: String?
    package let isWrong: Bool
    package let audit: [AuditRow]
    package let hasAudit: Bool
    package let auditURL: String

    package init(
        _ facts: PersonDataFacts, heading: ContactHeadingFacts? = nil, exports: [ExportFacts], mayAct: Bool,
        draft: Draft = Draft(), notice: OutcomeNotice? = nil, in context: PageContext
    ) {
        let words = context.words
        let id = facts.person.id
        self.heading = ContactHeading(heading ?? ContactHeadingFacts(person: facts.person), tab: .data, in: context)
        self.title = words("dataRights.title", ["name": self.heading.name])
        self.amounts = facts.amounts.map { amount in
            Row(
                label: words("dataRights.amount.\(amount.kind.rawValue)"),
                value: context.formats.number(amount.count) + (amount.isMore ? "+" : ""))
        }
        self.rules = facts.rules.map { rule in
            Row(
                label: words("dataRights.retention.kind.\(words.key(of: rule.kind))"),
                value: Self.length(rule.days, in: context))
        }
        self.notice = notice
        self.erasedIn = facts.erasedIn.map { erased in
            words(
                "dataRights.erasedIn",
                ["connection": erased.name, "time": MomentText.sentence(erased.at, in: context).short])
        }
        self.mayAct = mayAct
        self.exports = ExportList(exports, of: id, in: context)
        self.exportURL = "/contacts/\(id)/exports"
        self.erasureURL = "/contacts/\(id)/erasures"
        self.confirmation = Self.confirmation(facts.person, in: context)
        self.records = facts.records.isEmpty ? nil : facts.records.joined(separator: ", ")
        self.draft = draft.typed
        self.deletesInCRM = draft.deletesInCRM
        self.error = draft.error?[context.language]
        self.isWrong = draft.error != nil
        self.audit = (facts.audit ?? []).map { AuditRow($0, in: context) }
        self.hasAudit = facts.audit != nil
        self.auditURL = "/audit?contact=\(id)"
    }

    static func length(_ days: Int?, in context: PageContext) -> String {
        days.map { context.words.count("dataRights.retention.days", $0) }
            ?? context.words("dataRights.retention.forever")
    }

    private static func confirmation(_ person: PersonFacts, in context: PageContext) -> String {
        switch (person.name, person.phone) {
        case (let name?, .some): context.words("dataRights.confirm.both", ["name": name])
        case (let name?, nil): context.words("dataRights.confirm.name", ["name": name])
        case (nil, .some): context.words("dataRights.confirm.digits")
        case (nil, nil): context.words("dataRights.confirm.word")
        }
    }

    /// Whether what was typed names the person: the name in any case and without accents, the last four digits of the
    /// number, or, for somebody with neither, the word that the page asks for.
    package static func isConfirmed(_ typed: String, of person: PersonFacts, in context: PageContext) -> Bool {
        let typed = typed.folded
        guard !typed.isEmpty else { return false }
        if let name = person.name, name.folded == typed { return true }
        if let phone = person.phone { return String(phone.filter(\.isNumber).suffix(4)) == typed }
        return person.name == nil && context.words("dataRights.confirm.wanted").folded == typed
    }

    /// After a command.
    package static func outcome(of command: Command, in context: PageContext) -> OutcomeNotice {
        OutcomeNotice(.done, context.words("dataRights.done.\(command.rawValue)"))
    }
}

/// The files that were asked for; fetched again every second while one is on its way.
package struct ExportList: PageFragment {
    package static let template = "data-rights/exports"

    package struct Item: Sendable {
        package let id: String
        package let requested: MomentText
        package let actor: String
        package let isReady: Bool
        package let isFailed: Bool
        package let isOnItsWay: Bool
        /// "1,200 of 3,400 messages"
        package let progress: String
        /// Per cent.
        package let percent: String
        package let url: String
        /// "ZIP, 3.4 MB"
        package let size: String
        package let expires: MomentText
    }

    package let items: [Item]
    package let isEmpty: Bool
    package let isOnItsWay: Bool
    package let refreshURL: String

    package init(_ exports: [ExportFacts], of contact: ContactID, in context: PageContext) {
        self.items = exports.map { Self.item($0, in: context) }
        self.isEmpty = exports.isEmpty
        self.isOnItsWay = items.contains { $0.isOnItsWay }
        self.refreshURL = "/fragments/contacts/\(contact)/exports"
    }

    private static func item(_ facts: ExportFacts, in context: PageContext) -> Item {
        let formats = context.formats
        return Item(
            id: facts.id.description, requested: MomentText.sentence(facts.requestedAt, in: context),
            actor: facts.actor, isReady: facts.state == .ready, isFailed: facts.state == .failed,
            isOnItsWay: facts.state == .waiting || facts.state == .running,
            progress: context.words(
                "dataRights.progress", ["done": formats.number(facts.done), "all": formats.number(facts.messages)]),
            percent: String(facts.messages == 0 ? 0 : facts.done * 100 / facts.messages),
            url: "/exports/\(facts.id)", size: "ZIP, \(formats.bytes(Int64(facts.size ?? 0)))",
            expires: MomentText.sentence(facts.expiresAt, in: context))
    }
}
