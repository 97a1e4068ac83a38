package import Domain

/// What Meta says of a number when it is asked.
package struct NumberNews: Equatable, Sendable {
    package var verifiedName: String?
    /// `GREEN`, `YELLOW`, `RED`.
    package var qualityRating: String?
    package var messagingLimit: MessagingLimit?

    package init(verifiedName: String?, qualityRating: String?, messagingLimit: MessagingLimit?) {
        self.verifiedName = verifiedName
        self.qualityRating = qualityRating
        self.messagingLimit = messagingLimit
    }
}

extension Store {
    /// Keeps what Meta said; what it did not say stays as it was, and so does a limit of which newer news came.
    /// - Parameter askedAt: when Meta was asked; now when nil.
    package func note(
        _ news: NumberNews, of number: NumberID, askedAt: Timestamp? = nil, in workspace: WorkspaceID
    ) async throws {
        let knownAt = (askedAt ?? now()).asAnswered
        try await database.write(on: .work) { connection in
            try connection.execute(
                """
                UPDATE number SET verified_name = COALESCE(:name, verified_name),
                    quality_rating = COALESCE(:quality, quality_rating)
                WHERE workspace_id = :workspace_id AND id = :id
                """,
                ["name": news.verifiedName, "quality": news.qualityRating, "workspace_id": workspace, "id": number])
            guard let limit = news.messagingLimit else { return }
            try connection.execute(
                """
                UPDATE number SET messaging_limit = :messaging_limit, messaging_limit_at = :at
                WHERE workspace_id = :workspace_id AND id = :id AND COALESCE(messaging_limit_at, 0) <= :at
                """,
                ["messaging_limit": limit.text, "at": knownAt, "workspace_id": workspace, "id": number])
        }
    }
}

extension Timestamp {
    /// From when on what Meta answered to a question of this time is news. Its clock and ours differ, and its times are
    /// whole seconds: what it tells of the minute before may be newer than the answer.
    var asAnswered: Timestamp { self - .minutes(1) }
}

extension SQLConnection {
    /// A limit holds for all numbers of the portfolio that the account belongs to. One that is older than what is known
    /// changes nothing.
    func setMessagingLimit(
        _ limit: MessagingLimit, ofPortfolioOf wabaID: String, at: Timestamp, in workspace: WorkspaceID
    ) throws {
        try execute(
            """
            UPDATE number SET messaging_limit = :messaging_limit, messaging_limit_at = :at
            WHERE workspace_id = :workspace_id AND COALESCE(messaging_limit_at, 0) <= :at
                AND (waba_id = :waba_id OR portfolio_id <> '' AND portfolio_id IN (
                    SELECT portfolio_id FROM number WHERE workspace_id = :workspace_id AND waba_id = :waba_id
                ))
            """,
            ["messaging_limit": limit.text, "at": at, "workspace_id": workspace, "waba_id": wabaID])
    }
}
