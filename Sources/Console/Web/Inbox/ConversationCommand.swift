import Domain
import HTTPTypes
import Hummingbird
import Store

/// What the commands of one conversation share: who gives them, where they lead, and how a refusal is told.
struct ConversationCommand: WritingPlace {
    let visit: Visit
    let id: ConversationID
    private let filter: InboxFilter

    init(_ visit: Visit) throws {
        self.visit = visit
        self.id = try visit.id()
        self.filter = InboxAddress.origin(of: visit)
    }

    var target: MessageCommand.Target { .conversation(id) }
    var key: String { "\(id)" }
    var author: MessageCommand.Author { .staff(visit.staff.id, name: visit.staff.name) }

    /// Back to the conversation, with the list as it was.
    /// - Parameter other: where the message went when this one was closed.
    func done(in other: ConversationID? = nil) -> Response {
        visit.redirect(filter.url(of: other ?? id))
    }

    /// Back to the templates.
    func choosingTemplate() -> Response {
        visit.redirect(filter.url("/inbox/\(id)", [("templates", "all")]))
    }

    /// The conversation again, as it is now, with the sentence above it.
    func refused(_ error: PuenteError) async throws -> Response {
        try await page(
            ComposerState(), notice: OutcomeNotice(.failure, error.message[visit.page.language]),
            status: error.code.formStatus)
    }

    /// The conversation again, with what was being written.
    func page(
        _ composer: ComposerState, notice: OutcomeNotice? = nil, status: HTTPResponse.Status
    ) async throws -> Response {
        let reading = InboxReading(visit: visit, address: InboxAddress(filter))
        let open = try await reading.conversation(
            try await reading.summary(id), composer: composer, notice: notice)
        let page = await reading.page(open, id: id, pane: .thread)
        return try await visit.answer(page, at: .inbox, status: status, path: filter.url(of: id))
    }

    func sending(_ form: Form) async throws -> MessageSending {
        MessageSending(
            place: self, form: form, reading: ComposerReading(visit: visit, summary: try await summary()))
    }

    func summary() async throws -> ConversationSummary {
        try await InboxReading(visit: visit, address: InboxAddress(filter)).summary(id)
    }
}

extension PuenteError {
    /// A mistake of the person's, or news that came in between: told on the page, not instead of it.
    var isForForm: Bool {
        switch code {
        case .invalid, .refused, .tooLarge, .conflict: true
        case .unauthorized, .forbidden, .notFound, .throttled, .unavailable: false
        }
    }
}

extension PuenteError.Code {
    /// The same page again; scripts put the answers 422 and 409 into it.
    var formStatus: HTTPResponse.Status { self == .conflict ? .conflict : .unprocessableContent }
}
