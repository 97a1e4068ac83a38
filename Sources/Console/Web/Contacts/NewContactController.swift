import Domain
import HTTPTypes
import Hummingbird
import Store

/// Somebody new.
struct NewContactController: Sendable {
    func add(to routes: ConsoleRoutes) {
        routes.get("/contacts/new") { visit in
            try await answer(NewContactPage.Draft(region: visit.parts.settings.region), visit)
        }
        routes.post("/contacts") { form, visit in try await create(form, visit) }
    }

    private func answer(
        _ draft: NewContactPage.Draft, _ visit: Visit, status: HTTPResponse.Status = .ok
    ) async throws -> Response {
        let labels = try await visit.store.contactFacets(in: visit.workspace).labels.map(LabelFacts.init)
        let fields = try await visit.store.fields(in: visit.workspace)
            .map { FieldFacts($0, in: visit.page.language) }
        let page = NewContactPage(draft, labels: labels, fields: fields, regions: RegionList.all, in: visit.page)
        return try await visit.answer(page, at: .contacts, status: status, path: "/contacts/new")
    }

    private func create(_ form: Form, _ visit: Visit) async throws -> Response {
        var draft = NewContactPage.Draft(form, region: visit.parts.settings.region)
        let fields = try await visit.store.fields(in: visit.workspace)
        for field in fields { draft.values[field.id] = form[NewContactPage.name(of: field.id)] ?? "" }
        do {
            var contact = try draft.contact
            contact.fields = try values(draft, of: fields, visit)
            if form["sure"] != "yes" {
                let namesakes = try await visit.store.contacts(named: contact.name, in: visit.workspace)
                draft.namesakes = namesakes.map(PersonFacts.init)
            }
            // An address that is somebody's is said before names that are alike.
            if let owner = try await visit.store.owner(of: contact.addresses, in: visit.workspace) {
                return try await refused(&draft, .taken(owner.address), owner: owner.person, visit)
            }
            guard draft.namesakes.isEmpty else {
                return try await answer(draft, visit, status: .unprocessableContent)
            }
            let outcome = try await visit.store.createContact(contact, by: visit.staff.name, in: visit.workspace)
            guard case .taken(let address, let person) = outcome else {
                return try await ContactAnswer(visit: visit).redirect(outcome, telling: .created)
            }
            return try await refused(&draft, .taken(address), owner: person, visit)
        } catch let error as PuenteError where error.code == .invalid {
            return try await refused(&draft, error, owner: nil, visit)
        } catch let error as PuenteError where error == .addressErased {
            let field = (form["phone"] ?? "").isEmpty ? "email" : "phone"
            return try await refused(
                &draft, PuenteError(.refused, detail: field, message: error.message), owner: nil, visit)
        }
    }

    /// - Throws: `invalid` with the field's name in the form.
    private func values(
        _ draft: NewContactPage.Draft, of fields: [FieldSummary], _ visit: Visit
    ) throws -> [FieldID: FieldValue] {
        var values: [FieldID: FieldValue] = [:]
        for field in fields {
            do throws(PuenteError) {
                values[field.id] = try field.read(draft.values[field.id] ?? "", habits: visit.habits)
            } catch {
                throw PuenteError(.invalid, detail: NewContactPage.name(of: field.id), message: error.message)
            }
        }
        return values
    }

    private func refused(
        _ draft: inout NewContactPage.Draft, _ error: PuenteError, owner: PersonSummary?, _ visit: Visit
    ) async throws -> Response {
        draft.field = error.detail
        draft.error = error.message
        draft.owner = owner.map(PersonFacts.init)
        draft.namesakes = []
        return try await answer(draft, visit, status: .unprocessableContent)
    }
}

extension NewContactPage.Draft {
    fileprivate init(_ form: Form, region: String) {
        self.init(
            name: (form["name"] ?? "").trimmed, phone: (form["phone"] ?? "").trimmed,
            region: AddressReading.region(form, else: region), email: (form["email"] ?? "").trimmed,
            note: (form["note"] ?? "").replacing("\r\n", with: "\n"), labels: Set(form.ids("label")))
        language = form["language"] ?? ""
    }

    /// - Throws: ``PuenteError`` `invalid` with the sentence for a field.
    fileprivate var contact: ContactDraft {
        get throws {
            let phone = phone.isEmpty ? nil : try AddressReading.phone(phone, region: region)
            let email = email.isEmpty ? nil : try AddressReading.email(email)
            return ContactDraft(
                name: name, language: language.isEmpty ? nil : language, note: note,
                addresses: [phone, email].compactMap(\.self), labels: labels.sorted())
        }
    }
}
