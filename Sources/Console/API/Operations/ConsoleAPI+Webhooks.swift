import Domain
import Pipeline
import Store

/// Subscribers: programs that are told what happens. One that is made here is a program's own, and goes when its address
/// answers 410.
extension ConsoleAPI {
    private static let webhooks = "/api/v1/webhook-endpoints"
    /// How long a secret that was replaced signs as well, unless the body says otherwise.
    private static let overlap: Duration = .hours(24)

    var webhookOperations: [APIOperation] {
        let webhook = "\(Self.webhooks)/{webhook_endpoint}"
        return [
            .get("listWebhookEndpoints", Self.webhooks, listWebhooks),
            // A secret is in no answer that is remembered.
            .post(
                "createWebhookEndpoint", Self.webhooks, repeats: .harmless, createdAt: Self.webhooks, createWebhook),
            .get("getWebhookEndpoint", webhook) { request in .ok(webhookView(try await self.webhook(request))) },
            .patch("changeWebhookEndpoint", webhook, changeWebhook),
            .delete("deleteWebhookEndpoint", webhook, deleteWebhook),
            .post("rotateWebhookSecret", "\(webhook)/secret-rotations", repeats: .harmless, rotateSecret),
            .post("testWebhookEndpoint", "\(webhook)/tests", body: .none, testWebhook),
            .list("listWebhookDeliveries", "\(webhook)/deliveries", filters: ["state"], listDeliveries),
            .get("getWebhookDelivery", "\(webhook)/deliveries/{delivery}", getDelivery),
            .post("replayWebhookDelivery", "\(webhook)/deliveries/{delivery}/replays", body: .none, replay),
            .post("replayFailedWebhooks", "\(webhook)/replays", replayFailed),
            .get("listEvents", "/api/v1/events", query: ["type", "limit"], listEvents),
        ]
    }

    private func webhook(_ request: APIRequest) async throws -> WebhookEndpoint {
        let id: WebhookEndpointID = try request.id("webhook_endpoint")
        guard let webhook = try await store.webhookEndpoint(id, in: request.workspace) else {
            throw APIProblem.noSuchThing
        }
        return webhook
    }

    // MARK: Subscribers

    private func listWebhooks(_ request: APIRequest) async throws -> APIAnswer {
        .all(try await store.webhookEndpoints(in: request.workspace)) { webhookView($0) }
    }

    /// Who is told what customers write reads it.
    private func createWebhook(_ request: APIRequest) async throws -> APIAnswer {
        guard request.key.scopes.contains(.read) else { throw APIProblem.lacking(.read) }
        let draft = try BodyObject.read(request.body) { body -> WebhookEndpointDraft? in
            body.allow("url", "description", "event", "event_types")
            let url = body.text("url", 1...WebhookEndpoint.maxURL)
            let description = body.optionalText("description", 0...WebhookEndpoint.maxDescription)
            let types = Self.types(body)
            guard let url, let types else { return nil }
            return WebhookEndpointDraft(url: url, description: description ?? "", types: types)
        }
        let made = try await hooks.create(draft, origin: .restHook, in: request.workspace, by: request.key.name)
        changes.publish(.webhooks, in: request.workspace)
        var view = webhookView(made.endpoint)
        view.append("secret", made.secret.json)
        return APIAnswer(status: 201, body: view.json)
    }

    /// Another address, or more to be told of, is as good as another subscriber.
    private func changeWebhook(_ request: APIRequest) async throws -> APIAnswer {
        let tells = ["url", "event_types"].contains { request.body[$0] != nil }
        guard request.key.scopes.contains(.read) || !tells else { throw APIProblem.lacking(.read) }
        let webhook = try await webhook(request)
        let (draft, isOn) = try BodyObject.read(request.body) { body -> (WebhookEndpointDraft, Bool?)? in
            body.allow("url", "description", "event_types", "enabled")
            let url = body.optionalText("url", 1...WebhookEndpoint.maxURL)
            let description = body.optionalText("description", 0...WebhookEndpoint.maxDescription)
            let types = body.has("event_types") ? Self.types(body) : nil
            return (
                WebhookEndpointDraft(
                    url: url ?? webhook.url, description: description ?? webhook.description,
                    types: types ?? webhook.types), body.optionalBool("enabled")
            )
        }
        if draft != WebhookEndpointDraft(url: webhook.url, description: webhook.description, types: webhook.types) {
            try await hooks.change(webhook.id, draft, in: request.workspace, by: request.key.name)
        }
        if let isOn {
            try await store.switchWebhookEndpoint(
                webhook.id, on: isOn, in: request.workspace, by: request.key.name)
        }
        changes.publish(.webhooks, in: request.workspace)
        return .ok(webhookView(try await self.webhook(request)))
    }

    private func deleteWebhook(_ request: APIRequest) async throws -> APIAnswer {
        try await store.deleteWebhookEndpoint(
            try request.id("webhook_endpoint"), in: request.workspace, by: request.key.name)
        changes.publish(.webhooks, in: request.workspace)
        return APIAnswer(status: 204, body: .null)
    }

    private func rotateSecret(_ request: APIRequest) async throws -> APIAnswer {
        let overlap = try BodyObject.read(request.body) { body -> Duration? in
            body.allow("overlap")
            return body.optionalInteger("overlap", 0...604_800_000).map { .milliseconds($0) } ?? Self.overlap
        }
        let rotated = try await store.rotateWebhookSecret(
            try await webhook(request).id, overlap: overlap, in: request.workspace, by: request.key.name)
        var view = webhookView(rotated.endpoint)
        view.append("secret", rotated.secret.json)
        return .ok(view)
    }

    private func testWebhook(_ request: APIRequest) async throws -> APIAnswer {
        let webhook = try await webhook(request)
        try await hooks.test(webhook.id, in: request.workspace)
        changes.publish(.webhooks, in: request.workspace)
        return APIAnswer(status: 202, body: webhookView(webhook).json)
    }

    /// `event` for one, as REST hooks name it, or `event_types`.
    private static func types(_ body: BodyObject) -> [WebhookEventType]? {
        guard body.has("event") == body.has("event_types") else {
            let names =
                body.has("event")
                ? [body.text("event", 1...100) ?? ""] : body.texts("event_types", 1...20, length: 1...100)
            let types = names.compactMap(WebhookEventType.init(rawValue:)).filter { $0 != .test }
            if types.count == names.count, !types.isEmpty { return types }
            let words = WebhookEventType.subscribable.map(\.rawValue).joined(separator: ", ")
            body.note(
                body.has("event") ? "event" : "event_types", en: "must be of these: \(words)",
                es: "debe ser de estos: \(words)")
            return nil
        }
        body.note(
            "event_types", en: "name either event_types or one event", es: "indique event_types o un solo event")
        return nil
    }

    // MARK: The log

    private func listDeliveries(_ request: APIRequest) async throws -> APIAnswer {
        let query = WebhookLogQuery(
            state: try request.query.choice("state", among: WebhookDelivery.State.allCases),
            before: try cursor.open(request), limit: try request.query.limit())
        let page = try await store.webhookDeliveries(
            of: try await webhook(request).id, query, in: request.workspace)
        return .page(page, of: request, cursor: cursor) { deliveryView($0, in: request.language) }
    }

    private func getDelivery(_ request: APIRequest) async throws -> APIAnswer {
        .ok(deliveryView(try await delivery(request), in: request.language))
    }

    private func delivery(_ request: APIRequest) async throws -> WebhookDelivery {
        let found = try await store.webhookDelivery(
            try request.id("delivery"), of: try request.id("webhook_endpoint"), in: request.workspace)
        guard let found else { throw APIProblem.noSuchThing }
        return found
    }

    private func replay(_ request: APIRequest) async throws -> APIAnswer {
        try await hooks.replay(
            try request.id("delivery"), of: try request.id("webhook_endpoint"), in: request.workspace)
        return APIAnswer(status: 202, body: deliveryView(try await delivery(request), in: request.language).json)
    }

    private func replayFailed(_ request: APIRequest) async throws -> APIAnswer {
        let since = try BodyObject.read(request.body) { body -> Timestamp?? in
            body.allow("since")
            guard let text = body.optionalText("since", 1...40) else { return .some(nil) }
            guard let time = Timestamp(time: text) else {
                body.note("since", en: "must be a time as RFC 3339 writes it", es: "debe ser una hora según RFC 3339")
                return nil
            }
            return time
        }
        let count = try await hooks.replayFailed(
            since: since, of: try await webhook(request).id, in: request.workspace)
        return APIAnswer(status: 202, body: (["replayed": count] as JSONObject).json)
    }

    /// Each exactly as a subscriber gets it.
    private func listEvents(_ request: APIRequest) async throws -> APIAnswer {
        guard let type = try request.query.choice("type", among: WebhookEventType.subscribable) else {
            throw request.query.wrong("type", en: "this parameter is missing", es: "falta este parámetro")
        }
        let events = try await store.webhookEvents(
            type, limit: try request.query.limit(), pages: hooks.pages, in: request.workspace)
        return .all(try events.map { try JSONReader.read(Array($0.payload.utf8)) }) { $0 }
    }

    // MARK: Views

    private func webhookView(_ webhook: WebhookEndpoint) -> JSONObject {
        [
            "id": webhook.id, "url": webhook.url, "description": webhook.description,
            "event_types": webhook.types.map(\.rawValue), "origin": webhook.origin.rawValue, "enabled": webhook.isOn,
            "disabled_reason": webhook.offReason?.rawValue, "disabled_at": webhook.offAt,
            "failing_since": webhook.failingSince, "last_delivered_at": webhook.deliveredAt,
            "previous_secret_until": webhook.previousUntil, "created_by": webhook.createdBy,
            "created_at": webhook.createdAt,
        ]
    }

    private func deliveryView(_ delivery: WebhookDelivery, in language: Language) -> JSONObject {
        let dueAt: Timestamp? = delivery.state == .waiting ? delivery.dueAt : nil
        // Our own JSON, read back; an event that is not kept any more has none.
        let event = delivery.payload.flatMap { try? JSONReader.read(Array($0.utf8)) }
        return [
            "id": delivery.id, "event_id": WebhookEvent.name(delivery.event), "type": delivery.type.rawValue,
            "state": delivery.state.rawValue, "attempts": delivery.attempts,
            "next_attempt_at": dueAt, "status": delivery.status,
            "error": delivery.error?[language], "duration": delivery.took.map(\.inMilliseconds),
            "attempted_at": delivery.triedAt, "created_at": delivery.createdAt,
            "event": event,
        ]
    }
}
