import Domain
import Hummingbird
import Pipeline
import Store

/// Sending: texts, files and templates, and once more what did not arrive.
struct SendController: Sendable {
    func add(to routes: ConsoleRoutes) {
        routes.post("/inbox/{id}/messages", limits: .message) { form, visit in
            let sending = try await ConversationCommand(visit).sending(form)
            return form["template"] == nil ? try await sending.sendMessage() : try await sending.sendTemplate()
        }
        routes.post("/inbox/{id}/template-refreshes") { _, visit in try await refreshTemplates(visit) }
        // A browser without scripts sends the chosen file along; it is not needed for the text.
        routes.post("/inbox/{id}/template-previews", limits: .message) { form, visit in
            try await ConversationCommand(visit).sending(form).preview()
        }
        routes.post("/inbox/{id}/messages/{message}/attempts") { _, visit in try await tryAgain(visit) }
        routes.post("/media/{id}/fetches") { _, visit in try await fetchAgain(visit) }
    }

    private func refreshTemplates(_ visit: Visit) async throws -> Response {
        let command = try ConversationCommand(visit)
        if let failure = try await visit.parts.refreshTemplates().values.first {
            return try await command.refused(
                PuenteError(.conflict, detail: "templates_not_read", message: failure.advice))
        }
        return command.choosingTemplate()
    }

    private func tryAgain(_ visit: Visit) async throws -> Response {
        let command = try ConversationCommand(visit)
        let id: MessageID = try visit.id("message")
        guard let message = try await visit.store.message(id, in: visit.workspace), message.conversation == command.id
        else { throw PuenteError.noSuchPage }
        do {
            let accepted = try await visit.store.tryAgain(id, in: visit.workspace, by: command.author)
            visit.parts.publish(accepted, in: visit.workspace)
            return command.done(in: accepted.conversation)
        } catch let error as PuenteError where error.isForForm {
            return try await command.refused(error)
        }
    }

    private func fetchAgain(_ visit: Visit) async throws -> Response {
        let id: MediaID = try visit.id()
        let (conversation, lanes) = try await visit.store.fetchAgain(id, in: visit.workspace, by: visit.staff.name)
        visit.parts.wakeBoard.ring(lanes)
        guard let conversation else { return visit.redirect("/inbox") }
        visit.parts.changes.publish(.conversation(conversation), in: visit.workspace)
        return visit.redirect(InboxAddress.origin(of: visit).url(of: conversation))
    }
}

extension ConsoleParts {
    /// After a message was taken on.
    func publish(_ accepted: AcceptedMessage, in workspace: WorkspaceID) {
        wakeBoard.ring(accepted.lanes)
        changes.publish(.conversation(accepted.conversation), in: workspace)
    }
}
