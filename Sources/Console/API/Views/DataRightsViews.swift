import Domain
import Store

extension ResourceViews {
    func export(_ export: PersonExport) -> JSONObject {
        [
            "id": export.id, "contact": export.contact, "state": export.state.rawValue, "requested_by": export.actor,
            "requested_at": export.requestedAt, "messages": export.messages, "done": export.done,
            "size": export.size, "expires_at": export.expiresAt,
        ]
    }

    func erasure(_ erasure: Erasure) -> JSONObject {
        var removed = JSONObject()
        for kind in Erasure.Kind.allCases { removed.append(kind.rawValue, (erasure.counts[kind] ?? 0).json) }
        return [
            "id": erasure.id, "contact": erasure.contact, "state": erasure.state.rawValue,
            "reason": erasure.reason.rawValue, "by": erasure.actor, "at": erasure.at, "done_at": erasure.doneAt,
            "removed": removed, "crms": erasure.notices.map(notice),
        ]
    }

    private func notice(_ notice: Erasure.Notice) -> JSONObject {
        [
            "connection": notice.name, "kind": notice.kind, "wish": notice.wish.rawValue,
            "state": notice.state.rawValue, "at": notice.at,
        ]
    }

    func audit(_ entry: AuditEntry) -> JSONObject {
        [
            "id": JobID(rawValue: entry.id), "at": entry.at, "actor": entry.actor, "event": entry.event,
            "subject": JobID(rawValue: entry.subject), "contact": entry.person?.id,
            "conversation": entry.conversation, "erasure": entry.erasure,
            "title": entry.title?[language], "query": entry.query,
        ]
    }

    func retention(_ rules: RetentionRules, under retention: Retention) -> JSONObject {
        let effective = rules.under(retention)
        var object = JSONObject()
        for kind in RetentionKind.allCases {
            object.append(
                kind.rawValue,
                ([
                    "days": effective.age(of: kind).map(\.wholeDays),
                    "is_fixed": kind == .rawBodies || effective.isWritten(kind),
                ] as JSONObject).json)
        }
        return object
    }
}
