package import Domain
import Secrets

extension FactRecorder {
    mutating func record(
        _ message: ReceivedMessage, on number: RoutingTable.Number, at place: Place
    ) throws {
        guard message.participant.isIdentified else {
            return try recordUnrouted(
                .malformed, excerpt: excerpt(of: place.update), at: place, workspace: number.workspace)
        }
        // Asked first: a repeat must not make a contact for a handle that has moved on, or reopen a conversation.
        guard try isNews(message.id, at: message.at, on: number) else {
            // The ledger knows the message already, whether this brings its file or nothing.
            try fillPlaceholder(with: message, on: number)
            _ = try isErased(message.participant, after: message.at, on: number)
            return count("messages", "duplicates", workspace: number.workspace)
        }
        guard try !isOfErased(message, on: number) else {
            return count("messages", "duplicates", workspace: number.workspace)
        }
        let person = try correspondent(of: message.participant, on: number, at: message.at, wamid: message.id)
        let conversation = try conversation(with: person, on: number, at: message.at)
        let id = store.ids.next(MessageRow.self)
        guard
            try insert(
                message, id: id, person: person, conversation: conversation, on: number, at: place)
        else { return count("messages", "duplicates", workspace: number.workspace) }
        count("messages", "stored", workspace: number.workspace)
        report.storedMessages += 1
        noteMessage(message, id: id, from: person, on: number.id)
        report.conversations[number.workspace, default: []].insert(conversation)
        if message.isInbound { noteReached(person, number: message.participant.waID, at: message.at, on: number) }
        let contact = try learnPhone(from: message, of: person, on: number)
        try recordReaction(message, on: number)
        try hearConsent(
            in: message, id: id, of: Correspondent(contact: contact, account: person.account),
            conversation: conversation, on: number)
        if !message.isInbound {
            try connection.applyEarlyNews(of: message.id, to: id, on: number.id, in: number.workspace)
        }
        try applyVersions(to: id, in: conversation, wamid: message.id, on: number)
        try enqueueActivities(message, id: id, contact: contact, on: number)
    }

    /// Whether nothing with this wamid was ever stored. One that was pruned long ago is no news either: its keyed hash
    /// is kept.
    func isNews(_ wamid: String, at: Timestamp, on number: RoutingTable.Number) throws -> Bool {
        let known = try connection.row(
            """
            SELECT 1 AS one FROM message
            WHERE workspace_id = :workspace_id AND number_id = :number_id AND wamid = :wamid
            """,
            ["workspace_id": number.workspace, "number_id": number.id, "wamid": wamid])
        return try known == nil && !wasPruned(wamid, at: at, on: number)
    }

    /// Whether the row is new: another node may have been faster.
    private mutating func insert(
        _ message: ReceivedMessage, id: MessageID, person: Correspondent, conversation: ConversationID,
        on number: RoutingTable.Number, at place: Place
    ) throws -> Bool {
        var content = message.content
        let media = adopt(&content)
        let status = message.initialStatus
        let inserted = try connection.execute(
            """
            INSERT INTO message
                (id, workspace_id, number_id, conversation_id, contact_id, account_id, wamid, is_inbound, origin,
                 kind, content, context, meta_at, stored_at, received_at, status, status_at)
            VALUES
                (:id, :workspace_id, :number_id, :conversation_id, :contact_id, :account_id, :wamid, :is_inbound,
                 :origin, :kind, :content, :context, :meta_at, :stored_at, :received_at, :status, :meta_at)
            ON CONFLICT DO NOTHING
            """,
            [
                "id": id, "workspace_id": number.workspace, "number_id": number.id, "conversation_id": conversation,
                "contact_id": person.contact, "account_id": person.account, "wamid": message.id,
                "is_inbound": message.isInbound, "origin": message.originText, "kind": content.kind,
                "content": try place.body.contentText(at: place.position, of: content),
                "context": try message.contextJSON(), "meta_at": message.at, "stored_at": now,
                "received_at": place.body.receivedAt, "status": status,
            ])
        guard inserted == 1 else { return false }
        if let media { try insert(media, of: id, message: message, on: number) }
        return true
    }

    /// Gives the media a row of its own, so that the page can show it before its bytes are here.
    func adopt(_ content: inout MessageContent) -> MediaContent? {
        guard case .media(var media) = content, media.mediaID != nil || media.link != nil else { return nil }
        media.storedID = store.ids.next(MediaRow.self)
        content = .media(media)
        return media
    }

    /// Received media is fetched at once: Meta's addresses live five minutes, its ids seven days.
    mutating func insert(
        _ media: MediaContent, of message: MessageID, message source: ReceivedMessage, on number: RoutingTable.Number
    ) throws {
        guard let id = media.storedID else { return }
        try connection.execute(
            """
            INSERT INTO media
                (id, workspace_id, number_id, message_id, kind, meta_id, meta_id_at, mime_type, filename, claimed_hash,
                 state, created_at)
            VALUES
                (:id, :workspace_id, :number_id, :message_id, :kind, :meta_id, :meta_id_at, :mime_type, :filename,
                 :claimed_hash, 'fetching', :now)
            """,
            [
                "id": id, "workspace_id": number.workspace, "number_id": number.id, "message_id": message,
                "kind": media.kind.rawValue, "meta_id": media.mediaID, "meta_id_at": source.at,
                "mime_type": media.mimeType, "filename": media.filename, "claimed_hash": media.sha256, "now": now,
            ])
        let lane = Lane.media(number.id)
        try connection.enqueue(
            NewJob(
                kind: .fetchMedia, workspace: number.workspace, lane: lane, orderingKey: id.rawValue,
                subject: id.rawValue),
            id: store.ids.next(), at: now)
        report.lanes.insert(lane)
    }

    private func wasPruned(_ wamid: String, at: Timestamp, on number: RoutingTable.Number) throws -> Bool {
        guard now - at > .hours(24) else { return false }
        return try store.seen.candidates("\(number.id)", wamid).contains { hash in
            try connection.row(
                "SELECT 1 AS one FROM seen WHERE workspace_id = :workspace_id AND hash = :hash",
                ["workspace_id": number.workspace, "hash": hash]) != nil
        }
    }

    /// Each side has one reaction on a message: the newest, by Meta's time.
    private func recordReaction(_ message: ReceivedMessage, on number: RoutingTable.Number) throws {
        guard case .reaction(let reaction) = message.content else { return }
        try connection.execute(
            """
            INSERT INTO reaction (workspace_id, number_id, target, is_inbound, emoji, at)
            VALUES (:workspace_id, :number_id, :target, :is_inbound, :emoji, :at)
            ON CONFLICT (workspace_id, number_id, target, is_inbound)
            DO UPDATE SET emoji = excluded.emoji, at = excluded.at
            WHERE excluded.at >= reaction.at
            """,
            [
                "workspace_id": number.workspace, "number_id": number.id, "target": reaction.messageID,
                "is_inbound": message.isInbound, "emoji": reaction.emoji, "at": message.at,
            ])
    }
}

extension ReceivedMessage {
    fileprivate var originText: String {
        switch origin {
        case .customer: "customer"
        case .echo: "echo"
        case .history: "history"
        }
    }

    /// History tells its own status, in capitals; an echo was sent by the shop's phone.
    fileprivate var initialStatus: MessageStatus {
        switch origin {
        case .customer: .received
        case .echo: .sent
        case .history(let isInbound, let status):
            isInbound ? .received : status.flatMap { MessageStatus(rawValue: $0.lowercased()) } ?? .sent
        }
    }

    fileprivate func contextJSON() throws -> String? {
        guard context != nil || referral != nil || groupID != nil else { return nil }
        return try JSONText.encode(MessageContext(context: context, referral: referral, groupID: groupID))
    }
}

/// What stands around a message: what it quotes, which advertisement it came from, which group it was written in.
package struct MessageContext: Equatable, Codable, Sendable {
    package var context: ReceivedMessage.Context?
    package var referral: ReceivedMessage.Referral?
    package var groupID: String?

    package init(
        context: ReceivedMessage.Context? = nil, referral: ReceivedMessage.Referral? = nil, groupID: String? = nil
    ) {
        self.context = context
        self.referral = referral
        self.groupID = groupID
    }
}
