package import Domain

/// A raw body after decoding, ready to be recorded.
package struct InterpretedBody: Sendable {
    package let intake: IntakeID
    package let receivedAt: Timestamp
    package let app: AppID
    package let updates: [Update]

    package init(intake: IntakeID, receivedAt: Timestamp, app: AppID, updates: [Update]) {
        self.intake = intake
        self.receivedAt = receivedAt
        self.app = app
        self.updates = updates
    }

    /// The body as if it said one thing only.
    func only(_ position: Int) -> InterpretedBody {
        InterpretedBody(intake: intake, receivedAt: receivedAt, app: app, updates: [updates[position]])
    }
}

/// What recording caused: who is to be woken, which pages changed.
package struct RecordReport: Equatable, Sendable {
    /// Lanes that have new jobs.
    package var lanes: Set<Lane> = []
    /// Conversations whose page changed, by workspace.
    package var conversations: [WorkspaceID: Set<ConversationID>] = [:]
    package var workspaces: Set<WorkspaceID> = []
    package var storedMessages = 0

    package init() {}
}
