import Domain
import Store

extension ResourceViews {
    func trail(_ entry: TrailEntry) -> JSONObject {
        var object: JSONObject = ["at": entry.at, "actor": entry.actor, "event": name(entry.event)]
        for field in fields(entry.event).fields { object.append(field.name, field.value) }
        return object
    }

    private func name(_ event: TrailEntry.Event) -> String {
        switch event {
        case .received: "received"
        case .stored: "stored"
        case .status: "status"
        case .edited: "edited"
        case .revoked: "revoked"
        case .job: "job"
        case .recorded: "recorded"
        case .action: "action"
        }
    }

    private func fields(_ event: TrailEntry.Event) -> JSONObject {
        switch event {
        case .received, .stored, .edited, .revoked: [:]
        case .status(let name, let participant, let failure):
            ["status": name, "participant": participant, "failure": self.failure(failure)]
        case .job(let job): ["job": self.job(job)]
        case .recorded(let connection, let remoteID, let status):
            ["connection": connection, "remote_id": remoteID, "status": status?.rawValue]
        case .action(let name, let detail): ["action": name, "detail": detail]
        }
    }

    private func job(_ job: TrailJob) -> JSONObject {
        [
            "id": job.id, "kind": job.kind, "lane": job.lane, "state": job.state.rawValue, "attempts": job.attempts,
            "failure": failure(job.failure), "due_at": job.dueAt, "created_at": job.createdAt,
            "changed_at": job.changedAt,
        ]
    }
}
