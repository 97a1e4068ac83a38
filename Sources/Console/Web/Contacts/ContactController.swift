import Domain
import HTTPTypes
import Hummingbird
import Pipeline
import Store

/// The page about one person, and what is changed there.
struct ContactController: Sendable {
    func add(to routes: ConsoleRoutes) {
        routes.get("/contacts/{id}") { visit in try await page(visit) }
        routes.post("/contacts/{id}/edits") { form, visit in try await edit(form, visit) }
        routes.post("/contacts/{id}/addresses") { form, visit in try await add(form, visit) }
        routes.post("/contacts/{id}/addresses/{handle}/tries") { _, visit in try await tryAgain(visit) }
        routes.post("/contacts/{id}/addresses/{handle}/endings") { _, visit in try await end(visit) }
    }

    private func page(_ visit: Visit) async throws -> Response {
        let reading = ContactReading(visit: visit)
        let detail = try await reading.detail()
        let contact = detail.person.id
        // Of one that was merged, the address is that of the one it became.
        guard try visit.id() == contact else { return visit.redirect("/contacts/\(contact)") }
        try await reading.noteSeen(contact)
        return try await answer(visit, detail)
    }

    private func answer(
        _ visit: Visit, _ detail: ContactDetail, draft: ContactPageDraft? = nil,
        status: HTTPResponse.Status = .ok
    ) async throws -> Response {
        let facts = try await ContactReading(visit: visit).facts(of: detail)
        let page = ContactPage(
            facts, draft: draft, regions: RegionList.all, region: visit.parts.settings.region,
            details: try await visit.details(of: detail.person.id), notice: ContactNotice(visit)?.shown, in: visit.page)
        return try await visit.answer(page, at: .contacts, status: status, path: "/contacts/\(detail.person.id)")
    }

    // MARK: Commands

    private func edit(_ form: Form, _ visit: Visit) async throws -> Response {
        let detail = try await ContactReading(visit: visit).detail()
        // Forms write line breaks as CR LF.
        let (name, note) = ((form["name"] ?? "").trimmed, (form["note"] ?? "").replacing("\r\n", with: "\n"))
        let language = form["language"].flatMap { $0.isEmpty ? nil : $0 }
        var edit = ContactEdit(
            name: name, language: .set(language), note: note, basis: ContactEdit.Basis(form))
        edit.takeTheirs(form)
        var draft = ContactPageDraft(name: name, note: note, language: language ?? "")
        draft.basis = edit.basis.map(ContactPageFacts.Basis.init)
        do {
            let outcome = try await visit.store.editContact(
                detail.person.id, edit, by: visit.staff.name, in: visit.workspace)
            guard case .clash(let clash) = outcome else { return try await done(outcome, visit) }
            // What they decide upon now is what stands there now; what they did not touch follows it.
            draft.leave(what: edit)
            draft.basis = nil
            draft.clash = clash.columns.map(ContactPageDraft.Clash.init)
            let now = try await ContactReading(visit: visit).detail()
            return try await answer(visit, now, draft: draft, status: .conflict)
        } catch let error as PuenteError where error.code == .invalid {
            draft.mistake = ContactMistake(.details, error.message)
            return try await answer(visit, detail, draft: draft, status: .unprocessableContent)
        }
    }

    private func add(_ form: Form, _ visit: Visit) async throws -> Response {
        let detail = try await ContactReading(visit: visit).detail()
        let (text, region) = (form["address"] ?? "", AddressReading.region(form, else: visit.parts.settings.region))
        func refused(_ error: PuenteError, owner: PersonSummary? = nil) async throws -> Response {
            let mistake = ContactMistake(.address, error.message, owner: owner.map(PersonFacts.init))
            return try await answer(
                visit, detail, draft: ContactPageDraft(address: text, region: region, mistake: mistake),
                status: .unprocessableContent)
        }
        do {
            let address = try AddressReading.address(text, region: region)
            let outcome = try await visit.store.editContact(
                detail.person.id, ContactEdit(adding: [address]), by: visit.staff.name, in: visit.workspace)
            guard case .taken(let address, let owner) = outcome else { return try await done(outcome, visit) }
            return try await refused(.taken(address), owner: owner)
        } catch let error as PuenteError where error.code == .invalid || error == .addressErased {
            return try await refused(error)
        }
    }

    private func end(_ visit: Visit) async throws -> Response {
        let contact: ContactID = try visit.id()
        let handle: HandleID = try visit.id("handle")
        let outcome = try await visit.store.editContact(
            contact, ContactEdit(ending: [handle]), by: visit.staff.name, in: visit.workspace)
        return try await done(outcome, visit)
    }

    /// The mark that nobody is reached at a number goes.
    private func tryAgain(_ visit: Visit) async throws -> Response {
        let contact: ContactID = try visit.id()
        let change = try await visit.store.tryNumberAgain(
            try visit.id("handle"), of: contact, by: visit.staff.name, in: visit.workspace)
        for conversation in try await visit.store.conversations(with: contact, in: visit.workspace) {
            visit.parts.changes.publish(.conversation(conversation.id), in: visit.workspace)
        }
        return visit.redirect(
            "/contacts/\(contact)", telling: ContactNotice.flash(change == nil ? .unchanged : .tried))
    }

    private func done(_ outcome: ContactEditOutcome, _ visit: Visit) async throws -> Response {
        try await ContactAnswer(visit: visit).redirect(outcome, telling: .edited)
    }
}

/// What follows when a contact was changed.
struct ContactAnswer: Sendable {
    let visit: Visit

    /// Wakes the CRMs' lanes, tells open pages, and leads to a page about the contact.
    /// - Parameters:
    ///   - command: what the page says when anything was changed.
    ///   - page: below the contact's own.
    func redirect(
        _ outcome: ContactEditOutcome, telling command: ContactNotice.Command, page: String = ""
    ) async throws -> Response {
        switch outcome {
        case .saved(_, let contact, let lanes):
            visit.parts.wakeBoard.ring(Set(lanes))
            for conversation in try await visit.store.conversations(with: contact, in: visit.workspace) {
                visit.parts.changes.publish(.conversation(conversation.id), in: visit.workspace)
            }
            return visit.redirect("/contacts/\(contact)\(page)", telling: ContactNotice.flash(command))
        case .unchanged(let contact):
            return visit.redirect("/contacts/\(contact)\(page)", telling: ContactNotice.flash(.unchanged))
        case .taken(let address, let owner):
            throw PuenteError(
                .conflict, detail: "handle_taken", en: "\(owner.name) has \(address.text) by now.",
                es: "\(owner.name) ya tiene \(address.text).")
        case .clash: throw PuenteError.changedMeanwhile
        }
    }
}
