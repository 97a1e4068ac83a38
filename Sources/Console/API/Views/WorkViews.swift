import Domain
import Pipeline
import Store

extension ResourceViews {
    func deadLetter(_ letter: DeadLetter) -> JSONObject {
        [
            "id": letter.id, "kind": letter.kind, "state": letter.state.rawValue,
            "lane": letter.lane.map(\.description), "lane_name": letter.laneName, "attempts": letter.attempts,
            "failure": failure(letter.failure), "created_at": letter.createdAt, "changed_at": letter.changedAt,
            "answer_by": letter.answerBy, "message": letter.message.map(message),
            "contact": letter.person.map(person), "conversation": letter.conversation, "held_up": letter.heldUp,
            "may_have_been_sent": letter.mayHaveBeenSent, "can_be_mended": letter.canBeMended,
            "refusal": letter.refusal?.rawValue, "field": letter.value.map(refused),
            "record_url": letter.recordPage,
        ]
    }

    private func refused(_ value: DeadLetter.Value) -> JSONObject {
        [
            "name": value.refused.name, "label": value.refused.label, "rule": value.refused.rule.rawValue,
            "sent": value.refused.value, "local": value.local?.rawValue, "title": value.title?[language],
            "value": value.present, "mapping_row": value.row,
        ]
    }

    private func message(_ message: DeadLetter.Message) -> JSONObject {
        [
            "id": message.id, "direction": direction(message.isInbound), "content": message.content.json,
            "at": message.at, "status": message.status.rawValue,
        ]
    }

    func unrouted(_ entry: UnroutedEntry, about subject: UnroutedSubject?) -> JSONObject {
        [
            "id": entry.id, "body_id": entry.intake, "position": entry.position, "received_at": entry.receivedAt,
            "app": entry.app, "reason": entry.reason?.name ?? "unknown", "field": entry.field,
            "kind": entry.kind.rawValue, "excerpt": entry.excerpt, "state": entry.state.rawValue,
            "settled_at": entry.settledAt, "settled_by": entry.settledBy,
            "phone_number_id": subject?.phoneNumberID, "waba_id": subject?.wabaID,
        ]
    }

    func unrouted(_ detail: UnroutedDetail, about subject: UnroutedSubject?) -> JSONObject {
        var object = unrouted(detail.entry, about: subject)
        object.append("body", detail.body.map { String(decoding: $0, as: UTF8.self) }?.json ?? .null)
        object.append("is_body_cut", detail.isBodyCut.json)
        object.append("open_of_same_body", detail.openOfSameBody.json)
        return object
    }
}

extension UnroutedReason {
    /// In the API's spelling.
    var name: String {
        switch self {
        case .invalidJSON: "invalid_json"
        case .notAWebhook: "not_a_webhook"
        case .malformed: "malformed"
        case .unknownField: "unknown_field"
        case .unknownNumber: "unknown_number"
        case .unknownAccount: "unknown_account"
        case .signedByAnotherApp: "signed_by_another_app"
        case .stoppedInterpreter: "stopped_interpreter"
        }
    }
}
