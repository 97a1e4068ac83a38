import Domain
import Store

extension ResourceViews {
    func duplicate(_ duplicate: DuplicateSummary) -> JSONObject {
        [
            "id": duplicate.id, "a": person(duplicate.a), "b": person(duplicate.b), "score": duplicate.score,
            "reasons": duplicate.reasons.map(reason), "state": duplicate.state.rawValue,
            "found_at": duplicate.foundAt, "settled_at": duplicate.settledAt, "settled_by": duplicate.settledBy,
            "merge": duplicate.state == .merged ? duplicate.change : nil, "batch": duplicate.batch,
            "failure": duplicate.failure?[language],
        ]
    }

    private func reason(_ reason: DuplicateReason) -> JSONObject {
        [
            "kind": reason.kind.rawValue, "detail": reason.detail, "sentence": reason.sentence[language],
            "is_doubt": reason.kind.isDoubt,
        ]
    }

    func duplicateFigures(_ figures: DuplicateFigures, _ scan: DuplicateScan) -> JSONObject {
        [
            "contacts_before": figures.before, "contacts_merged": figures.merged, "contacts_now": figures.living,
            "by_reason": figures.byReason.map { ["kind": $0.reason.rawValue, "count": $0.count] as JSONObject },
            "open": figures.open.value, "dismissed": figures.dismissed.value,
            "comparing": scan.pass.map { pass -> JSONObject in
                ["compared": pass.compared, "total": pass.total, "started_at": pass.startedAt]
            },
            "compared_at": scan.finishedAt,
        ]
    }

    func merge(_ record: MergeRecord) -> JSONObject {
        let (change, moved) = (record.change, record.moved)
        return [
            "id": change.id, "winner": person(record.winner), "loser": person(record.loser),
            "reason": record.reason.rawValue, "actor": change.actor, "at": change.at,
            "state": change.state == .undone || change.state == .undoing ? "undone" : "done",
            "undo_until": change.undoUntil, "undone_at": change.undoneAt, "undone_by": change.undoneBy,
            "moved": [
                "handles": moved.handles, "conversations": moved.conversations, "messages": moved.messages,
                "labels": moved.labels, "fields": moved.fields, "states": moved.states, "consents": moved.consents,
                "records": moved.records,
            ] as JSONObject,
        ]
    }

    func mergeBatch(_ batch: MergeBatch) -> JSONObject {
        [
            "id": batch.id, "state": batch.state.rawValue, "actor": batch.actor, "total": batch.total,
            "merged": batch.merged, "failed": batch.failed, "undone": batch.undone, "kept": batch.kept,
            "created_at": batch.createdAt, "finished_at": batch.finishedAt,
        ]
    }
}
