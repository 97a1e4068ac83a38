import Domain
import HTTPTypes
import Hummingbird
import Pipeline
import Store

/// Subscribers: listed, made and changed, tried, switched, and sent again what failed. For administrators: they are told
/// what customers write.
struct WebhooksController: Sendable {
    private static let path = "/hooks"
    private static let pageSize = 25
    private static let overlap: Duration = .hours(24)

    let hooks: HookDesk

    func add(to routes: ConsoleRoutes) {
        routes.get("/hooks") { visit in try await list(visit) }
        routes.get("/fragments/hooks") { visit in
            try visit.requireAdmin()
            return try await visit.answer(WebhookList(try await webhooks(visit), in: visit.page))
        }
        routes.get("/fragments/hooks/{id}") { visit in
            try await visit.answer(try await view(of: try await webhook(visit), visit))
        }
        routes.get("/hooks/new") { visit in try await edit(.init(), id: nil, visit) }
        routes.get("/hooks/{id}") { visit in
            let notice = visit.flash(of: .webhooks).flatMap { flash in
                WebhookPage.Command(rawValue: flash.command).map {
                    WebhookPage.outcome(of: $0, count: flash.count, in: visit.page)
                }
            }
            return try await show(try await webhook(visit), notice: notice, visit)
        }
        routes.get("/hooks/{id}/edit") { visit in
            let webhook = try await webhook(visit)
            var draft = WebhookEditPage.Draft(
                url: webhook.url, description: webhook.description, types: webhook.types)
            draft.version = webhook.version.description
            return try await edit(draft, id: webhook.id, visit)
        }
        routes.get("/hooks/{id}/deliveries/{delivery}") { visit in try await delivery(visit) }
        routes.post("/hooks") { form, visit in try await save(nil, form, visit) }
        routes.post("/hooks/{id}") { form, visit in try await save(try await webhook(visit).id, form, visit) }
        routes.post("/hooks/{id}/switches") { form, visit in try await turn(form, visit) }
        routes.post("/hooks/{id}/secret-rotations") { _, visit in try await rotate(visit) }
        routes.post("/hooks/{id}/tests") { _, visit in try await test(visit) }
        routes.post("/hooks/{id}/replays") { _, visit in try await replayFailed(visit) }
        routes.post("/hooks/{id}/deliveries/{delivery}/replays") { _, visit in try await replay(visit) }
        routes.post("/hooks/{id}/deletions") { _, visit in try await delete(visit) }
    }

    private func webhook(_ visit: Visit) async throws -> WebhookEndpoint {
        try visit.requireAdmin()
        guard let webhook = try await visit.store.webhookEndpoint(try visit.id(), in: visit.workspace) else {
            throw PuenteError.noSuchPage
        }
        return webhook
    }

    // MARK: Pages

    private func webhooks(_ visit: Visit) async throws -> [WebhookFacts] {
        try await visit.store.webhookEndpoints(in: visit.workspace).map { WebhookFacts($0, now: visit.page.now) }
    }

    private func list(_ visit: Visit) async throws -> Response {
        try visit.requireAdmin()
        let command = visit.flash(of: .webhooks).flatMap { WebhooksPage.Command(rawValue: $0.command) }
        return try await visit.answer(
            WebhooksPage(try await webhooks(visit), done: command, in: visit.page), at: .connections)
    }

    private func edit(
        _ draft: WebhookEditPage.Draft, id: WebhookEndpointID?, _ visit: Visit, status: HTTPResponse.Status = .ok
    ) async throws -> Response {
        try visit.requireAdmin()
        return try await visit.answer(
            WebhookEditPage(draft, id: id, in: visit.page), at: .connections, status: status,
            path: id.map { "\(Self.path)/\($0)/edit" } ?? "\(Self.path)/new")
    }

    private func show(
        _ webhook: WebhookEndpoint, secret: String? = nil, notice: OutcomeNotice? = nil, _ visit: Visit
    ) async throws -> Response {
        let page = WebhookPage(try await view(of: webhook, visit), secret: secret, notice: notice)
        return try await visit.answer(page, at: .connections, path: "\(Self.path)/\(webhook.id)")
    }

    private func view(of webhook: WebhookEndpoint, _ visit: Visit) async throws -> WebhookView {
        let isFailedOnly = visit.query("state") == WebhookDelivery.State.failed.rawValue
        let query = WebhookLogQuery(
            state: isFailedOnly ? .failed : nil, before: visit.before, limit: Self.pageSize)
        let log = try await visit.store.webhookDeliveries(of: webhook.id, query, in: visit.workspace)
        return WebhookView(
            WebhookFacts(webhook, now: visit.page.now), log.items.map { WebhookDeliveryFacts($0) },
            isFailedOnly: isFailedOnly, before: visit.before?.description, older: log.next?.description,
            failed: CountFacts(try await visit.store.failedWebhookDeliveries(of: webhook.id, in: visit.workspace)),
            in: visit.page)
    }

    private func delivery(_ visit: Visit) async throws -> Response {
        let webhook = try await webhook(visit)
        let found = try await visit.store.webhookDelivery(
            try visit.id("delivery"), of: webhook.id, in: visit.workspace)
        guard let found else { throw PuenteError.noSuchPage }
        let page = WebhookBodyPage(
            WebhookDeliveryFacts(found), event: WebhookEvent.name(found.event), body: found.payload,
            of: WebhookFacts(webhook, now: visit.page.now), in: visit.page)
        return try await visit.answer(page, at: .connections)
    }

    // MARK: Commands

    private func save(_ id: WebhookEndpointID?, _ form: Form, _ visit: Visit) async throws -> Response {
        try visit.requireAdmin()
        var draft = WebhookEditPage.Draft(
            url: (form["url"] ?? "").trimmed, description: (form["description"] ?? "").trimmed,
            types: form.fields.all("type").compactMap { WebhookEventType(rawValue: $0) })
        let written = WebhookEndpointDraft(url: draft.url, description: draft.description, types: draft.types)
        do {
            if let id {
                try await hooks.change(
                    id, written, expecting: form.expected, in: visit.workspace, by: visit.staff.name)
                return redirect(.changed, to: id, visit)
            }
            let made = try await hooks.create(
                written, origin: .console, in: visit.workspace, by: visit.staff.name)
            tell(visit)
            // Shown in this answer and nowhere else: neither a cookie nor an address ever holds it.
            return try await show(made.endpoint, secret: made.secret, visit)
        } catch let error as PuenteError where error.isForForm {
            draft.error = error.message
            draft.wrong = ["url", "description", "event_types"].first { $0 == error.detail }
            draft.version = form["version"]
            if error == .changedMeanwhile {
                // Who has read what somebody else wrote, which now stands beside it, may save over that.
                let now = try await webhook(visit)
                draft.version = now.version.description
                draft.now = WebhookFacts(now, now: visit.page.now)
            }
            return try await edit(draft, id: id, visit, status: error.code.formStatus)
        }
    }

    private func turn(_ form: Form, _ visit: Visit) async throws -> Response {
        let id = try await webhook(visit).id
        let isOn = form["to"] == "on"
        try await visit.store.switchWebhookEndpoint(id, on: isOn, in: visit.workspace, by: visit.staff.name)
        visit.parts.changes.publish(.connections, in: visit.workspace)
        return redirect(isOn ? .on : .off, to: id, visit)
    }

    private func rotate(_ visit: Visit) async throws -> Response {
        let rotated = try await visit.store.rotateWebhookSecret(
            try await webhook(visit).id, overlap: Self.overlap, in: visit.workspace, by: visit.staff.name)
        tell(visit)
        return try await show(rotated.endpoint, secret: rotated.secret, visit)
    }

    private func test(_ visit: Visit) async throws -> Response {
        let id = try await webhook(visit).id
        try await hooks.test(id, in: visit.workspace)
        return redirect(.tested, to: id, visit)
    }

    private func replay(_ visit: Visit) async throws -> Response {
        let id = try await webhook(visit).id
        let wasWaiting = try await hooks.replay(try visit.id("delivery"), of: id, in: visit.workspace)
        return redirect(wasWaiting ? .sentNow : .replayed, to: id, visit)
    }

    private func replayFailed(_ visit: Visit) async throws -> Response {
        let id = try await webhook(visit).id
        let count = try await hooks.replayFailed(since: nil, of: id, in: visit.workspace)
        return redirect(.replayedAll, count: count, to: id, visit)
    }

    private func delete(_ visit: Visit) async throws -> Response {
        try await visit.store.deleteWebhookEndpoint(
            try await webhook(visit).id, in: visit.workspace, by: visit.staff.name)
        tell(visit)
        return visit.redirect(Self.path, telling: FlashNotice(.webhooks, WebhooksPage.Command.deleted.rawValue))
    }

    /// Whoever looks on sees it.
    private func tell(_ visit: Visit) {
        visit.parts.changes.publish(.webhooks, in: visit.workspace)
    }

    private func redirect(
        _ command: WebhookPage.Command, count: Int = 1, to id: WebhookEndpointID, _ visit: Visit
    ) -> Response {
        tell(visit)
        return visit.redirect(
            "\(Self.path)/\(id)", telling: FlashNotice(.webhooks, command.rawValue, count: count))
    }
}

extension WebhookFacts {
    /// What fails for longer does not pass by itself: by then the third attempt has failed as well.
    private static let faltersFor: Duration = .minutes(5)

    init(_ webhook: WebhookEndpoint, now: Timestamp) {
        let state: State =
            switch webhook.offReason {
            case .person: .offByPerson
            case .failing: .offFailing
            case .gone: .offGone
            case nil: webhook.failingSince.map { now - $0 < Self.faltersFor ? State.faltering : .failing } ?? .on
            }
        self.init(
            id: webhook.id, url: webhook.url, description: webhook.description, types: webhook.types, state: state,
            since: webhook.offAt ?? webhook.failingSince, deliveredAt: webhook.deliveredAt,
            previousUntil: webhook.previousUntil, createdBy: webhook.createdBy,
            isProgram: webhook.origin == .restHook)
    }
}

extension WebhookDeliveryFacts {
    init(_ delivery: WebhookDelivery) {
        let state: State =
            switch delivery.state {
            case .waiting: .waiting
            case .delivered: .delivered
            case .failed: .failed
            }
        self.init(
            id: delivery.id, type: delivery.type, state: state, attempts: delivery.attempts, status: delivery.status,
            error: delivery.error, milliseconds: delivery.took?.wholeMilliseconds,
            at: delivery.triedAt ?? delivery.createdAt, nextAt: delivery.state == .waiting ? delivery.dueAt : nil)
    }
}
