import Domain
import Hummingbird
import Store

/// Who has a conversation, whether it is open, how far it was read, and that somebody answers.
struct OwnershipController: Sendable {
    func add(to routes: ConsoleRoutes) {
        routes.post("/inbox/{id}/owner") { form, visit in
            try await change(form, visit) { command, expectation in
                guard let owner = ConversationOwner(form["owner"] ?? "", reader: visit.staff.id) else {
                    throw PuenteError.unreadableForm
                }
                return try await visit.store.setOwner(
                    owner, of: command.id, in: visit.workspace, expecting: expectation, by: visit.staff.name)
            }
        }
        routes.post("/inbox/{id}/state") { form, visit in
            try await change(form, visit) { command, expectation in
                switch form["state"] {
                case "closed":
                    try await visit.store.close(
                        command.id, in: visit.workspace, expecting: expectation, by: visit.staff.name)
                case "open":
                    try await visit.store.reopen(
                        command.id, in: visit.workspace, expecting: expectation, by: visit.staff.name)
                default: throw PuenteError.unreadableForm
                }
            }
        }
        routes.post("/inbox/{id}/reads") { form, visit in try await read(form, visit) }
        routes.post("/inbox/{id}/typing") { _, visit in
            let command = try ConversationCommand(visit)
            _ = try await command.summary()
            visit.parts.publish(try await visit.store.showTyping(command.id, in: visit.workspace))
            return Response(status: .noContent)
        }
    }

    /// Changes it while it is as the page showed it; of two people who reach for it, the second is told who has it.
    private func change(
        _ form: Form, _ visit: Visit,
        _ body: (ConversationCommand, OwnerExpectation) async throws -> RecordReport
    ) async throws -> Response {
        let command = try ConversationCommand(visit)
        guard let expected = ConversationOwner(token: form["expected"] ?? "") else { throw PuenteError.unreadableForm }
        do {
            visit.parts.publish(try await body(command, .owner(expected)))
            return command.done()
        } catch let error as PuenteError where error.isForForm && error.code == .conflict {
            return try await command.refused(error)
        }
    }

    /// A script tells which message is on the screen; without one a button says that all of it was read.
    private func read(_ form: Form, _ visit: Visit) async throws -> Response {
        let command = try ConversationCommand(visit)
        // Nothing is marked that was not there when the page was drawn.
        let newest = form["message"].flatMap { MessageID($0) }
        _ = try await command.summary()
        visit.parts.publish(try await visit.store.markRead(command.id, upTo: newest, in: visit.workspace))
        return visit.visitor.isFragment ? Response(status: .noContent) : command.done()
    }
}

extension ConversationOwner {
    /// What a hand-over's button asks for.
    fileprivate init?(_ name: String, reader: StaffID) {
        switch name {
        case "reader": self = .person(reader)
        case "queue": self = .queue
        case "automation": self = .automation
        default: self.init(token: name)
        }
    }

    /// What the page showed: ``OwnerFacts/token``.
    init?(token: String) {
        switch token {
        case "automation": self = .automation
        case "queue": self = .queue
        default:
            guard token.hasPrefix("person:"), let id = StaffID(String(token.dropFirst(7))) else { return nil }
            self = .person(id)
        }
    }
}
