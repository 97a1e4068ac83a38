import ContactFiles
import Domain
import Pipeline
import Store

extension ResourceViews {
    /// - Parameter plan: nil in lists, which do without columns and report.
    func imported(_ record: ImportRecord, plan: ImportPlan? = nil, now: Timestamp) -> JSONObject {
        var object: JSONObject = [
            "id": record.id, "state": record.state.rawValue, "file_name": record.fileName, "size": record.size,
            "actor": record.actor, "rows": record.rowsRead,
            "progress": [
                "share": record.share, "rows_per_second": record.rate, "left": record.left?.wholeMilliseconds,
            ] as JSONObject,
            "result": record.result.map(result), "failure": record.failure?[language], "undo": undo(record, now: now),
            "created_at": record.createdAt, "ended_at": record.endedAt,
        ]
        if let plan {
            object.append("reading", reading(plan.reading).json)
            object.append("region", plan.region?.json ?? .null)
            object.append("columns", .array(plan.columns.enumerated().map { column($1, at: $0).json }))
            object.append("options", options(record.options).json)
            object.append("report", record.report.map { report($0).json } ?? .null)
        }
        return object
    }

    private func undo(_ record: ImportRecord, now: Timestamp) -> JSONObject {
        let undo = record.change.map { ImportFacts.Undo($0, isOver: record.state.isOver, now: now) } ?? .nothing
        return switch undo {
        case .nothing: ["state": "nothing_written", "until": nil, "put_back": 0, "kept": 0]
        case .possible(let until): ["state": "possible", "until": until, "put_back": 0, "kept": 0]
        case .running, .done, .over:
            [
                "state": record.change?.state == .undoing
                    ? "running" : record.change?.state == .undone ? "undone" : "over",
                "until": record.change?.undoUntil, "put_back": record.change?.undoneRows ?? 0,
                "kept": record.change?.keptRows ?? 0,
            ]
        }
    }

    private func reading(_ plan: ReadingPlan) -> JSONObject {
        [
            "kind": plan.kind.rawValue, "encoding": plan.kind == .excel ? nil : plan.encoding.rawValue,
            "delimiter": plan.kind == .delimited ? plan.delimiter.formValue : nil,
            "heading_row": plan.headingRow ?? 0, "sheet": plan.kind == .excel ? plan.sheet + 1 : nil,
        ]
    }

    private func column(_ column: ImportPlan.Column, at index: Int) -> JSONObject {
        ["index": index, "heading": column.heading, "use": column.use.description]
    }

    private func options(_ options: ImportOptions) -> JSONObject {
        [
            "existing": options.existing.rawValue, "labels": options.labels,
            "consent": options.consent.map { claim -> JSONObject in
                ["of": claim.of.rawValue, "words": claim.words, "source": claim.source, "at": claim.at]
            },
        ]
    }

    private func report(_ report: ImportReport) -> JSONObject {
        [
            "rows": report.rows, "new": report.new, "fills": report.fills, "changes": report.changes,
            "same": report.same, "kept": report.kept, "duplicates": report.duplicates, "rejected": report.rejected,
            "opted_out": report.optedOut, "without_consent": report.withoutConsent, "dead": report.dead,
            "erased": report.erased, "consents": report.consents, "withdrawals": report.withdrawals,
            "rejections": JSONValue.array(report.rejections.map { tally($0).json }),
            "duplicate_kinds": JSONValue.array(report.duplicateTallies.map { tally($0).json }),
            "marks": JSONValue.array(report.marks.map { tally($0).json }), "new_labels": report.newLabels,
            "new_fields": report.newFields, "obstacle": report.obstacle?[language],
        ]
    }

    private func tally(_ tally: ImportReport.Tally) -> JSONObject {
        ["code": tally.code, "title": tally.title[language], "count": tally.count]
    }

    private func result(_ result: ImportResult) -> JSONObject {
        [
            "new": result.new, "fills": result.fills, "changes": result.changes, "same": result.same,
            "kept": result.kept, "refused": result.refused, "consents": result.consents,
            "withdrawals": result.withdrawals,
        ]
    }

    func importRow(_ row: ImportRowView) -> JSONObject {
        [
            "row": row.number, "verdict": row.verdict.rawValue, "contact": row.contact, "name": row.person?.name,
            "phone": row.person?.phones.first, "email": row.person?.email,
            "reasons": JSONValue.array(
                row.notes.map { note -> JSONValue in
                    (["code": note.code, "sentence": note.sentence[language]] as JSONObject).json
                }),
            "changes": JSONValue.array(row.changes.map { change($0).json }), "cells": row.cells,
        ]
    }

    private func change(_ change: ImportChange) -> JSONObject {
        ["item": change.item.rawValue, "field": change.field, "before": change.before, "after": change.after]
    }
}
