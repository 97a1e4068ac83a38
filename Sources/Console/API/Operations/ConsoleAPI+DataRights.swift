import Domain
import Pipeline
import Store

extension ConsoleAPI {
    /// What the rights of people ask for. Each of them takes the scope `admin`.
    var dataRightsOperations: [APIOperation] {
        [
            .list("listExports", "/api/v1/contacts/{contact}/exports", scope: .admin, listExports),
            .post(
                "exportContact", "/api/v1/contacts/{contact}/exports", scope: .admin, body: .none,
                createdAt: "/api/v1/exports", exportContact),
            .get("getExport", "/api/v1/exports/{export}", scope: .admin, getExport),
            .file("getExportContent", "/api/v1/exports/{export}/content", scope: .admin, getExportContent),
            .delete("eraseContact", "/api/v1/contacts/{contact}", scope: .admin, query: ["crm"], eraseContact),
            .get("getErasure", "/api/v1/erasures/{erasure}", scope: .admin, getErasure),
            .list(
                "listAudit", "/api/v1/audit", scope: .admin, filters: ["contact", "actor", "kind", "from", "until"],
                listAudit),
            .get("getRetention", "/api/v1/retention", scope: .admin, getRetention),
            .put("setRetention", "/api/v1/retention", scope: .admin, setRetention),
        ]
    }

    // MARK: A copy

    private func exportContact(_ request: APIRequest) async throws -> APIAnswer {
        let export = try await store.requestExport(
            of: try request.id("contact"), language: request.language, by: request.key.name, in: request.workspace)
        return APIAnswer(status: 202, body: views(request).export(export).json)
    }

    private func listExports(_ request: APIRequest) async throws -> APIAnswer {
        // Few: a file is kept for some days.
        _ = try request.query.limit()
        _ = try cursor.open(request)
        guard let contact = try await store.listedContact(try request.id("contact"), in: request.workspace) else {
            throw APIProblem.noSuchThing
        }
        let views = views(request)
        return .all(try await store.exports(of: contact, in: request.workspace)) { views.export($0) }
    }

    private func getExport(_ request: APIRequest) async throws -> APIAnswer {
        .ok(views(request).export(try await export(request)))
    }

    private func getExportContent(_ request: APIRequest) async throws -> APIAnswer {
        let export = try await export(request)
        switch export.state {
        case .waiting, .running: throw APIProblem.notReady
        case .failed: throw APIProblem.noSuchThing
        case .ready: break
        }
        try await store.note(
            .exportTaken, of: export.contact.rawValue, by: request.key.name, in: request.workspace)
        let path = ExportFolder(media).file(export.id, in: request.workspace)
        return APIAnswer(status: 200, body: .null, file: FileAnswer(export, at: path))
    }

    private func export(_ request: APIRequest) async throws -> PersonExport {
        guard let export = try await store.export(try request.id("export"), in: request.workspace) else {
            throw APIProblem.noSuchThing
        }
        return export
    }

    // MARK: Erasing

    /// The contact is gone when this answers; the rest follows.
    private func eraseContact(_ request: APIRequest) async throws -> APIAnswer {
        let wish = try request.query.choice("crm", among: ErasureWish.allCases) ?? .tell
        let begun = try await store.erase(
            try request.id("contact"), wish: wish, by: request.key.name, in: request.workspace)
        publish(begun.report)
        guard let erasure = try await store.erasure(begun.erasure, in: request.workspace) else {
            throw APIProblem.noSuchThing
        }
        return APIAnswer(
            status: 202, body: views(request).erasure(erasure).json,
            headers: ["Location": "/api/v1/erasures/\(erasure.id)"])
    }

    private func getErasure(_ request: APIRequest) async throws -> APIAnswer {
        guard let erasure = try await store.erasure(try request.id("erasure"), in: request.workspace) else {
            throw APIProblem.noSuchThing
        }
        return .ok(views(request).erasure(erasure))
    }

    // MARK: The audit trail

    private func listAudit(_ request: APIRequest) async throws -> APIAnswer {
        let query = request.query
        let page = try await store.audit(
            AuditQuery(
                contact: query.id("contact"), actor: query.name("actor"),
                kind: query.choice("kind", among: AuditKind.allCases), from: query.time("from"),
                until: query.time("until"), before: cursor.open(request), limit: query.limit()),
            in: request.workspace)
        let views = views(request)
        return .page(page, of: request, cursor: cursor) { views.audit($0) }
    }

    // MARK: Retention

    private func getRetention(_ request: APIRequest) async throws -> APIAnswer {
        let rules = try await store.retentionRules(in: request.workspace)
        return .ok(views(request).retention(rules, under: retention))
    }

    /// What puente.yaml says cannot be changed here: such a kind may be named only as it is.
    private func setRetention(_ request: APIRequest) async throws -> APIAnswer {
        let rules = try BodyObject.read(request.body) { body in
            RetentionRulesReader(retention: retention).rules(in: body)
        }
        try await store.setRetentionRules(rules, by: request.key.name, in: request.workspace)
        return .ok(views(request).retention(rules, under: retention))
    }
}

extension APIProblem {
    fileprivate static let notReady = APIProblem(
        409, "not_ready", en: "The file is being made. Ask again in a moment.",
        es: "El archivo se está preparando. Pida de nuevo en un momento.")
}

extension RequestQuery {
    fileprivate func name(_ name: String) throws(APIProblem) -> String? {
        guard let text = text(name) else { return nil }
        guard (1...200).contains(text.unicodeScalars.count) else {
            throw wrong(name, en: "must have 1 to 200 characters", es: "debe tener de 1 a 200 caracteres")
        }
        return text
    }

    fileprivate func time(_ name: String) throws(APIProblem) -> Timestamp? {
        guard let text = text(name) else { return nil }
        guard let time = Timestamp(time: text) else {
            throw wrong(
                name, en: "must be a time such as 2026-11-18T23:02:00.000Z",
                es: "debe ser una hora como 2026-11-18T23:02:00.000Z")
        }
        return time
    }
}
