import Domain
import HTTPTypes
import Hummingbird
import Store

/// Writing to somebody with whom there is no open conversation on the number: the message begins one.
struct ContactWriting: WritingPlace {
    let visit: Visit
    let person: PersonSummary
    private let numbers: [WritingVerdicts.Number]
    /// Nil where there is none to write from.
    private let number: NumberID?

    /// Of the contact and the number in the address.
    /// - Throws: `notFound`.
    init(_ visit: Visit) async throws {
        let detail = try await ContactReading(visit: visit).detail()
        let asked = visit.query("number").flatMap { NumberID($0) }
        let verdicts = try await visit.store.writingVerdicts(
            to: detail.person.id, from: asked, by: .answer, in: visit.workspace)
        self.visit = visit
        person = detail.person
        numbers = verdicts?.numbers ?? []
        number = verdicts?.number
    }

    var target: MessageCommand.Target { .contact(person.id, from: number) }
    var key: String { "\(person.id)" }
    private var url: String { "/contacts/\(person.id)" }

    /// The conversation that is open already: there is its composer.
    func openConversation() async throws -> ConversationID? {
        try await visit.store.conversations(with: person.id, in: visit.workspace)
            .first { !$0.isClosed && $0.number == number }?.id
    }

    /// - Throws: `invalid` where there is no number to write from.
    func sending(_ form: Form) throws -> MessageSending {
        guard let number else { throw PuenteError.noNumberToWriteFrom }
        return MessageSending(
            place: self, form: form, reading: ComposerReading(visit: visit, person: person, number: number))
    }

    func page(
        _ composer: ComposerState, notice: OutcomeNotice? = nil, status: HTTPResponse.Status = .ok
    ) async throws -> Response {
        var state = composer
        state.templates = state.templates ?? ComposerState.Templates()
        let heading = try await ContactReading(visit: visit).heading(of: person.id)
        let page = ContactWritingPage(
            heading, numbers: numbers.map { .init(id: $0.id, name: $0.name) }, composer: try await view(state),
            number: number, notice: notice, in: visit.page)
        return try await visit.answer(page, at: .contacts, status: status, path: url + "/writing")
    }

    private func view(_ state: ComposerState) async throws -> ComposerView? {
        guard let number else { return nil }
        let facts = try await ComposerReading(visit: visit, person: person, number: number).facts(state)
        return ComposerView(
            at: .contact(person.id, from: number), person: PersonFacts(person).displayName(in: visit.page),
            windowEnds: nil, owner: nil, facts: facts, in: visit.page)
    }

    func done(in conversation: ConversationID?) -> Response {
        visit.redirect(conversation.map { "/inbox/\($0)" } ?? url)
    }

    /// Back to the templates, or why they could not be read.
    func refreshTemplates() async throws -> Response {
        if let failure = try await visit.parts.refreshTemplates().values.first {
            return try await page(
                ComposerState(), notice: OutcomeNotice(.failure, failure.advice[visit.page.language]),
                status: .conflict)
        }
        return visit.redirect(QueryText.url(url + "/writing", [("number", number?.description)]))
    }
}

/// The page on which one writes to a contact without a conversation.
struct ContactWritingController: Sendable {
    func add(to routes: ConsoleRoutes) {
        routes.get("/contacts/{id}/writing") { visit in
            let writing = try await ContactWriting(visit)
            if let open = try await writing.openConversation() { return writing.done(in: open) }
            await visit.noteSeen(writing.person.id)
            return try await writing.page(ComposerState(InboxAddress(visit)))
        }
        routes.post("/contacts/{id}/writing/messages", limits: .message) { form, visit in
            try await ContactWriting(visit).sending(form).sendTemplate()
        }
        routes.post("/contacts/{id}/writing/template-previews", limits: .message) { form, visit in
            try await ContactWriting(visit).sending(form).preview()
        }
        routes.post("/contacts/{id}/writing/template-refreshes") { _, visit in
            try await ContactWriting(visit).refreshTemplates()
        }
    }
}

extension PuenteError {
    fileprivate static let noNumberToWriteFrom = PuenteError(
        .invalid, detail: "from", en: "There is no WhatsApp number to write from. Connect one first.",
        es: "No hay ningún número de WhatsApp desde el que escribir. Conecte uno antes.")
}
