import Domain
import Store

/// Reads what the composer starts from: the quoted message, the templates and what is known to fill them in with.
struct ComposerReading: Sendable {
    let visit: Visit
    let person: PersonSummary
    let number: NumberID
    /// Nil where there is none yet.
    let conversation: ConversationID?
    let lastInboundAt: Timestamp?

    init(visit: Visit, summary: ConversationSummary) {
        self.visit = visit
        person = summary.person
        number = summary.number
        conversation = summary.id
        lastInboundAt = summary.lastInboundAt
    }

    /// To somebody with whom there is no open conversation on the number.
    init(visit: Visit, person: PersonSummary, number: NumberID) {
        self.visit = visit
        self.person = person
        self.number = number
        conversation = nil
        lastInboundAt = nil
    }

    func facts(_ state: ComposerState) async throws -> ComposerFacts {
        ComposerFacts(
            once: ComposerState.makeOnce(), draft: state.draft, error: state.error,
            reply: try await quoted(state.reply),
            templates: try await picker(state.templates),
            sender: state.templates == nil ? try await sender() : nil,
            isUnreachable: try await visit.store.isUnreachable(person.id, in: visit.workspace))
    }

    /// Whether the contact may be written to; nil where there is no number to write from.
    func writing() async throws -> WritingFacts? {
        try await verdicts(.answer).map {
            WritingFacts(
                answer: $0.answer, promotion: $0.promotion, isConfirmed: $0.isConfirmed, sender: $0.sender)
        }
    }

    /// Whether the next free-form answer is the one that says who writes.
    private func sender() async throws -> SenderNote? {
        guard CustomerServiceWindow.isOpen(lastInbound: lastInboundAt, now: visit.page.now),
            let verdicts = try await verdicts(.answer), verdicts.answer == .senderNotNamed
        else { return nil }
        return verdicts.senderLine.map(SenderNote.added) ?? .wanted(verdicts.sender.shown)
    }

    /// The template, while it may be sent from this conversation's number.
    func template(_ id: TemplateID) async throws -> TemplateChoiceFacts? {
        try await choices().first { $0.id == id && $0.isSendable }
    }

    func suggestions(for template: TemplateChoiceFacts) -> [String: String] {
        template.facts.suggestions(name: person.displayName)
    }

    /// Only messages of this conversation are quoted: the customer sees no other.
    func quoted(_ id: MessageID?) async throws -> QuoteFacts? {
        guard let id, let message = try await visit.store.message(id, in: visit.workspace),
            message.conversation == conversation, message.wamid != nil
        else { return nil }
        return QuoteFacts(message)
    }

    private func picker(_ state: ComposerState.Templates?) async throws -> TemplatePickerFacts? {
        guard let state else { return nil }
        let all = try await choices()
        let words = state.find.lowercased().split(whereSeparator: \.isWhitespace).map(String.init)
        var facts = TemplatePickerFacts(choices: all.filter { $0.matches(words) }, query: state.find)
        if let choice = all.first(where: { $0.id == state.selected && $0.isSendable }) {
            facts.selected = try await draft(
                TemplateDraftFacts(
                    choice: choice, values: state.values, suggestions: suggestions(for: choice), errors: state.errors))
        }
        return facts
    }

    /// A template with what its values say to this person.
    func draft(_ draft: TemplateDraftFacts) async throws -> TemplateDraftFacts {
        var draft = draft
        draft.shown = try await visit.store.templateValues(
            draft.suggestions.merging(draft.values) { $1 }, shownTo: person.id, in: visit.workspace)
        return draft
    }

    private func choices() async throws -> [TemplateChoiceFacts] {
        let templates = try await visit.store.composerTemplates(for: number, in: visit.workspace)
        let obstacles = try await obstacles()
        return templates.map { template in
            var choice = TemplateChoiceFacts(template)
            choice.obstacle = choice.obstacle ?? obstacles[template.id]
            return choice
        }
    }

    /// What the send gate would say of each template because of the person or the sender's name. Where nothing was said
    /// yet, everything that speaks against it: beside a thread the page says the rest.
    private func obstacles() async throws -> [TemplateID: LocalizedText] {
        guard let verdicts = try await verdicts(.all) else { return [:] }
        return verdicts.templates.reduce(into: [:]) { obstacles, verdict in
            let refusal = conversation == nil ? verdict.refusal : verdict.personRefusal
            obstacles[verdict.template.id] = refusal?.sentence(naming: verdicts.sender)
        }
    }

    private func verdicts(_ templates: WritingVerdicts.Templates) async throws -> WritingVerdicts? {
        do {
            return try await visit.store.writingVerdicts(
                to: person.id, from: number, by: templates, in: visit.workspace)
        } catch is PuenteError {
            return nil  // a number that was switched off: the composer says so itself
        }
    }
}
