import Domain
import Pipeline
import Store

extension ResourceViews {
    func backfill(_ backfill: Backfill, of account: ConnectionAccount, now: Timestamp) -> JSONObject {
        [
            "id": backfill.id, "connection": account.slug, "state": backfill.state.rawValue,
            "phase": backfill.state == .done ? nil : backfill.phase.rawValue, "options": options(backfill.options),
            "progress": [
                "done": backfill.done, "expected": backfill.expected, "share": backfill.share,
                "per_second": backfill.rate, "left": backfill.left?.wholeMilliseconds,
            ] as JSONObject,
            "counts": counts(backfill.counts), "waiting_because": backfill.trouble?[language],
            "actor": backfill.actor, "undo": undo(backfill, now: now), "started_at": backfill.startedAt,
            "updated_at": backfill.updatedAt, "ended_at": backfill.endedAt,
        ]
    }

    private func options(_ options: BackfillOptions) -> JSONObject {
        [
            "make_contacts": options.makesContacts, "label": options.label, "tell_crm": options.tellsCRM,
            "history_since": options.historySince?.day,
        ]
    }

    private func counts(_ counts: BackfillCounts) -> JSONObject {
        [
            "read": counts.read, "linked": counts.linked, "made": counts.made, "unknown": counts.unknown,
            "others": counts.others, "erased": counts.erased, "without_address": counts.withoutAddress,
            "told": counts.told, "failed": counts.failed, "messages": counts.messages,
        ]
    }

    private func undo(_ backfill: Backfill, now: Timestamp) -> JSONObject {
        let change = backfill.change
        let state =
            switch change?.state {
            case nil, .open: "nothing_written"
            case .undoing: "running"
            case .undone: "undone"
            case .done: backfill.isUndoable(at: now) ? "possible" : "over"
            }
        return [
            "state": state, "until": change?.undoUntil, "put_back": change?.undoneRows ?? 0,
            "kept": change?.keptRows ?? 0,
        ]
    }
}
