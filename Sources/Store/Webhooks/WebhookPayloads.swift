import Domain

/// What events say of their subjects: flat, in words that people know from the pages. A few statements for all of them.
struct WebhookPayloads {
    private let pages: WebhookPages
    private let contacts: [ContactID: ContactSummary]
    /// Those that turned out to be somebody else.
    private let merged: Set<ContactID>
    private let messages: [MessageID: WebhookMessage]
    private let conversations: [ConversationID: WebhookConversation]
    private let names: WebhookNames

    init(
        of news: [WebhookNews], pages: WebhookPages, on connection: any SQLConnection, in workspace: WorkspaceID
    ) throws {
        self.pages = pages
        let ids = Set(news.map(\.contact)).sorted()
        contacts = try connection.contactSummaries(ids, in: workspace).reduce(into: [:]) { $0[$1.person.id] = $1 }
        let reader = WebhookSubjects(connection: connection, workspace: workspace)
        merged = try reader.merged(ids)
        messages = try reader.messages(news.filter(\.isOfMessage).map { MessageID(rawValue: $0.subject) })
        conversations = try reader.conversations(
            news.filter { $0.type == .conversationHandedOver }.map { ConversationID(rawValue: $0.subject) })
        names = try reader.names()
    }

    /// Nil: what it was about is gone.
    func data(of news: WebhookNews) -> [String: RecordedJSON]? {
        guard let contact = contacts[news.contact] else { return nil }
        let person = person(contact)
        switch news.type {
        case .messageReceived: return message(news).map { person.merging($0) { $1 } }
        case .messageStatusChanged:
            return message(news).map { message in
                person.merging(message) { $1 }.merging(["status": .text(news.detail.first ?? "")]) { $1 }
            }
        case .contactCreated, .contactUpdated:
            guard !merged.contains(news.contact) else { return nil }
            return person.merging(details(contact)) { $1 }
        case .consentChanged: return consent(news).map { person.merging($0) { $1 } }
        case .conversationHandedOver: return handOver(news).map { person.merging($0) { $1 } }
        case .test: return nil
        }
    }

    private func person(_ contact: ContactSummary) -> [String: RecordedJSON] {
        let person = contact.person
        return [
            "contact_id": .text("\(person.id)"),
            "contact_name": .text(person.displayName ?? person.phone.map { "+\($0)" } ?? ""),
            "contact_phone": .optional(person.phone.map { "+\($0)" }), "wa_id": .optional(person.phone),
            "contact_user_id": .optional(person.userID), "contact_email": .optional(contact.email),
        ]
    }

    private func details(_ contact: ContactSummary) -> [String: RecordedJSON] {
        var data: [String: RecordedJSON] = [
            "profile_name": .text(contact.person.profileName), "language": .optional(contact.language),
            "labels": .list(contact.labels.map { .text($0.name) }),
            "states": .list(contact.states.map { .text($0.rawValue) }),
            "marketing_consent": .text(contact.consent?.standing.rawValue ?? "unknown"),
            "created_at": .text(RecordedTime(contact.createdAt).text),
            "updated_at": .text(RecordedTime(contact.updatedAt).text),
        ]
        // Every field, so that a program that asks for a sample learns of those that are still empty.
        for (id, key) in names.fields { data["field_\(key)"] = .optional(contact.fields[id]) }
        return data
    }

    private func message(_ news: WebhookNews) -> [String: RecordedJSON]? {
        guard let message = messages[MessageID(rawValue: news.subject)] else { return nil }
        var data: [String: RecordedJSON] = [
            "message_id": .text("\(message.id)"), "conversation_id": .text("\(message.conversation)"),
            "conversation_url": .optional(pages.conversation(message.conversation)),
            "number": .optional(names.numbers[message.number]), "author": .optional(message.author),
            "direction": .text(message.isInbound ? "inbound" : "outbound"),
            "message_type": .text(message.content.kind.rawValue), "text": .text(message.text),
            "sent_at": .text(RecordedTime(message.at).text),
        ]
        if !message.isInbound {
            data["error_code"] = .optional(message.failure?.code)
            data["error_text"] = .optional(message.failure.map { $0.advice?.en ?? $0.vendorText })
        }
        guard case .media(let media) = message.content else { return data }
        data["media_type"] = .optional(media.mimeType)
        data["media_filename"] = .optional(media.filename)
        data["media_id"] = .optional(media.storedID.map { "\($0)" })
        data["media_url"] = .optional(media.storedID.flatMap(pages.media))
        return data
    }

    private func consent(_ news: WebhookNews) -> [String: RecordedJSON]? {
        guard news.detail.count == 2 else { return nil }
        return [
            "change": .text(news.detail[0] == "granted" ? "opted_in" : "opted_out"), "purpose": .text(news.detail[1]),
        ]
    }

    private func handOver(_ news: WebhookNews) -> [String: RecordedJSON]? {
        guard news.detail.count == 3, let conversation = conversations[ConversationID(rawValue: news.subject)] else {
            return nil
        }
        let staff = Int64(news.detail[2]).flatMap { names.staff[StaffID(rawValue: $0)] }
        return [
            "conversation_id": .text("\(conversation.id)"),
            "conversation_url": .optional(pages.conversation(conversation.id)),
            "number": .optional(names.numbers[conversation.number]), "from": .text(news.detail[0]),
            "to": .text(news.detail[1]), "to_name": .optional(staff), "last_message": .text(conversation.preview),
        ]
    }
}

/// Where people and programs find what an event is about; no addresses without a public one of our own.
package struct WebhookPages: Sendable {
    private let publicURL: String?

    package init(publicURL: String?) {
        self.publicURL = publicURL
    }

    func conversation(_ id: ConversationID) -> String? { publicURL.map { "\($0)/inbox/\(id)" } }

    /// Asks for an API key: what customers sent is not for everybody.
    func media(_ id: MediaID) -> String? { publicURL.map { "\($0)/api/v1/media/\(id)/content" } }
}

extension WebhookNews {
    fileprivate var isOfMessage: Bool { type == .messageReceived || type == .messageStatusChanged }
}

extension RecordedJSON {
    static func optional(_ text: String?) -> RecordedJSON { text.map(RecordedJSON.text) ?? .null }
}
