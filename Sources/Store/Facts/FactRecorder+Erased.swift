import Domain
import Secrets

/// News of people who were erased: what WhatsApp tells again, late, or out of a phone's history brings nobody back.
/// Whoever writes after that is a new contact. Raw webhooks that bring nothing but such news are emptied. Where nobody was
/// erased this costs one question for a batch.
extension FactRecorder {
    /// Whether a message was written before its person was erased. WhatsApp's times are whole seconds: one of the same
    /// second counts as before.
    mutating func isOfErased(_ message: ReceivedMessage, on number: RoutingTable.Number) throws -> Bool {
        guard let last = try lastErasure(in: number.workspace), message.at <= last else { return false }
        guard try isRemembered(message.id, on: number) else {
            return try isErased(message.participant, after: message.at, on: number)
        }
        noteErased()
        return true
    }

    /// Whether a message with this wamid went in an erasure.
    mutating func isErased(_ wamid: String, on number: RoutingTable.Number) throws -> Bool {
        guard let last = try lastErasure(in: number.workspace), now - last < .days(31) else { return false }
        guard try isRemembered(wamid, on: number) else { return false }
        noteErased()
        return true
    }

    /// Whether nobody is known by the participant's handles, and somebody was who was erased after that moment.
    mutating func isErased(
        _ participant: Participant, after moment: Timestamp, on number: RoutingTable.Number
    ) throws -> Bool {
        guard try lastErasure(in: number.workspace) != nil else { return false }
        let claims = handleClaims(of: participant, on: number)
        guard try claims.allSatisfy({ try owner(of: $0, in: number.workspace) == nil }) else { return false }
        let isErased = try claims.contains { claim in
            let at = try connection.erasedAt(
                kind: claim.kind, value: claim.value, in: number.workspace, store: store)
            return at.map { $0 >= moment } ?? false
        }
        if isErased { noteErased() }
        return isErased
    }

    private func isRemembered(_ wamid: String, on number: RoutingTable.Number) throws -> Bool {
        try store.seen.candidates("\(number.id)", wamid).contains { hash in
            try connection.row(
                "SELECT 1 AS one FROM seen WHERE workspace_id = :workspace_id AND hash = :hash",
                ["workspace_id": number.workspace, "hash": hash]) != nil
        }
    }

    /// By the tombstones, which stay, and not by the erasures, which go with the audit trail: a phone's history may reach
    /// back further than that.
    private mutating func lastErasure(in workspace: WorkspaceID) throws -> Timestamp? {
        if let known = lastErasures[workspace] { return known }
        let last = try connection.value(
            "SELECT at FROM tombstone WHERE workspace_id = :workspace_id ORDER BY at DESC LIMIT 1",
            ["workspace_id": workspace], as: Timestamp.self)
        lastErasures[workspace] = .some(last)
        return last
    }
}
