import Domain
import Store

extension ResourceViews {
    func message(_ message: StoredMessage) -> JSONObject {
        [
            "id": message.id, "conversation": message.conversation, "contact": message.contact,
            "number": message.number, "whatsapp_message_id": message.wamid, "direction": direction(message.isInbound),
            "origin": message.origin.rawValue, "author": message.author, "content": message.content.json,
            "context": message.context.map(context), "quoted": message.quoted.map(quoted), "at": message.at,
            "received_at": message.receivedAt, "stored_at": message.storedAt, "status": message.status.rawValue,
            "status_at": message.statusAt, "failure": failure(message.failure), "pricing": message.pricing.map(pricing),
            "retry_of": message.retryOf, "retried_by": message.retriedBy, "edited_at": message.editedAt,
            "revoked_at": message.revokedAt, "file": message.media.map(file),
            "reactions": message.reactions.map(reaction), "records": message.records.map(record),
            "dead_letter": message.deadLetter,
        ]
    }

    func direction(_ isInbound: Bool) -> String { isInbound ? "inbound" : "outbound" }

    private func context(_ context: MessageContext) -> JSONObject {
        [
            "is_forwarded": context.context?.isForwarded ?? false,
            "is_frequently_forwarded": context.context?.isFrequentlyForwarded ?? false,
            "product": context.context?.productRetailerID, "group": context.groupID,
            "referral": context.referral.map { referral -> JSONObject in
                [
                    "source_type": referral.sourceType, "source_id": referral.sourceID,
                    "source_url": referral.sourceURL, "headline": referral.headline, "body": referral.body,
                    "click_id": referral.clickID,
                ]
            },
        ]
    }

    private func quoted(_ quoted: QuotedMessage) -> JSONObject {
        ["id": quoted.id, "whatsapp_message_id": quoted.wamid, "preview": quoted.content?.preview]
    }

    private func pricing(_ pricing: ReceivedStatus.Pricing) -> JSONObject {
        ["category": pricing.category, "type": pricing.type, "model": pricing.model, "is_billable": pricing.isBillable]
    }

    func file(_ file: MessageFile) -> JSONObject {
        [
            "id": file.id, "kind": file.kind, "state": file.state.rawValue, "mime_type": file.mimeType,
            "filename": file.filename, "size": file.size, "sha256": file.sha256, "failure": failure(file.failure),
        ]
    }

    private func reaction(_ reaction: MessageReaction) -> JSONObject {
        ["direction": direction(reaction.isInbound), "emoji": reaction.emoji, "at": reaction.at]
    }

    private func record(_ record: RecordMark) -> JSONObject {
        [
            "connection": record.name, "kind": record.kind, "state": record.state.rawValue, "reason": record.reason,
            "remote_id": record.remoteID, "recorded_status": record.recordedStatus?.rawValue,
            "recorded_at": record.recordedAt, "dead_letter": record.deadLetter,
        ]
    }
}

extension AcceptedMessage {
    /// What a program is told of a message that was taken on.
    var json: JSONObject {
        [
            "id": message, "conversation": conversation, "contact": contact,
            "status": MessageStatus.queued.rawValue, "added_line": addedLine,
        ]
    }
}
