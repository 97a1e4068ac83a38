import Domain
import Store

extension ResourceViews {
    func person(_ person: PersonSummary) -> JSONObject {
        [
            "id": person.id, "name": person.name, "profile_name": person.profileName,
            "display_name": person.displayName, "username": person.username, "phone": person.phone,
            "user_id": person.userID,
        ]
    }

    func contact(_ contact: ContactSummary) -> JSONObject {
        let more: JSONObject = [
            "email": contact.email, "language": contact.language, "labels": contact.labels.map(label),
            "states": contact.states.map(\.rawValue), "is_unreachable": contact.isUnreachable,
            "marketing": contact.consent.map(consent),
            "last_activity_at": contact.lastActivityAt, "created_at": contact.createdAt,
            "updated_at": contact.updatedAt,
        ]
        var object = person(contact.person)
        for field in more.fields { object.append(field.name, field.value) }
        return object
    }

    /// - Parameter summary: of the same contact.
    func contact(_ contact: ContactDetail, _ summary: ContactSummary) -> JSONObject {
        var object = self.contact(summary)
        object.append("note", contact.note.json)
        object.append("handles", contact.handles.map(handle).json)
        object.append("records", contact.remoteRefs.map(remoteRef).json)
        return object
    }

    private func label(_ label: ContactSummary.Label) -> JSONObject {
        ["id": label.id, "name": label.name, "color": label.color, "rule": label.rule.map { rule($0) }]
    }

    private func consent(_ consent: ContactSummary.Consent) -> JSONObject {
        ["standing": consent.standing.rawValue, "is_double": consent.isDouble, "since": consent.since]
    }

    private func handle(_ handle: ContactDetail.Handle) -> JSONObject {
        [
            "id": handle.id, "kind": handle.kind, "scope": handle.scope, "address": handle.address,
            "valid_from": handle.validFrom,
            "valid_to": handle.validTo, "evidence": handle.evidence, "number": number(handle),
            "unreachable": handle.unreachable.map(unreachable),
        ]
    }

    /// What a phone's digits tell; null of other handles.
    private func number(_ handle: ContactDetail.Handle) -> JSONObject? {
        guard handle.kind == "phone" else { return nil }
        let phone = PhoneFacts(digits: handle.address)
        return [
            "kind": phone.kind.code, "region": phone.region, "national_format": phone.local,
            "is_doubtful": phone.isDoubtful && !handle.isOfWhatsApp,
        ]
    }

    private func unreachable(_ number: UnreachableNumber) -> JSONObject {
        [
            "since": number.since, "last_at": number.lastAt, "messages": number.count,
            "last_message": number.message,
        ]
    }

    private func remoteRef(_ ref: ContactDetail.RemoteRef) -> JSONObject {
        [
            "connection": ref.name, "kind": ref.kind, "remote_id": ref.remoteID, "linked_at": ref.linkedAt,
            "seen_at": ref.seenAt,
            "unreadable_numbers": ref.unreadableNumbers.map { number -> JSONObject in
                ["text": number.text, "problem": number.problem]
            },
        ]
    }

    func staff(_ staff: StaffAccount) -> JSONObject {
        [
            "id": staff.id, "name": staff.name, "email": staff.email, "role": staff.role.rawValue,
            "is_disabled": staff.disabledAt != nil,
        ]
    }

    func conversation(_ conversation: ConversationSummary) -> JSONObject {
        [
            "id": conversation.id, "contact": person(conversation.person),
            "number": [
                "id": conversation.number, "name": conversation.numberName,
                "display_number": conversation.displayNumber,
            ] as JSONObject,
            "state": conversation.isClosed ? "closed" : "open", "owner": owner(conversation),
            "version": conversation.ownerVersion, "unread": conversation.unread,
            "waiting_since": conversation.waitingSince, "last_inbound_at": conversation.lastInboundAt,
            "window_ends_at": conversation.windowEnds, "last_message_at": conversation.lastMessageAt,
            "preview": conversation.preview,
            "last_message": conversation.last.map { last -> JSONObject in
                ["id": last.id, "direction": direction(last.isInbound), "status": last.status.rawValue]
            },
            "has_dead_letter": conversation.hasDeadLetter, "created_at": conversation.createdAt,
        ]
    }

    private func owner(_ conversation: ConversationSummary) -> JSONObject {
        switch conversation.owner {
        case .automation: ["kind": "automation", "staff": nil, "name": nil]
        case .queue: ["kind": "queue", "staff": nil, "name": nil]
        case .person(let staff): ["kind": "person", "staff": staff, "name": conversation.ownerName]
        }
    }
}
