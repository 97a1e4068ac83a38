import Domain
import Pipeline
import Store

extension ConsoleAPI {
    var deadLetterOperations: [APIOperation] {
        let letter = "/api/v1/dead-letters/{dead_letter}"
        return [
            .list(
                "listDeadLetters", "/api/v1/dead-letters", filters: ["state", "kind", "contact"], listDeadLetters),
            .get("getDeadLetter", letter, getDeadLetter),
            .post("retryDeadLetter", "\(letter)/retries", body: .none, query: ["confirmed"], retryDeadLetter),
            .post("dismissDeadLetter", "\(letter)/dismissals", body: .none) { request in
                try await settleOne(request, store.dismissDeadLetters)
            },
            .post("mendDeadLetter", "\(letter)/mends", mendDeadLetter),
            .post("retryDeadLetters", "/api/v1/dead-letters/retries", retryDeadLetters),
            .post("dismissDeadLetters", "/api/v1/dead-letters/dismissals") { request in
                try await settleMany(request, store.dismissDeadLetters)
            },
        ]
    }

    private typealias Settling = @Sendable ([JobID], WorkspaceID, String) async throws -> DeadLetterReport

    private func listDeadLetters(_ request: APIRequest) async throws -> APIAnswer {
        let query = request.query
        let kind = try query.choice("kind", among: JobKind.allCases)
        let page = try await store.deadLetters(
            DeadLetterQuery(
                state: query.choice("state", among: DeadLetterQuery.State.allCases) ?? .discarded,
                kinds: Set([kind].compactMap(\.self)), contact: query.id("contact"), before: cursor.open(request),
                limit: query.limit()),
            in: request.workspace)
        let views = views(request)
        return .page(page, of: request, cursor: cursor) { views.deadLetter($0) }
    }

    private func getDeadLetter(_ request: APIRequest) async throws -> APIAnswer {
        .ok(views(request).deadLetter(try await letter(request)))
    }

    private func letter(_ request: APIRequest) async throws -> DeadLetter {
        guard let letter = try await store.deadLetter(try request.id("dead_letter"), in: request.workspace) else {
            throw APIProblem.noSuchThing
        }
        return letter
    }

    // MARK: Settling

    private func settleOne(_ request: APIRequest, _ settle: Settling) async throws -> APIAnswer {
        let letter = try await letter(request)
        let report = try await settle([letter.id], request.workspace, request.key.name)
        guard report.settled.contains(letter.id) else { throw APIProblem.needsNobody }
        return settled(report, request)
    }

    /// What may have been sent is sent again only to who says that it shall be.
    private func retryDeadLetter(_ request: APIRequest) async throws -> APIAnswer {
        let isConfirmed = try request.query.choice("confirmed", among: Confirmation.allCases) == .yes
        return try await settleOne(request) { jobs, workspace, actor in
            let report = try await store.retryDeadLetters(jobs, in: workspace, by: actor, confirmed: isConfirmed)
            guard report.unconfirmed.isEmpty else { throw PuenteError.mayHaveBeenSent }
            return report
        }
    }

    private enum Confirmation: String, CaseIterable { case yes, no }

    private func retryDeadLetters(_ request: APIRequest) async throws -> APIAnswer {
        let (ids, isConfirmed) = try BodyObject.read(request.body) { body -> ([JobID], Bool)? in
            body.allow("ids", "confirmed")
            return (body.ids("ids", 1...Store.maxDeadLettersAtOnce), body.optionalBool("confirmed") ?? false)
        }
        let report = try await store.retryDeadLetters(
            ids, in: request.workspace, by: request.key.name, confirmed: isConfirmed)
        return settled(report, request, unconfirmed: report.unconfirmed.sorted())
    }

    private func settleMany(_ request: APIRequest, _ settle: Settling) async throws -> APIAnswer {
        let ids = try BodyObject.read(request.body) { body -> [JobID]? in
            body.allow("ids")
            return body.ids("ids", 1...Store.maxDeadLettersAtOnce)
        }
        return settled(try await settle(ids, request.workspace, request.key.name), request)
    }

    private func mendDeadLetter(_ request: APIRequest) async throws -> APIAnswer {
        let letter = try await letter(request)
        var mend = try BodyObject.read(request.body) { body in Self.mend(body, region: request.key.region) }
        if case .content(let content) = mend {
            mend = .content(try await self.content(content, in: request.workspace))
        }
        if case .value(let text, let habits) = mend, let value = letter.value {
            mend = try DeadLetterCorrection.mend(text, of: value, region: request.key.region, habits: habits)
        }
        let report = try await store.mendDeadLetter(
            letter.id, with: mend, in: request.workspace, by: request.key.name)
        return settled(report, request)
    }

    private static func mend(_ body: BodyObject, region: String) -> DeadLetterMend? {
        let ways = ["content", "phone", "value"]
        body.allow("content", "phone", "value")
        guard ways.filter(body.has).count == 1 else {
            let words = ways.joined(separator: ", ")
            body.problems.add(
                body.pointer, en: "name exactly one of: \(words)", es: "indique exactamente uno de: \(words)")
            return nil
        }
        if body.has("value") {
            return body.text("value", 1...ContactLimits.note).map { DeadLetterMend.value($0, habits: .machine) }
        }
        if body.has("phone") { return MessageDraft.phone("phone", of: body, region: region).map(DeadLetterMend.phone) }
        return body.object("content").flatMap(ContentReader.content).map(DeadLetterMend.content)
    }

    private func settled(
        _ report: DeadLetterReport, _ request: APIRequest, unconfirmed: [JobID]? = nil
    ) -> APIAnswer {
        wakeBoard.ring(report.lanes)
        let workspace = request.workspace
        report.conversations.forEach { changes.publish(.conversation($0), in: workspace) }
        changes.publish(.deadLetters, in: workspace)
        changes.publish(.ledger, in: workspace)
        var answer: JSONObject = ["settled": report.settled.sorted()]
        if let unconfirmed { answer.append("unconfirmed", unconfirmed.json) }
        return .ok(answer)
    }
}

extension APIProblem {
    static let needsNobody = APIProblem(
        409, "not_a_dead_letter", en: "Evidence or a colleague was faster: this needs nobody any more.",
        es: "Una prueba o un colega fue más rápido: esto ya no necesita a nadie.")
}
