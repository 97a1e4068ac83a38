import Domain
import HTTPTypes
import Hummingbird
import Pipeline
import Secrets
import Store

/// The page on which a composer stands, as far as its forms need it.
protocol WritingPlace: Sendable {
    var visit: Visit { get }
    /// Where the message goes.
    var target: MessageCommand.Target { get }
    /// Tells the place's forms from others'.
    var key: String { get }

    /// The page again, with what was being written.
    func page(_ composer: ComposerState, notice: OutcomeNotice?, status: HTTPResponse.Status) async throws -> Response

    /// To the conversation that the message is in; nil when that is not known here.
    func done(in conversation: ConversationID?) -> Response
}

/// One form of the composer on its way to becoming a message.
struct MessageSending: Sendable {
    /// What a text or caption may hold before anybody counts exactly.
    private static let longestDraft = 20_000

    let place: any WritingPlace
    let form: Form
    let reading: ComposerReading

    private var visit: Visit { place.visit }
    private var reply: MessageID? { form["reply"].flatMap { MessageID($0) } }
    /// Forms write line breaks as CR LF.
    private var text: String {
        String((form["text"] ?? "").replacing("\r\n", with: "\n").prefix(Self.longestDraft))
    }

    // MARK: Texts and files

    func sendMessage() async throws -> Response {
        var draft = ComposerState()
        draft.reply = reply
        draft.draft = text
        return try await guarding(draft) {
            if let file = form.file {
                let limits = try AttachmentLimits.limits(ofMIMEType: file.mimeType)
                try limits.check(byteCount: file.size)
                try check(.media(media(file, kind: limits.kind, storedAs: MediaID(rawValue: 0))))
                return try await send(.media(try await media(file, kind: limits.kind)), of: file.sha256)
            }
            let content = MessageContent.text(TextContent(body: text, previewURL: text.contains("://") ? true : nil))
            return try await send(content)
        }
    }

    private func media(_ file: UploadedFile, kind: MediaContent.Kind) async throws -> MediaContent {
        let id = try await visit.store.addMedia(
            kind, number: reading.number, sha256: file.sha256, size: file.size, mimeType: file.mimeType,
            filename: file.filename, in: visit.workspace)
        return media(file, kind: kind, storedAs: id)
    }

    private func media(_ file: UploadedFile, kind: MediaContent.Kind, storedAs id: MediaID) -> MediaContent {
        MediaContent(
            kind: kind, mimeType: file.mimeType, caption: text.allSatisfy(\.isWhitespace) ? nil : text,
            filename: kind == .document ? file.filename : nil, storedID: id)
    }

    // MARK: Templates

    func sendTemplate() async throws -> Response {
        guard var filling = try await filling() else {
            return try await refusedTemplate(errors: [:], SendRefusal.templateUnknown.sentence)
        }
        do {
            filling.file = try headerFile(of: filling.template)
        } catch let error as PuenteError where error.isForForm {
            return try await refusedTemplate(errors: ["header": error.message], nil)
        }
        let errors = filling.errors { MessageCheck.problem(in: $0) }
        guard errors.isEmpty else { return try await refusedTemplate(errors: errors, nil) }
        return try await guarding(templateState(errors: [:])) { [filling] in
            guard let file = form.file, let kind = filling.file?.kind else {
                return try await send(.template(filling.content))
            }
            var filling = filling
            filling.file = try await media(file, kind: kind)
            return try await send(.template(filling.content), of: file.sha256)
        }
    }

    /// The file for the heading, not yet a row of the store; nil when none was chosen.
    private func headerFile(of template: TemplateChoiceFacts) throws -> MediaContent? {
        guard let file = form.file, let kind = template.facts.header?.mediaKind else { return nil }
        let limits = try AttachmentLimits.limits(ofMIMEType: file.mimeType)
        guard limits.kind == kind else { throw PuenteError.otherKind }
        try limits.check(byteCount: file.size)
        return media(file, kind: kind, storedAs: MediaID(rawValue: 0))
    }

    /// The text with the values typed so far: the part of the page for a script, else the page with the same form.
    func preview() async throws -> Response {
        guard let filling = try await filling() else { throw PuenteError.noSuchPage }
        guard visit.visitor.isFragment else {
            return try await place.page(templateState(errors: [:]), notice: nil, status: .ok)
        }
        return try await visit.answer(
            TemplatePreview(
                try await reading.draft(TemplateDraftFacts(choice: filling.template, values: filling.values))))
    }

    private func filling() async throws -> TemplateFilling? {
        guard let id = form["template"].flatMap({ TemplateID($0) }), let template = try await reading.template(id)
        else { return nil }
        return TemplateFilling(template: template, values: values)
    }

    private var values: [String: String] {
        let isField = { (name: String) in name == "header" || name.hasPrefix("body.") || name.hasPrefix("button.") }
        return Dictionary(form.fields.pairs.filter { isField($0.name) }.map { ($0.name, $0.value) }) { first, _ in first
        }
    }

    private func refusedTemplate(errors: [String: LocalizedText], _ error: LocalizedText?) async throws -> Response {
        var state = templateState(errors: errors)
        state.error = error
        return try await place.page(state, notice: nil, status: .unprocessableContent)
    }

    private func templateState(errors: [String: LocalizedText]) -> ComposerState {
        var state = ComposerState()
        state.templates = ComposerState.Templates(
            selected: form["template"].flatMap { TemplateID($0) }, values: values, errors: errors)
        return state
    }

    // MARK: The message

    /// A refusal is told on the page, with everything that was written.
    private func guarding(_ state: ComposerState, _ send: () async throws -> Response) async throws -> Response {
        do {
            return try await send()
        } catch let error as PuenteError where error == .idempotencyInProgress {
            // The same form a moment ago: its message is on the way.
            return place.done(in: nil)
        } catch let error as PuenteError where error.isForForm {
            var state = state
            state.error = error.message
            return try await place.page(state, notice: nil, status: error.code.formStatus)
        }
    }

    private func check(_ content: MessageContent) throws {
        if let problem = MessageCheck.problem(in: content) { throw problem }
    }

    /// - Parameter file: its hash: the same file is the same message, under whichever row it was stored.
    private func send(_ content: MessageContent, of file: String = "") async throws -> Response {
        try check(content)
        let message = MessageCommand(
            workspace: visit.workspace, target: place.target, content: content,
            replyTo: try await reading.quoted(reply)?.id, author: .staff(visit.staff.id, name: visit.staff.name),
            expecting: form["expected"].flatMap { ConversationOwner(token: $0) })
        let outcome = try await visit.store.accept(message, once: request(file)) {
            StoredAnswer(status: 303, body: $0.conversation.description)
        }
        switch outcome {
        case .done(let accepted, _):
            visit.parts.publish(accepted, in: visit.workspace)
            return place.done(in: accepted.conversation)
        case .replayed(let answer): return place.done(in: ConversationID(answer.body))
        }
    }

    /// The same form with the same content is the same message, however often it comes; one that was changed on the way
    /// (a browser goes back to the form as it was) is another.
    private func request(_ file: String) -> IdempotentRequest {
        let once = (form["once"].map { String($0.prefix(100)) }).flatMap { $0.isEmpty ? nil : $0 }
        let written = form.fields.pairs.filter { $0.name != "csrf" && $0.name != "expected" }
        let content = ([place.key, file] + written.flatMap { [$0.name, $0.value] }).map {
            "\($0.utf8.count):\($0)"
        }
        let digest = TokenHash(of: content.joined()).text
        return IdempotentRequest(
            workspace: visit.workspace, staff: visit.staff.id, key: "\(once ?? ComposerState.makeOnce()).\(digest)",
            fingerprint: digest)
    }
}

extension PuenteError {
    fileprivate static let otherKind = PuenteError(
        .invalid, detail: "media_type",
        en: "The template's heading takes another kind of file.",
        es: "El encabezado de la plantilla lleva otro tipo de archivo.")
}
