import Domain

/// Records updates inside one transaction. What several updates share (a contact, a conversation, a counter) is read
/// and written once for the batch.
struct FactRecorder {
    let store: Store
    let connection: any SQLConnection
    let routes: RoutingTable
    let now: Timestamp

    var report = RecordReport()
    var counters = CounterDeltas()
    var delays = DelayDeltas()
    var contacts: [ParticipantKey: Correspondent] = [:]
    /// Contacts of whom WhatsApp said something new that the CRMs are told, each with its workspace.
    var changedContacts: [ContactID: WorkspaceID] = [:]
    var conversations: [ConversationKey: ConversationChange] = [:]
    /// What a word means in each workspace, once it was asked for.
    var vocabularies: [WorkspaceID: ConsentVocabulary] = [:]
    /// What Puente says about consent at the end of the batch: at most one message to a contact.
    var consentReplies: [ContactID: ConsentReply] = [:]
    /// When each number's newest webhook reached us.
    private var heard: [HeardNumber: Timestamp] = [:]
    /// Of whom the batch brings something, in each workspace.
    var signsOfLife: [WorkspaceID: SignsOfLife] = [:]
    /// When somebody was last erased, as far as it was asked; nil where nobody was.
    var lastErasures: [WorkspaceID: Timestamp?] = [:]
    /// How many updates of a body were late news of people who were erased.
    private var erasedNews: [IntakeID: Int] = [:]
    private var emptied: [SQLArguments] = []
    private var inHand: IntakeID?
    private var finished: [SQLArguments] = []
    private var advanced: [SQLArguments] = []

    init(store: Store, connection: any SQLConnection, routes: RoutingTable, now: Timestamp) {
        self.store = store
        self.connection = connection
        self.routes = routes
        self.now = now
    }

    mutating func record(_ update: Update, at position: Int, of body: InterpretedBody) throws {
        let place = Place(body: body, position: position, update: update)
        inHand = body.intake
        if case .unrouted(let reason, let excerpt) = update.fact {
            return try recordUnrouted(reason, excerpt: excerpt, at: place, workspace: nil)
        }
        switch routes.destination(of: update, signedBy: body.app) {
        case .unrouted(let reason):
            try recordUnrouted(reason, excerpt: excerpt(of: update), at: place, workspace: nil)
        case .number(let number):
            report.workspaces.insert(number.workspace)
            let key = HeardNumber(id: number.id, workspace: number.workspace)
            heard[key] = max(heard[key] ?? body.receivedAt, body.receivedAt)
            try record(update, on: number, at: place)
        case .account(let workspace):
            report.workspaces.insert(workspace)
            try recordNotice(update, workspace: workspace)
        }
    }

    private mutating func record(_ update: Update, on number: RoutingTable.Number, at place: Place) throws {
        switch update.fact {
        case .message(let message): try record(message, on: number, at: place)
        case .status(let status): try record(status, on: number)
        case .edit(let edit): try record(edit, on: number)
        case .revocation(let revocation): try record(revocation, on: number)
        case .identityChange(let change): try record(change, on: number, at: place)
        case .preference(let preference):
            guard try !isErased(preference.participant, after: preference.at, on: number) else {
                return count("others", "duplicates", workspace: number.workspace)
            }
            if try recordNotice(update, workspace: number.workspace) { try hear(preference, on: number) }
        case .template, .notice: try recordNotice(update, workspace: number.workspace)
        case .unrouted: break  // handled before an account was looked for
        }
    }

    /// The body's work, or that of its part, is done in this transaction.
    mutating func finish(_ body: InterpretedBody) {
        guard body.isLastPart else {
            advanced.append(["next_position": body.positions.upperBound, "id": body.intake])
            return
        }
        let isUnrouted = body.updates.count == 1 && body.updates[0].isWholeBodyUnrouted
        finished.append(["id": body.intake])
        if body.isWhole, !body.updates.isEmpty, erasedNews[body.intake] == body.updates.count {
            emptied.append(["body": Array("{}".utf8), "id": body.intake])
        }
        counters.add(isUnrouted ? "bodies.unrouted" : "bodies.interpreted", 1)
        delays.add("stored", from: body.receivedAt, to: now, workspace: nil)
    }

    /// The update in hand is late news of somebody who was erased. A body that brings nothing else is not kept either.
    mutating func noteErased() {
        if let inHand { erasedNews[inHand, default: 0] += 1 }
    }

    /// Writes what was gathered for the batch.
    mutating func commit(node: Int) throws -> RecordReport {
        try writeConversations()
        try liftUnreachable()
        try answerConsent()
        try connection.executeMany(
            "UPDATE intake SET next_position = :next_position WHERE id = :id AND state = 'claimed'", advanced)
        try connection.executeMany(
            "UPDATE intake SET state = 'interpreted', claimed_by = NULL WHERE id = :id AND state = 'claimed'", finished)
        if !emptied.isEmpty {
            try connection.overwritingDeleted {
                try connection.executeMany("UPDATE intake SET body = :body WHERE id = :id", emptied)
            }
        }
        try writeHeard()
        try enqueueContactUpserts()
        try counters.write(connection, at: now, node: node)
        try delays.write(connection, at: now, node: node)
        return report
    }

    /// Uncertain sends wait for news only as long as news of their number comes in at all. To the second, so that busy
    /// nodes do not queue for one row; in one order, so that no two wait for each other.
    private func writeHeard() throws {
        try connection.executeMany(
            """
            UPDATE number SET last_event_at = :at
            WHERE workspace_id = :workspace_id AND id = :id AND COALESCE(last_event_at, 0) < :at - 1000
            """,
            heard.sorted { $0.key.id < $1.key.id }.map { key, at in
                ["at": at, "workspace_id": key.workspace, "id": key.id]
            })
    }
}

private struct HeardNumber: Hashable {
    let id: NumberID
    let workspace: WorkspaceID
}

/// Where an update stands.
struct Place {
    let body: InterpretedBody
    let position: Int
    let update: Update
}

extension Update {
    /// Nothing of the body could be read as a webhook.
    var isWholeBodyUnrouted: Bool {
        switch fact {
        case .unrouted(.invalidJSON, _), .unrouted(.notAWebhook, _), .unrouted(.stoppedInterpreter, _): true
        default: false
        }
    }

    /// How the ledger counts it.
    var ledgerKind: String {
        switch fact {
        case .message: "messages"
        case .status: "statuses"
        case .unrouted(_, _) where field == "messages": "messages"
        default: "others"
        }
    }
}
