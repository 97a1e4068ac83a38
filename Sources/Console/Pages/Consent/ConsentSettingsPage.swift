package import Domain

/// Words, texts and rules of consent, and how far it reaches: for the whole company.
package struct ConsentSettingsPage: Page {
    package static let template = "consent/page"

    package enum Command: String, CaseIterable, Sendable { case words, texts, resets, rules }

    /// What was sent and could not be kept.
    package struct Problem: Sendable {
        package var command: Command
        package var message: LocalizedText

        package init(_ command: Command, _ message: LocalizedText) {
            self.command = command
            self.message = message
        }
    }

    /// What a form says: of the settings, or as it was sent.
    package struct Draft: Sendable {
        package var settings: ConsentSettings
        package var rules: SendGateRules
        package var problem: Problem?
        /// Whose texts are open.
        package var language: ConsentLanguage?

        package init(
            settings: ConsentSettings, rules: SendGateRules, problem: Problem? = nil, language: ConsentLanguage? = nil
        ) {
            self.settings = settings
            self.rules = rules
            self.problem = problem
            self.language = language
        }
    }

    package struct Coverage: Sendable {
        package let share: String
        package let withoutDouble: String
        package let figures: [Figure]
        /// Where it was not just now.
        package let counted: String?

        package struct Figure: Sendable {
            package let label: String
            package let count: String
        }
    }

    package struct Person: Sendable {
        package let name: String
        package let phone: String?
        package let url: String
        package let standing: String
        package let tone: String
    }

    package let title: String
    package let tabs: ContactsTabs
    package let coverage: Coverage
    package let people: [Person]
    package let hasNobody: Bool
    package let olderURL: String?
    package let words: ConsentWordsView
    package let texts: [ConsentTextsView]
    package let rules: ConsentRulesView
    package let isAdmin: Bool
    package let notice: OutcomeNotice?

    package init(
        _ draft: Draft, coverage: ConsentCoverageFacts, people: [UnconfirmedFacts], older: String? = nil,
        isAdmin: Bool, notice: OutcomeNotice? = nil, in context: PageContext
    ) {
        self.title = context.words("consent.page.title")
        self.tabs = ContactsTabs(.consent, in: context)
        self.coverage = Self.coverage(coverage, in: context)
        self.people = people.map { Self.person($0, in: context) }
        self.hasNobody = people.isEmpty && older == nil
        self.olderURL = older.map { QueryText.url("/consent", [("before", $0)]) + "#without" }
        self.words = ConsentWordsView(
            draft.settings, error: draft.problem?.message(of: .words, in: context), in: context)
        self.texts = ConsentLanguage.allCases.map { language in
            let isDrafted = draft.language == language
            return ConsentTextsView(
                draft.settings, language, isOpen: isDrafted,
                error: isDrafted ? draft.problem?.message(of: .texts, in: context) : nil, in: context)
        }
        self.rules = ConsentRulesView(
            draft.settings, draft.rules, error: draft.problem?.message(of: .rules, in: context))
        self.isAdmin = isAdmin
        self.notice = notice
    }

    private static func coverage(_ facts: ConsentCoverageFacts, in context: PageContext) -> Coverage {
        let number = context.formats.number
        // Nobody is without it where there is nobody.
        let hundredths = facts.customers == 0 ? 0 : facts.withoutDouble * 10_000 / facts.customers
        return Coverage(
            share: context.formats.percent(hundredths: hundredths), withoutDouble: number(facts.withoutDouble),
            figures: [
                .init(label: context.words("consent.coverage.customers"), count: number(facts.customers)),
                .init(label: context.words("consent.coverage.double"), count: number(facts.double)),
                .init(label: context.words("consent.coverage.single"), count: number(facts.single)),
                .init(label: context.words("consent.coverage.withdrawn"), count: number(facts.withdrawn)),
                .init(label: context.words("consent.coverage.unasked"), count: number(facts.unasked)),
            ]
                + [facts.unreachable].compactMap(\.self).map {
                    .init(label: context.words("consent.coverage.unreachable"), count: number($0))
                },
            counted: facts.countedAt.map {
                context.words("consent.coverage.counted", ["time": MomentText.sentence($0, in: context).short])
            })
    }

    private static func person(_ facts: UnconfirmedFacts, in context: PageContext) -> Person {
        let (key, tone) =
            switch (facts.standing, facts.isAsked) {
            case (_, true): ("asked", "is-waiting")
            case (.granted, _): ("granted", "is-done")
            case (.withdrawn, _): ("withdrawn", "is-failed")
            case (nil, _): ("none", "is-plain")
            }
        return Person(
            name: facts.person.displayName(in: context), phone: facts.person.name == nil ? nil : facts.person.phone,
            url: "/contacts/\(facts.person.id)/consent", standing: context.words("consent.standing.\(key)"), tone: tone)
    }

    /// After a command.
    package static func outcome(of command: Command, in context: PageContext) -> OutcomeNotice {
        OutcomeNotice(.done, context.words("consent.saved.\(command)"))
    }
}

extension ConsentSettingsPage.Problem {
    fileprivate func message(of command: ConsentSettingsPage.Command, in context: PageContext) -> String? {
        self.command == command ? message[context.language] : nil
    }
}
