package import Domain
package import Store

/// What people and programs do with subscribers: checked against the addresses that may be called, and told to the
/// lanes.
package struct HookDesk: Sendable {
    package let store: Store
    package let pages: WebhookPages
    private let wakeBoard: WakeBoard
    private let problem: @Sendable (String) async -> LocalizedText?

    /// - Parameter problem: why an address may not be called; nil where it may.
    package init(
        store: Store, pages: WebhookPages, wakeBoard: WakeBoard,
        problem: @escaping @Sendable (String) async -> LocalizedText?
    ) {
        self.store = store
        self.pages = pages
        self.wakeBoard = wakeBoard
        self.problem = problem
    }

    /// - Throws: `invalid` with the detail `url`, `description` or `event_types`.
    package func create(
        _ draft: WebhookEndpointDraft, origin: WebhookEndpoint.Origin, in workspace: WorkspaceID, by actor: String
    ) async throws -> WebhookSecretShown {
        try await store.createWebhookEndpoint(
            try await checked(draft), origin: origin, in: workspace, by: actor)
    }

    /// - Parameter expected: what it must say, one of these; nil: whatever it says.
    /// - Throws: as ``create(_:origin:in:by:)``, `notFound`, and `changedMeanwhile`.
    package func change(
        _ id: WebhookEndpointID, _ draft: WebhookEndpointDraft, expecting expected: Set<EditVersion>? = nil,
        in workspace: WorkspaceID, by actor: String
    ) async throws {
        try await store.changeWebhookEndpoint(
            id, try await checked(draft), expecting: expected, in: workspace, by: actor)
        wakeBoard.ring(.lane(.subscriber(id)))
    }

    package func test(_ id: WebhookEndpointID, in workspace: WorkspaceID) async throws {
        try await store.testWebhookEndpoint(id, in: workspace)
        wakeBoard.ring(.lane(.subscriber(id)))
    }

    /// - Returns: whether it waited for its next try, which is now.
    @discardableResult
    package func replay(
        _ delivery: WebhookDeliveryID, of id: WebhookEndpointID, in workspace: WorkspaceID
    ) async throws -> Bool {
        let wasWaiting = try await store.replayWebhookDelivery(delivery, of: id, in: workspace)
        wakeBoard.ring(.lane(.subscriber(id)))
        return wasWaiting
    }

    /// - Returns: how many.
    package func replayFailed(
        since: Timestamp?, of id: WebhookEndpointID, in workspace: WorkspaceID
    ) async throws -> Int {
        let count = try await store.replayFailedWebhooks(since: since, of: id, in: workspace)
        wakeBoard.ring(.lane(.subscriber(id)))
        return count
    }

    private func checked(_ draft: WebhookEndpointDraft) async throws(PuenteError) -> WebhookEndpointDraft {
        guard !draft.types.isEmpty, !draft.types.contains(.test) else {
            throw PuenteError(
                .invalid, detail: "event_types", en: "Choose what the webhook is told of.",
                es: "Elija de qué se avisa al webhook.")
        }
        guard draft.description.unicodeScalars.count <= WebhookEndpoint.maxDescription else {
            throw PuenteError(
                .invalid, detail: "description", en: "The description has 200 characters at most.",
                es: "La descripción tiene 200 caracteres como máximo.")
        }
        guard draft.url.utf8.count <= WebhookEndpoint.maxURL else {
            throw PuenteError(
                .invalid, detail: "url", en: "The address is too long.", es: "La dirección es demasiado larga.")
        }
        if let problem = await problem(draft.url) { throw PuenteError(.invalid, detail: "url", message: problem) }
        return draft
    }
}
