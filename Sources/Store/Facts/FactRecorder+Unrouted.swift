import Domain

extension FactRecorder {
    /// Kept and shown, never dropped. The whole body stays in the intake log as well, to be routed again.
    mutating func recordUnrouted(
        _ reason: UnroutedReason, excerpt: String, at place: Place, workspace: WorkspaceID?
    ) throws {
        let kind = place.update.isWholeBodyUnrouted ? "body" : place.update.ledgerKind.unroutedKind
        let isNew = try connection.execute(
            """
            INSERT INTO unrouted
                (id, workspace_id, intake_id, position, received_at, app_id, reason, field, kind, excerpt, state)
            VALUES
                (:id, :workspace_id, :intake_id, :position, :received_at, :app_id, :reason, :field, :kind, :excerpt,
                 'open')
            ON CONFLICT (intake_id, position) DO NOTHING
            """,
            [
                "id": store.ids.next(UnroutedRow.self), "workspace_id": workspace, "intake_id": place.body.intake,
                "position": place.position, "received_at": place.body.receivedAt, "app_id": place.body.app,
                "reason": reason, "field": place.update.field, "kind": kind, "excerpt": excerpt,
            ])
        guard !place.update.isWholeBodyUnrouted else { return }
        count(place.update.ledgerKind, isNew == 1 ? "unrouted" : "duplicates", workspace: nil)
    }

    /// Counts one update as received and as what became of it.
    mutating func count(_ kind: String, _ outcome: String, workspace: WorkspaceID?) {
        counters.add("\(kind).received", 1, workspace: workspace)
        counters.add("\(kind).\(outcome)", 1, workspace: workspace)
    }

    func excerpt(of update: Update) -> String {
        switch update.fact {
        case .message(let message):
            "\(message.isInbound ? "from" : "to") \(message.participant.waID ?? message.participant.userID ?? "?"): "
                + message.content.preview
        case .status(let status): "\(status.name) of \(status.messageID)"
        case .edit(let edit): "edit of \(edit.originalID)"
        case .revocation(let revocation): "deletion of \(revocation.originalID)"
        case .identityChange(let change): change.text
        case .preference(let preference): "\(preference.category): \(preference.value)"
        case .template(let notice): "\(notice.name) (\(notice.language)): \(notice.value)"
        case .notice(let notice): notice.detail
        case .unrouted(_, let excerpt): excerpt
        }
    }
}

extension String {
    fileprivate var unroutedKind: String {
        switch self {
        case "messages": "message"
        case "statuses": "status"
        default: "other"
        }
    }
}
