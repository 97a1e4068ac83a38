import Domain

extension SQLConnection {
    /// Meta has accepted a template and keeps it back: its trail says so, and its thread until there is news of it.
    func note(
        _ hold: SendReceipt.Hold, of message: MessageID, in workspace: WorkspaceID, id: Identifier<JobRow>,
        at now: Timestamp
    ) throws {
        try trail(
            message.rawValue, HoldDetail.event, by: "whatsapp", in: workspace,
            detail: try JSONText.encode(HoldDetail(status: hold)), id: id, at: now)
    }

    /// Which of the messages Meta said to keep back when it accepted them.
    func holds(of messages: [MessageID], in workspace: WorkspaceID) throws -> [MessageID: SendReceipt.Hold] {
        guard !messages.isEmpty else { return [:] }
        let ids = SQLValueList("message", messages)
        let rows = try rows(
            """
            SELECT subject_id, detail FROM trail
            WHERE workspace_id = :workspace_id AND subject_id IN \(ids.sql) AND event = '\(HoldDetail.event)'
            """, ids.arguments(["workspace_id": workspace]))
        return try rows.reduce(into: [:]) {
            $0[try $1.get("subject_id")] = try $1.decoration("detail", as: HoldDetail.self)?.status
        }
    }
}

/// What the trail keeps of a hold.
struct HoldDetail: Codable {
    static let event = "held"

    let status: SendReceipt.Hold
}
