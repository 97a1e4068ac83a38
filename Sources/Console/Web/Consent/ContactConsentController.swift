import Domain
import HTTPTypes
import Hummingbird
import Pipeline
import Store

/// One person's consent: looked at, written down, asked for, printed.
struct ContactConsentController: Sendable {
    func add(to routes: ConsoleRoutes) {
        routes.get("/contacts/{id}/consent") { visit in
            let command = visit.flash(of: .consent).flatMap { ContactConsentPage.Command(rawValue: $0.command) }
            return try await answer(
                visit, notice: command.map { ContactConsentPage.outcome(of: $0, in: visit.page) })
        }
        routes.get("/contacts/{id}/consent/proof") { visit in try await proof(visit) }
        routes.post("/contacts/{id}/consent/entries") { form, visit in try await record(form, visit) }
        routes.post("/contacts/{id}/consent/questions") { form, visit in try await ask(form, visit) }
    }

    // MARK: The page

    private func answer(
        _ visit: Visit, draft: ConsentDraft = .init(), askError: LocalizedText? = nil, notice: OutcomeNotice? = nil,
        status: HTTPResponse.Status = .ok
    ) async throws -> Response {
        let file = try await file(visit)
        let page = ContactConsentPage(
            ConsentFacts(file), heading: try await ContactReading(visit: visit).heading(of: file.person.id),
            verdict: try await verdict(file.person.id, visit),
            selected: visit.query("template").flatMap { TemplateID($0) }, draft: draft, askError: askError,
            notice: notice, in: visit.page)
        await visit.noteSeen(file.person.id)
        return try await visit.answer(
            page, at: .contacts, status: status, path: visit.request.method == .get ? nil : page.path)
    }

    private func file(_ visit: Visit) async throws -> ConsentFile {
        guard let file = try await visit.store.consent(of: try visit.id(), in: visit.workspace) else {
            throw PuenteError.noSuchPage
        }
        return file
    }

    /// Nil while there is no number to write from.
    private func verdict(_ contact: ContactID, _ visit: Visit) async throws -> VerdictFacts? {
        let asked = visit.query("number").flatMap { NumberID($0) }
        return try await visit.store.writingVerdicts(to: contact, from: asked, in: visit.workspace)
            .map(VerdictFacts.init)
    }

    /// Who printed it is kept, before anything is shown.
    private func proof(_ visit: Visit) async throws -> Response {
        let file = try await file(visit)
        try await visit.store.noteSeen(file.person.id, by: visit.staff.name, in: visit.workspace)
        let page = ConsentProofPage(
            ConsentFacts(file), company: visit.account.workspaceName, reader: visit.staff.name, in: visit.page)
        return try await visit.answer(page, at: .contacts)
    }

    // MARK: Commands

    private func record(_ form: Form, _ visit: Visit) async throws -> Response {
        let reading = ConsentFormReading(form, now: visit.page.now, zone: visit.page.zone)
        guard let told = reading.told else {
            return try await answer(visit, draft: reading.draft, status: .unprocessableContent)
        }
        let contact: ContactID = try visit.id()
        try await visit.store.recordConsent(
            ConsentEntryDraft(
                contact: contact, purpose: told.purpose, change: told.change, source: told.source, words: told.words,
                at: told.at, actor: visit.staff.name), in: visit.workspace)
        return visit.redirect(
            "/contacts/\(contact)/consent", telling: FlashNotice(.consent, ContactConsentPage.Command.entries.rawValue))
    }

    private func ask(_ form: Form, _ visit: Visit) async throws -> Response {
        let contact: ContactID = try visit.id()
        do {
            let asked = try await visit.store.askForConsent(
                contact, by: form["template"].flatMap { TemplateID($0) },
                from: form["number"].flatMap { NumberID($0) }, actor: visit.staff.name, in: visit.workspace)
            visit.parts.publish(asked.message, in: visit.workspace)
        } catch let error as PuenteError where error.isForForm {
            return try await answer(visit, askError: error.message, status: error.code.formStatus)
        }
        return visit.redirect(
            "/contacts/\(contact)/consent",
            telling: FlashNotice(.consent, ContactConsentPage.Command.questions.rawValue))
    }
}
