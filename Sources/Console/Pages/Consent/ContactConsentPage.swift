package import Domain

/// One person's consent: what it comes to, whether they may be written to now, and everything that was said.
package struct ContactConsentPage: Page {
    package static let template = "consent/contact"

    package enum Command: String, CaseIterable, Sendable { case entries, questions }

    package struct Form: Sendable {
        package let purposes: [VerdictView.Choice]
        package let changes: [VerdictView.Choice]
        package let sources: [VerdictView.Choice]
        package let words: String
        package let date: String
        package let today: String
        package let error: String?
        package let isWrong: Bool
    }

    package struct Asking: Sendable {
        package let mayAsk: Bool
        /// Why not.
        package let refusal: String?
        package let templates: [VerdictView.Choice]
        package let hasTemplates: Bool
        /// A message with buttons may leave now.
        package let mayAskNow: Bool
        package let number: String
        package let error: String?
    }

    package let title: String
    package let heading: ContactHeading
    package let path: String
    package let proofURL: String
    package let standing: ConsentStandingView
    package let verdict: VerdictView?
    package let asking: Asking
    package let questions: [ConsentQuestionView]
    package let hasQuestions: Bool
    package let entries: [ConsentEntryView]
    package let isEmpty: Bool
    package let form: Form
    package let notice: OutcomeNotice?

    /// - Parameters:
    ///   - heading: what else the top of the page shows of the person.
    ///   - verdict: nil while there is no number to write from.
    ///   - askError: why a question that somebody wanted to ask was not.
    package init(
        _ facts: ConsentFacts, heading: ContactHeadingFacts? = nil, verdict: VerdictFacts?,
        selected: TemplateID? = nil, draft: ConsentDraft = .init(), askError: LocalizedText? = nil,
        notice: OutcomeNotice? = nil, in context: PageContext
    ) {
        self.heading = ContactHeading(
            heading ?? ContactHeadingFacts(person: facts.person), tab: .consent, in: context)
        self.title = context.words("consent.title", ["name": self.heading.name])
        self.path = "/contacts/\(facts.person.id)/consent"
        self.proofURL = "/contacts/\(facts.person.id)/consent/proof"
        self.standing = ConsentStandingView(facts.standing, in: context)
        self.verdict = verdict.map { VerdictView($0, selected: selected, in: context) }
        self.asking = Self.asking(facts, verdict, error: askError, in: context)
        self.questions = facts.questions.map { ConsentQuestionView($0, in: context) }
        self.hasQuestions = !facts.questions.isEmpty
        self.entries = facts.entries.map { ConsentEntryView($0, in: context) }
        self.isEmpty = facts.entries.isEmpty
        self.form = Self.form(draft, in: context)
        self.notice = notice
    }

    private static func asking(
        _ facts: ConsentFacts, _ verdict: VerdictFacts?, error: LocalizedText?, in context: PageContext
    ) -> Asking {
        let templates = (verdict?.templates ?? []).filter { $0.canAsk && $0.refusal == nil }
        let mayAskNow = verdict.map { $0.answer == nil || $0.answer == .senderNotNamed } ?? false
        return Asking(
            mayAsk: facts.askRefusal == nil && (mayAskNow || !templates.isEmpty),
            refusal: facts.askRefusal?.sentence[context.language]
                ?? (mayAskNow || !templates.isEmpty ? nil : context.words("consent.ask.noWay")),
            templates: templates.map {
                .init(id: $0.id.description, label: "\($0.name) · \($0.language)", isSelected: false)
            }, hasTemplates: !templates.isEmpty, mayAskNow: mayAskNow,
            number: verdict.map(\.number.description) ?? "", error: error?[context.language])
    }

    private static func form(_ draft: ConsentDraft, in context: PageContext) -> Form {
        let words = context.words
        return Form(
            purposes: ConsentPurpose.allCases.reversed().map {
                .init(id: $0.rawValue, label: words("consent.purpose.\($0)"), isSelected: $0 == draft.purpose)
            },
            changes: [ConsentEntry.Change.granted, .withdrawn].map {
                .init(id: $0.rawValue, label: words("consent.form.change.\($0)"), isSelected: $0 == draft.change)
            },
            sources: [ConsentSource.staff, .form].map {
                .init(id: $0.rawValue, label: words("consent.form.source.\($0)"), isSelected: $0 == draft.source)
            }, words: draft.words, date: draft.date, today: CivilTime(context.now, in: context.zone).isoDate,
            error: draft.error?[context.language], isWrong: draft.error != nil)
    }

    /// After a command.
    package static func outcome(of command: Command, in context: PageContext) -> OutcomeNotice {
        OutcomeNotice(.done, context.words("consent.done.\(command)"))
    }
}

extension CivilTime {
    /// `2026-11-18`
    var isoDate: String {
        func padded(_ number: Int, _ digits: Int) -> String {
            let text = String(number)
            return String(repeating: "0", count: max(0, digits - text.count)) + text
        }
        return "\(padded(year, 4))-\(padded(month, 2))-\(padded(day, 2))"
    }
}
