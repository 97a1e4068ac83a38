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
    /// Keeps what Meta said; what it did not say stays as it was.
    package func note(_ news: NumberNews, of number: NumberID, in workspace: WorkspaceID) async throws {
        try await database.write(on: .work) { connection in
            try connection.execute(
                """
                UPDATE number SET verified_name = COALESCE(:name, verified_name),
                    quality_rating = COALESCE(:quality, quality_rating),
                    messaging_limit = COALESCE(:messaging_limit, messaging_limit)
                WHERE workspace_id = :workspace_id AND id = :id
                """,
                [
                    "name": news.verifiedName, "quality": news.qualityRating,
                    "messaging_limit": news.messagingLimit?.text, "workspace_id": workspace, "id": number,
                ])
        }
    }
}

extension SQLConnection {
    /// A limit holds for all numbers of the portfolio that the account belongs to.
    func setMessagingLimit(
        _ limit: MessagingLimit, ofPortfolioOf wabaID: String, in workspace: WorkspaceID
    ) throws {
        try execute(
            """
            UPDATE number SET messaging_limit = :messaging_limit
            WHERE workspace_id = :workspace_id AND (waba_id = :waba_id OR portfolio_id <> '' AND portfolio_id IN (
                SELECT portfolio_id FROM number WHERE workspace_id = :workspace_id AND waba_id = :waba_id
            ))
            """,
            ["messaging_limit": limit.text, "workspace_id": workspace, "waba_id": wabaID])
    }
}
