import Domain
import Store

extension ResourceViews {
    func number(_ number: NumberSummary) -> JSONObject {
        [
            "id": number.id, "name": number.name, "app": number.app, "phone_number_id": number.phoneNumberID,
            "waba_id": number.wabaID, "portfolio_id": number.portfolioID, "display_number": number.displayNumber,
            "verified_name": number.verifiedName, "state": number.state.rawValue,
            "quality_rating": number.qualityRating, "last_event_at": number.lastEventAt,
            "is_provisioned": number.isProvisioned, "created_at": number.createdAt,
        ]
    }

    func connection(_ connection: ConnectionSummary, in overview: ConnectionsOverview) -> JSONObject {
        let lane = overview.lanes.first { $0.lane == .connection(connection.id) }
        return [
            "id": connection.id, "name": connection.name, "kind": connection.kind, "base_url": connection.baseURL,
            "state": connection.state.rawValue, "records_since": connection.recordsSince,
            "last_ok_at": connection.lastOkAt,
            "last_sweep_at": connection.lastSweepAt, "is_provisioned": connection.isProvisioned,
            "created_by": connection.madeBy, "created_at": connection.createdAt, "lane": lane.map(self.lane),
            "pauses": overview.pauses.filter { $0.scope == .connection && $0.key == connection.id.description }
                .map(pause),
        ]
    }

    private func lane(_ lane: LaneSummary) -> JSONObject {
        [
            "is_worked": lane.isWorked, "node": lane.nodeName, "waiting": lane.waiting.value,
            "oldest_due_at": lane.oldestDue,
        ]
    }

    private func pause(_ pause: Pause) -> JSONObject {
        ["until": pause.until, "code": pause.code, "advice": pause.advice[language]]
    }

    func template(_ template: TemplateSummary) -> JSONObject {
        [
            "id": template.id, "waba_id": template.wabaID, "name": template.name, "language": template.language,
            "status": template.status, "category": template.category, "reason": template.reason,
            "header": template.facts?.header?.rawValue, "body": template.facts?.bodyText,
            "footer": template.facts?.footerText, "variables": template.facts?.bodyVariables ?? [],
            "buttons": (template.facts?.buttonSlots ?? []).map { slot -> JSONObject in
                ["index": slot.index, "sub_type": slot.subType]
            },
            "updated_at": template.updatedAt,
        ]
    }
}
