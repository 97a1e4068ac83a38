import Domain

extension FactRecorder {
    /// Something was heard of somebody: they can be reached.
    /// - Parameter waID: the number that WhatsApp names; nil where it names none.
    mutating func noteReached(
        _ person: Correspondent, number waID: String?, at: Timestamp, on number: RoutingTable.Number
    ) {
        signsOfLife[number.workspace, default: SignsOfLife()].note(
            person, number: waID.map(store.canonicalPhone), at: at)
    }

    /// One look for the batch: hardly anybody has a mark.
    mutating func liftUnreachable() throws {
        for (workspace, signs) in signsOfLife.sorted(by: { $0.key < $1.key }) {
            try connection.liftUnreachable(signs, in: workspace)
        }
        signsOfLife = [:]
    }
}

extension SQLConnection {
    /// The same of a message whose news came before it was known.
    func noteReached(by message: MessageID, at: Timestamp, in workspace: WorkspaceID) throws {
        let row = try row(
            "SELECT contact_id, account_id FROM message WHERE workspace_id = :workspace_id AND id = :id",
            ["workspace_id": workspace, "id": message])
        guard let row else { return }
        var signs = SignsOfLife()
        signs.note(
            Correspondent(contact: try row.get("contact_id"), account: try row.get("account_id")), number: nil, at: at)
        try liftUnreachable(signs, in: workspace)
    }
}

extension MessageStatus {
    /// It has come to the customer's device.
    var isArrival: Bool {
        switch self {
        case .delivered, .read, .played: true
        case .received, .queued, .sending, .accepted, .sent, .failed, .refused, .uncertain: false
        }
    }
}
