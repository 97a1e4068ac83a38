package import Domain

extension Store {
    /// Takes over, hands over or gives back, by compare-and-set: of two people who reach for one conversation the
    /// second learns who has it. Asking for what is so already changes nothing.
    ///
    /// - Parameter actor: the name in the trail.
    /// - Throws: `notFound`; `conflict` with the detail `owner_changed` or `conversation_closed`.
    package func setOwner(
        _ owner: ConversationOwner, of conversation: ConversationID, in workspace: WorkspaceID,
        expecting expectation: OwnerExpectation, by actor: String
    ) async throws -> RecordReport {
        try await changeConversation(conversation, in: workspace, expecting: expectation) { change in
            if change.before.owner == owner { return }
            guard !change.before.isClosed else { throw PuenteError.conversationClosed }
            if case .person(let staff) = owner { try change.requireStaff(staff) }
            try change.set(owner: owner, state: "open")
            try change.note("owner", by: actor, detail: ["to": owner.columns.owner])
        }
    }

    /// Closes: the customer's next message opens a new conversation.
    /// - Throws: as ``setOwner(_:of:in:expecting:by:)``.
    package func close(
        _ conversation: ConversationID, in workspace: WorkspaceID, expecting expectation: OwnerExpectation,
        by actor: String
    ) async throws -> RecordReport {
        try await changeConversation(conversation, in: workspace, expecting: expectation) { change in
            guard !change.before.isClosed else { return }
            try change.set(owner: change.before.owner, state: "closed")
            try change.note("closed", by: actor)
        }
    }

    /// Opens a closed conversation again.
    /// - Throws: as ``setOwner(_:of:in:expecting:by:)``; `conflict` with the detail `conversation_open` when the
    ///   customer has another open conversation on the same number.
    package func reopen(
        _ conversation: ConversationID, in workspace: WorkspaceID, expecting expectation: OwnerExpectation,
        by actor: String
    ) async throws -> RecordReport {
        try await changeConversation(conversation, in: workspace, expecting: expectation) { change in
            guard change.before.isClosed else { return }
            try change.requireNoOther()
            try change.set(owner: change.before.owner, state: "open")
            try change.note("reopened", by: actor)
        }
    }

    private func changeConversation(
        _ id: ConversationID, in workspace: WorkspaceID, expecting expectation: OwnerExpectation,
        _ body: @escaping @Sendable (ConversationStateChange) throws -> Void
    ) async throws -> RecordReport {
        let now = now()
        let store = self
        return try await database.write(on: .work) { connection in
            guard let before = try connection.conversation(id, in: workspace) else { throw PuenteError.noConversation }
            let change = ConversationStateChange(
                store: store, connection: connection, workspace: workspace, before: before, now: now)
            // What was asked for may be so already, then nobody needs to be told of a conflict.
            if expectation.holds(for: before) {
                try body(change)
            } else {
                throw PuenteError.ownerChanged(before)
            }
            var report = RecordReport()
            report.conversations[workspace] = [id]
            report.workspaces = [workspace]
            return report
        }
    }
}
