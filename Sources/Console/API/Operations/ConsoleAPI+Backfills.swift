import Domain
import Pipeline
import Store

/// The newest back-fill of a CRM connection: begun, looked at, paused, stopped and put back.
extension ConsoleAPI {
    var backfillOperations: [APIOperation] {
        let backfill = "/api/v1/connections/{connection}/backfill"
        return [
            .get("getBackfill", backfill) { request in try await shown(try await account(request), request) },
            .post("startBackfill", backfill, startBackfill),
            .post("pauseBackfill", "\(backfill)/pauses", body: .none) { request in
                try await step(request) { try await $0.pause($1) }
            },
            .post("resumeBackfill", "\(backfill)/resumptions", body: .none) { request in
                try await step(request) { try await $0.resume($1) }
            },
            .post("stopBackfill", "\(backfill)/stops", body: .none) { request in
                try await step(request) { try await $0.stop($1) }
            },
            .post("undoBackfill", "\(backfill)/undos", body: .none) { request in
                try await step(request) { try await $0.undo($1, by: request.key.name) }
            },
        ]
    }

    private var backfills: BackfillDesk { BackfillDesk(store: store) }

    private func account(_ request: APIRequest) async throws -> ConnectionAccount {
        try await backfills.account(named: request.parameters["connection"] ?? "", in: request.workspace)
    }

    private func startBackfill(_ request: APIRequest) async throws -> APIAnswer {
        let options = try BodyObject.read(request.body) { body -> BackfillOptions? in
            body.allow("make_contacts", "label", "tell_crm", "history_since")
            var options = BackfillOptions()
            options.makesContacts = body.optionalBool("make_contacts") ?? false
            options.label = body.optionalText("label", 1...60)
            options.tellsCRM = body.optionalBool("tell_crm") ?? false
            if let day = body.optionalText("history_since", 10...10) {
                options.historySince = Timestamp(day: day)
                if options.historySince == nil {
                    body.note(
                        "history_since", en: "must be a day such as 2026-01-31", es: "debe ser un día como 2026-01-31")
                }
            }
            return options
        }
        let account = try await account(request)
        _ = try await backfills.start(options, of: account, by: request.key.name)
        return APIAnswer(status: 201, body: try await shown(account, request).body)
    }

    private func step(
        _ request: APIRequest, _ take: (BackfillDesk, ConnectionAccount) async throws -> Void
    ) async throws -> APIAnswer {
        let account = try await account(request)
        try await take(backfills, account)
        return try await shown(account, request)
    }

    private func shown(_ account: ConnectionAccount, _ request: APIRequest) async throws -> APIAnswer {
        guard let backfill = try await backfills.newest(of: account) else { throw PuenteError.noBackfill }
        return .ok(views(request).backfill(backfill, of: account, now: store.now()))
    }
}
