import Domain
import HTTPTypes
import Hummingbird
import Pipeline

extension WizardFacts {
    /// What was typed, or is kept.
    init(_ draft: ConnectionDraft, connection: ConnectionHeadFacts? = nil, name: String) {
        self.init(draft.kind, connection: connection, name: name)
        values = draft.values
    }
}

extension Visit {
    /// The form of a new connection, or of the one that is changed.
    func show(_ facts: WizardFacts, status: HTTPResponse.Status = .ok) async throws -> Response {
        var facts = facts
        facts.publicURL = parts.settings.publicURL
        return try await answer(
            WizardPage(facts, in: page), at: .connections, status: status,
            path: facts.connection?.url("/credentials") ?? "/connections/new/\(facts.kind.rawValue)")
    }
}
