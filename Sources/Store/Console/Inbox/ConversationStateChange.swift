import Domain

/// A change of owner or state inside one transaction.
struct ConversationStateChange {
    let store: Store
    let connection: any SQLConnection
    let workspace: WorkspaceID
    let before: ConversationSummary
    let now: Timestamp

    /// Writes only while the version is the one that was read: whoever came between wins.
    /// Closing answers whoever waited and counts everything as seen.
    func set(owner: ConversationOwner, state: String) throws {
        let columns = owner.columns
        let changed = try connection.execute(
            """
            UPDATE conversation
            SET owner = :owner, owner_staff_id = :staff_id, owner_version = owner_version + 1, state = :state,
                waiting_since = CASE WHEN :is_closed = 1 THEN NULL ELSE waiting_since END,
                unread = CASE WHEN :is_closed = 1 THEN 0 ELSE unread END
            WHERE workspace_id = :workspace_id AND id = :id AND owner_version = :version
            """,
            [
                "owner": columns.owner, "staff_id": columns.staff, "state": state, "is_closed": state == "closed",
                "workspace_id": workspace, "id": before.id, "version": before.ownerVersion,
            ])
        guard changed == 1 else { throw PuenteError.ownerChanged(before) }
    }

    func note(_ event: String, by actor: String, detail: [String: String] = [:]) throws {
        try connection.trail(
            before.id.rawValue, event, by: actor, in: workspace, detail: try JSONText.encode(detail),
            id: store.ids.next(), at: now)
    }

    func requireStaff(_ staff: StaffID) throws {
        let row = try connection.row(
            "SELECT id FROM staff WHERE workspace_id = :workspace_id AND id = :id AND disabled_at IS NULL",
            ["workspace_id": workspace, "id": staff])
        guard row != nil else { throw PuenteError.noStaff }
    }

    func requireNoOther() throws {
        let row = try connection.row(
            """
            SELECT id FROM conversation
            WHERE workspace_id = :workspace_id AND number_id = :number_id AND contact_id = :contact_id
                AND state = 'open'
            """,
            ["workspace_id": workspace, "number_id": before.number, "contact_id": before.person.id])
        guard row == nil else { throw PuenteError.anotherIsOpen }
    }
}

extension PuenteError {
    static func ownerChanged(_ conversation: ConversationSummary) -> PuenteError {
        let name = conversation.ownerName ?? ""
        return switch conversation.owner {
        case .person:
            PuenteError(
                .conflict, detail: "owner_changed", en: "\(name) has this conversation now. Look at it again first.",
                es: "Ahora \(name) tiene esta conversación. Vuelva a mirarla primero.")
        case .automation, .queue:
            PuenteError(
                .conflict, detail: "owner_changed",
                en: "This conversation changed hands while you looked at it. Look at it again first.",
                es: "Esta conversación cambió de manos mientras la miraba. Vuelva a mirarla primero.")
        }
    }

    static let conversationClosed = PuenteError(
        .conflict, detail: "conversation_closed", en: "This conversation is closed. Reopen it first.",
        es: "Esta conversación está cerrada. Reábrala primero.")
    static let anotherIsOpen = PuenteError(
        .conflict, detail: "conversation_open",
        en: "This customer already has an open conversation on this number. Go on there.",
        es: "Este cliente ya tiene una conversación abierta en este número. Continúe allí.")
    static let noStaff = PuenteError(.notFound, en: "There is no such person.", es: "No existe esa persona.")
}
