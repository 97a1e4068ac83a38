import Domain
import Store

/// Reads what the composer starts from: the quoted message, the templates and what is known to fill them in with.
struct ComposerReading: Sendable {
    let visit: Visit
    let summary: ConversationSummary

    func facts(_ state: ComposerState) async throws -> ComposerFacts {
        ComposerFacts(
            once: ComposerState.makeOnce(), draft: state.draft, error: state.error,
            reply: try await quoted(state.reply),
            templates: try await picker(state.templates))
    }

    /// The template, while it may be sent from this conversation's number.
    func template(_ id: TemplateID) async throws -> TemplateChoiceFacts? {
        try await choices().first { $0.id == id && $0.isSendable }
    }

    func suggestions(for template: TemplateChoiceFacts) -> [String: String] {
        template.facts.suggestions(name: summary.person.displayName)
    }

    /// Only messages of this conversation are quoted: the customer sees no other.
    func quoted(_ id: MessageID?) async throws -> QuoteFacts? {
        guard let id, let message = try await visit.store.message(id, in: visit.workspace),
            message.conversation == summary.id, message.wamid != nil
        else { return nil }
        return QuoteFacts(message)
    }

    private func picker(_ state: ComposerState.Templates?) async throws -> TemplatePickerFacts? {
        guard let state else { return nil }
        let all = try await choices()
        let words = state.find.lowercased().split(whereSeparator: \.isWhitespace).map(String.init)
        return TemplatePickerFacts(
            choices: all.filter { $0.matches(words) }, query: state.find,
            selected: all.first { $0.id == state.selected && $0.isSendable }.map { choice in
                TemplateDraftFacts(
                    choice: choice, values: state.values, suggestions: suggestions(for: choice), errors: state.errors)
            })
    }

    private func choices() async throws -> [TemplateChoiceFacts] {
        let templates = try await visit.store.composerTemplates(for: summary.number, in: visit.workspace)
        let obstacles = try await obstacles()
        return templates.map { template in
            var choice = TemplateChoiceFacts(template)
            choice.obstacle = choice.obstacle ?? obstacles[template.id]
            return choice
        }
    }

    /// What the send gate would say of each template because of the person or the sender's name.
    private func obstacles() async throws -> [TemplateID: LocalizedText] {
        let verdicts: WritingVerdicts?
        do {
            verdicts = try await visit.store.writingVerdicts(
                to: summary.person.id, from: summary.number, in: visit.workspace)
        } catch is PuenteError {
            return [:]  // a number that was switched off: the composer says so itself
        }
        guard let verdicts else { return [:] }
        return verdicts.templates.reduce(into: [:]) { obstacles, verdict in
            obstacles[verdict.template.id] = verdict.personRefusal?.sentence(naming: verdicts.sender)
        }
    }
}
