import Domain
import HTTPTypes
import Hummingbird
import Pipeline
import Store

/// What a person changes of one contact in the card of its labels, fields and states. A script gets the card anew;
/// without one the page it stands in comes again.
struct ContactDetailsController: Sendable {
    func add(to routes: ConsoleRoutes) {
        routes.post("/contacts/{id}/labels") { form, visit in
            try await answer(visit, place: .label, written: form["add"] ?? "") { contact in
                try await setLabel(form, of: contact, visit)
            }
        }
        routes.post("/contacts/{id}/fields") { form, visit in
            guard let field = form["field"].flatMap({ FieldID($0) }) else { throw PuenteError.noSuchPage }
            let written = form["value"] ?? ""
            return try await answer(visit, place: .field(field), written: written) { contact in
                try await visit.store.setField(
                    field, of: contact, to: written, habits: visit.habits, in: visit.workspace, by: visit.staff.name)
            }
        }
        routes.post("/contacts/{id}/states") { form, visit in
            guard let state = form["state"].flatMap({ ContactState(rawValue: $0) }) else {
                throw PuenteError.noSuchPage
            }
            return try await answer(visit, place: .state(state), written: form["reason"] ?? "") { contact in
                try await setState(state, form, of: contact, visit)
            }
        }
        routes.get("/fragments/contacts/{id}/details") { visit in
            try await visit.answer(ContactDetailsCard(try await visit.details(of: try visit.id()), in: visit.page))
        }
    }

    private func setLabel(_ form: Form, of contact: ContactID, _ visit: Visit) async throws {
        if let label = form["remove"].flatMap({ LabelID($0) }) {
            try await visit.store.removeLabel(label, from: contact, in: visit.workspace, by: visit.staff.name)
        } else {
            try await visit.store.addLabel(
                named: form["add"] ?? "", color: .gray, to: contact, in: visit.workspace, by: visit.staff.name)
        }
    }

    private func setState(
        _ state: ContactState, _ form: Form, of contact: ContactID, _ visit: Visit
    ) async throws {
        if form["to"] == "off" {
            try await visit.store.clearState(state, of: contact, in: visit.workspace, by: visit.staff.name)
        } else {
            try await visit.store.setState(
                state, of: contact, reason: form["reason"] ?? "", in: visit.workspace, by: visit.staff.name)
        }
    }

    private func answer(
        _ visit: Visit, place: ContactDetailsFacts.Mistake.Place, written: String,
        _ change: (ContactID) async throws -> Void
    ) async throws -> Response {
        let contact: ContactID = try visit.id()
        var mistake: ContactDetailsFacts.Mistake?
        do {
            try await change(contact)
            try await publish(contact, visit)
        } catch let error as PuenteError where error.isForForm {
            // Without a script the sentence is a page of its own: the card belongs to whatever page it stood in.
            guard visit.visitor.isFragment else { throw error }
            mistake = ContactDetailsFacts.Mistake(place, written: written, error.message)
        }
        guard visit.visitor.isFragment else { return visit.redirect(visit.pageOfCard(contact)) }
        let card = ContactDetailsCard(try await visit.details(of: contact), mistake: mistake, in: visit.page)
        return try await visit.answer(card, status: mistake == nil ? .ok : .unprocessableContent)
    }

    /// Open threads with the contact show the card, too.
    private func publish(_ contact: ContactID, _ visit: Visit) async throws {
        let conversations = try await visit.store.conversations(
            ConversationQuery(contact: contact), in: visit.workspace)
        for conversation in conversations.items {
            visit.parts.changes.publish(.conversation(conversation.id), in: visit.workspace)
        }
    }
}

extension Visit {
    /// The page that a command of the card came from: the contact's, or a thread.
    fileprivate func pageOfCard(_ contact: ContactID) -> String {
        let thread = returning(to: "/inbox")
        return thread == "/inbox" ? returning(to: "/contacts/\(contact)") : thread
    }
}
