import Domain

extension SQLConnection {
    /// Applies the news that came before its message was known: an echo after its own statuses, Meta's answer after
    /// them. The message shows the furthest it has come, and never moves back.
    func applyEarlyNews(
        of wamid: String, to message: MessageID, on number: NumberID, in workspace: WorkspaceID
    ) throws {
        let news = try rows(
            """
            SELECT status, at, detail FROM status_event
            WHERE workspace_id = :workspace_id AND number_id = :number_id AND wamid = :wamid AND message_id IS NULL
            ORDER BY at, id
            """,
            ["workspace_id": workspace, "number_id": number, "wamid": wamid])
        guard !news.isEmpty else { return }
        try execute(
            """
            UPDATE status_event SET message_id = :message_id
            WHERE workspace_id = :workspace_id AND number_id = :number_id AND wamid = :wamid AND message_id IS NULL
            """,
            ["message_id": message, "workspace_id": workspace, "number_id": number, "wamid": wamid])
        for event in news {
            try applyEarly(event, to: message, in: workspace)
        }
    }

    private func applyEarly(_ event: SQLRow, to message: MessageID, in workspace: WorkspaceID) throws {
        let detail = try event.jsonIfPresent("detail", as: StatusDetail.self)
        if let pricing = detail?.pricing {
            try execute(
                """
                UPDATE message SET pricing = :pricing
                WHERE workspace_id = :workspace_id AND id = :id AND pricing IS NULL
                """,
                ["pricing": try JSONText.encode(pricing), "workspace_id": workspace, "id": message])
        }
        let current = try value(
            "SELECT status FROM message WHERE workspace_id = :workspace_id AND id = :id",
            ["workspace_id": workspace, "id": message], as: MessageStatus.self)
        guard let next = MessageStatus(rawValue: try event.get("status")), let current, current.advances(to: next)
        else { return }
        try execute(
            """
            UPDATE message SET status = :status, status_at = :at, failure = :failure
            WHERE workspace_id = :workspace_id AND id = :id
            """,
            [
                "status": next, "at": try event.get("at", as: Timestamp.self),
                "failure": try detail?.failures?.first.map(JSONText.encode), "workspace_id": workspace, "id": message,
            ])
        if next == .failed { try noteUndelivered(message, in: workspace) }
        if next.isArrival { try noteReached(by: message, at: event.get("at"), in: workspace) }
    }
}

/// What a piece of news said beside its status, as `status_event.detail` keeps it.
struct StatusDetail: Codable {
    let failures: [GraphFailure]?
    let pricing: ReceivedStatus.Pricing?
}
