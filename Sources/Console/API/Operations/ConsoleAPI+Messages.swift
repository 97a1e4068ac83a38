import Domain
import Pipeline
import Store

extension ConsoleAPI {
    private enum Direction: String, CaseIterable { case inbound, outbound }

    var messageOperations: [APIOperation] {
        [
            .list(
                "listMessages", "/api/v1/messages", filters: ["conversation", "contact", "number", "direction"],
                listMessages),
            .post(
                "sendMessage", "/api/v1/messages", repeats: .rememberedByOperation, createdAt: "/api/v1/messages",
                sendMessage),
            .get("getMessage", "/api/v1/messages/{message}", getMessage),
            .post(
                "retryMessage", "/api/v1/messages/{message}/retries", body: .none, createdAt: "/api/v1/messages",
                retryMessage),
        ]
    }

    private func listMessages(_ request: APIRequest) async throws -> APIAnswer {
        let query = request.query
        let direction = try query.choice("direction", among: Direction.allCases)
        let (conversation, contact): (ConversationID?, ContactID?) = (
            try query.id("conversation"), try query.id("contact")
        )
        try await noteReader(of: conversation, with: contact, request)
        let page = try await store.messages(
            MessageQuery(
                conversation: conversation, contact: contact, number: query.id("number"),
                isInbound: direction.map { $0 == .inbound }, before: cursor.open(request), limit: query.limit()),
            in: request.workspace)
        let views = views(request)
        return .page(page, of: request, cursor: cursor) { views.message($0) }
    }

    /// Whoever reads what was written with somebody has looked at them, as by the inbox.
    private func noteReader(
        of conversation: ConversationID?, with contact: ContactID?, _ request: APIRequest
    ) async throws {
        if let contact, let listed = try await store.listedContact(contact, in: request.workspace) {
            try await noteSeen(listed, request)
        } else if let conversation,
            let known = try await store.conversation(conversation, in: request.workspace)
        {
            try await noteSeen(known.person.id, request)
        }
    }

    private func getMessage(_ request: APIRequest) async throws -> APIAnswer {
        let id: MessageID = try request.id("message")
        guard let message = try await store.message(id, in: request.workspace),
            let trail = try await store.trail(of: id, in: request.workspace)
        else { throw APIProblem.noSuchThing }
        try await noteSeen(message.contact, request)
        let views = views(request)
        var object = views.message(message)
        object.append("trail", trail.map(views.trail).json)
        return .ok(object)
    }

    // MARK: Sending

    private func sendMessage(_ request: APIRequest) async throws -> APIAnswer {
        do {
            return try await accept(try await command(request), request)
        } catch {
            // What a command refers to may have gone since; a repeat is told what the first request was told. Where the
            // database does not say, the first error is the one that counts: it may be that the message was taken on.
            guard let repeatable = request.repeatable, let stored = try? await store.answer(to: repeatable) else {
                throw error
            }
            return try APIAnswer(replaying: stored)
        }
    }

    private func accept(_ command: MessageCommand, _ request: APIRequest) async throws -> APIAnswer {
        guard let repeatable = request.repeatable else {
            return accepted(try await store.accept(command), in: request.workspace)
        }
        let outcome = try await store.accept(command, once: repeatable) { accepted in
            StoredAnswer(status: 202, body: JSONWriter.text(accepted.json.json))
        }
        switch outcome {
        case .done(let accepted, _): return self.accepted(accepted, in: request.workspace)
        case .replayed(let stored): return try APIAnswer(replaying: stored)
        }
    }

    private func accepted(_ accepted: AcceptedMessage, in workspace: WorkspaceID) -> APIAnswer {
        wakeBoard.ring(accepted.lanes)
        changes.publish(.conversation(accepted.conversation), in: workspace)
        return APIAnswer(status: 202, body: accepted.json.json)
    }

    private func retryMessage(_ request: APIRequest) async throws -> APIAnswer {
        let accepted = try await store.tryAgain(
            try request.id("message"), in: request.workspace, by: .api(key: request.key.name))
        return self.accepted(accepted, in: request.workspace)
    }

    // MARK: From what was written to a command

    private func command(_ request: APIRequest) async throws -> MessageCommand {
        let draft = try BodyObject.read(request.body) { MessageDraft.read($0, region: request.key.region) }
        let from = try await number(draft.from, in: request.workspace)
        let content = try await content(draft.content, in: request.workspace)
        let target: MessageCommand.Target =
            switch draft.target {
            case .address(let recipient): .address(recipient, from: from)
            case .contact(let contact): .contact(contact, from: from)
            case .conversation(let conversation): .conversation(conversation)
            }
        return MessageCommand(
            workspace: request.workspace, target: target, content: content, replyTo: draft.replyTo,
            author: .api(key: request.key.name))
    }

    private func number(_ text: String?, in workspace: WorkspaceID) async throws -> NumberID? {
        guard let text else { return nil }
        let numbers = try await store.numbers(in: workspace)
        guard let number = numbers.first(where: { $0.name == text || $0.id.description == text }) else {
            throw APIProblem.unknownReference("/from")
        }
        return number.id
    }

    /// Looks up what the content refers to, and asks for Meta's limits.
    func content(_ content: MessageContent, in workspace: WorkspaceID) async throws -> MessageContent {
        var content = content
        switch content {
        case .reaction(var reaction):
            guard let id = MessageID(reaction.messageID),
                let wamid = try await store.message(id, in: workspace)?.wamid
            else { throw APIProblem.unknownReference("/content/message") }
            reaction.messageID = wamid
            content = .reaction(reaction)
        case .media(let media): try await requireFile(media, at: "/content/file", in: workspace)
        case .interactive(let interactive):
            guard case .media(let media)? = interactive.header else { break }
            try await requireFile(media, at: "/content/header/file", in: workspace)
        case .template(let template):
            for (index, parameter) in template.header.enumerated() {
                guard case .media(let media) = parameter.value else { continue }
                try await requireFile(media, at: "/content/header/\(index)/file", in: workspace)
            }
        default: break
        }
        if let problem = rules.contentProblem(content) {
            throw APIProblem(problem).with([APIProblem.Fault(place: .pointer("/content"), message: problem.message)])
        }
        return content
    }

    /// The file is here, and is what it is to be sent as. One that came in may be of a type or size that cannot be
    /// sent.
    private func requireFile(_ media: MediaContent, at pointer: String, in workspace: WorkspaceID) async throws {
        guard let id = media.storedID else { return }
        guard let file = try await store.mediaFile(id, in: workspace), file.state == .stored else {
            throw APIProblem.unknownReference(pointer)
        }
        guard file.kind == media.kind.rawValue else { throw APIProblem.otherFileKind(pointer, kind: file.kind) }
        guard let type = file.mimeType, let size = file.size else { return }
        if let problem = rules.fileProblem(media.kind, type, Int(size)) {
            throw APIProblem(problem).with([APIProblem.Fault(place: .pointer(pointer), message: problem.message)])
        }
    }
}

extension APIProblem {
    /// A field names something that is not there.
    static func unknownReference(_ pointer: String) -> APIProblem {
        APIProblem(
            422, "unknown_reference", en: "The body names something that does not exist here; \"errors\" says where.",
            es: "El cuerpo nombra algo que no existe aquí; «errors» dice dónde."
        ).with([
            Fault(
                place: .pointer(pointer),
                message: LocalizedText(
                    en: "there is nothing of this name or id", es: "no hay nada con este nombre o id"))
        ])
    }

    fileprivate static func otherFileKind(_ pointer: String, kind: String) -> APIProblem {
        APIProblem(
            422, "wrong_file_kind", en: "The file is of another kind than the content says; \"errors\" says where.",
            es: "El archivo es de otro tipo que el que dice el contenido; «errors» dice dónde."
        ).with([
            Fault(
                place: .pointer(pointer),
                message: LocalizedText(en: "this file has the kind \(kind)", es: "este archivo es del tipo \(kind)"))
        ])
    }
}
