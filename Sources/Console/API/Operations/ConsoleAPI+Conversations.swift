import Domain
import Store

extension ConsoleAPI {
    private enum State: String, CaseIterable { case open, closed }
    private enum OwnerKind: String, CaseIterable { case automation, queue, person }

    var conversationOperations: [APIOperation] {
        [
            .list(
                "listConversations", "/api/v1/conversations", filters: ["view", "number", "contact", "search"],
                listConversations),
            .get("getConversation", "/api/v1/conversations/{conversation}", getConversation),
            .put("setConversationOwner", "/api/v1/conversations/{conversation}/owner", setOwner),
            .put("setConversationState", "/api/v1/conversations/{conversation}/state", setState),
            .get("listStaff", "/api/v1/staff", listStaff),
        ]
    }

    private func listConversations(_ request: APIRequest) async throws -> APIAnswer {
        let query = request.query
        // A key is nobody's inbox: "mine" is for people.
        let view = try query.choice("view", among: [InboxView.all, .unassigned, .closed]) ?? .all
        let page = try await store.conversations(
            ConversationQuery(
                view: view, number: query.id("number"), contact: query.id("contact"), search: query.search("search"),
                before: cursor.open(request), limit: query.limit()),
            in: request.workspace)
        let views = views(request)
        return .page(page, of: request, cursor: cursor) { views.conversation($0) }
    }

    private func getConversation(_ request: APIRequest) async throws -> APIAnswer {
        .ok(try await shown(try request.id("conversation"), request))
    }

    private func shown(_ id: ConversationID, _ request: APIRequest) async throws -> JSONObject {
        guard let conversation = try await store.conversation(id, in: request.workspace) else {
            throw APIProblem.noSuchThing
        }
        try await noteSeen(conversation.person.id, request)
        return views(request).conversation(conversation)
    }

    // MARK: Changing hands

    private func setOwner(_ request: APIRequest) async throws -> APIAnswer {
        let conversation: ConversationID = try request.id("conversation")
        let (owner, expectation) = try BodyObject.read(request.body) { body -> (ConversationOwner, OwnerExpectation)? in
            body.allow("kind", "staff", "version")
            let expectation = Self.expectation(body)
            return Self.owner(body).map { ($0, expectation) }
        }
        publish(
            try await store.setOwner(
                owner, of: conversation, in: request.workspace, expecting: expectation, by: request.key.name))
        return .ok(try await shown(conversation, request))
    }

    private static func owner(_ body: BodyObject) -> ConversationOwner? {
        guard let kind = body.choice("kind", of: OwnerKind.self) else { return nil }
        if kind != .person, body.has("staff") {
            body.note("staff", en: "only a person has one", es: "solo para «person»")
        }
        switch kind {
        case .automation: return .automation
        case .queue: return .queue
        case .person: return body.id("staff").map(ConversationOwner.person)
        }
    }

    private func setState(_ request: APIRequest) async throws -> APIAnswer {
        let conversation: ConversationID = try request.id("conversation")
        let (state, expectation) = try BodyObject.read(request.body) { body -> (State, OwnerExpectation)? in
            body.allow("state", "version")
            let expectation = Self.expectation(body)
            return body.choice("state", of: State.self).map { ($0, expectation) }
        }
        let actor = request.key.name
        switch state {
        case .closed:
            publish(
                try await store.close(conversation, in: request.workspace, expecting: expectation, by: actor))
        case .open:
            publish(
                try await store.reopen(conversation, in: request.workspace, expecting: expectation, by: actor))
        }
        return .ok(try await shown(conversation, request))
    }

    private static func expectation(_ body: BodyObject) -> OwnerExpectation {
        body.optionalInteger("version", 0...Int64.max).map(OwnerExpectation.version) ?? .any
    }

    private func listStaff(_ request: APIRequest) async throws -> APIAnswer {
        let views = views(request)
        return .all(try await store.staff(in: request.workspace)) { views.staff($0) }
    }
}
