import Domain

/// What a channel's call-back says. Source: Zoho CRM API v8, "Notifications: response to the notify URL".
struct ZohoNotification: Decodable {
    private static let mostIDs = 1000

    let channel_id: LooseText?
    let token: String?
    let module: String?
    let operation: String?
    let ids: [LooseText]?
    /// Unix milliseconds.
    let server_time: Int64?
    /// One object for each record: its id, and the API names of what changed.
    let affected_fields: [[String: [String]]]?

    /// Both are compared in full, whatever the first says.
    func isFrom(channel: String, token: String) -> Bool {
        let isChannel = ConstantTime.areEqual((channel_id?.text ?? "").utf8, channel.utf8)
        let isToken = ConstantTime.areEqual((self.token ?? "").utf8, token.utf8)
        return isChannel && isToken
    }

    var hints: [RemoteHint] {
        guard module == "Contacts" else { return [.ignored(type: "\((module ?? "unknown").prefix(60)).\(name)")] }
        let ids = (ids ?? []).prefix(Self.mostIDs).compactMap(\.text).filter(ZohoConnector.isRecordID)
        switch operation {
        case "insert", "update":
            return ids.map {
                .contactChanged(id: $0, at: server_time.map { Timestamp(milliseconds: $0) }, isOurs: isOurs($0))
            }
        // Also the losers of a merge: nothing says into which record they went.
        case "delete": return ids.map { .contactDeleted(id: $0) }
        default: return [.ignored(type: "Contacts.\(name)")]
        }
    }

    private var name: Substring { (operation ?? "unknown").prefix(60) }

    /// Nobody else writes into our fields: where only those changed, it was us.
    private func isOurs(_ id: String) -> Bool {
        let changed = (affected_fields ?? []).compactMap { $0[id] }.flatMap(\.self)
        let areOurs = changed.allSatisfy { ZohoField(rawValue: $0)?.isOurs == true }
        return operation == "update" && !changed.isEmpty && areOurs
    }
}
