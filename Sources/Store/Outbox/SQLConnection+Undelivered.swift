import Domain

/// What a message has not brought about that did not reach its customer.
extension SQLConnection {
    /// It has asked nothing, and told nobody who writes; and it may say something of the number.
    func noteUndelivered(_ message: MessageID, in workspace: WorkspaceID) throws {
        try failQuestion(askedBy: message, in: workspace)
        try forgetSender(namedBy: message, in: workspace)
        try noteUnreachable(by: message, in: workspace)
    }

    /// Nobody knows whether the customer has read the company's name: the next message says it again.
    func forgetSender(namedBy message: MessageID, in workspace: WorkspaceID) throws {
        try execute(
            """
            UPDATE conversation SET sender_known_by = NULL
            WHERE workspace_id = :workspace_id AND sender_known_by = :message_id AND id = (
                SELECT m.conversation_id FROM message m WHERE m.workspace_id = :workspace_id AND m.id = :message_id
            )
            """, ["workspace_id": workspace, "message_id": message])
    }

    /// Messages to the contact go to another number from now on, in whose thread nobody has said who writes.
    func forgetSenders(of contact: ContactID, in workspace: WorkspaceID) throws {
        try execute(
            """
            UPDATE conversation SET sender_known_by = NULL
            WHERE workspace_id = :workspace_id AND contact_id = :contact_id AND sender_known_by IS NOT NULL
            """, ["workspace_id": workspace, "contact_id": contact])
    }
}
