import Domain
import Pipeline
import Store

extension ConsoleAPI {
    private static let contacts = "/api/v1/contacts"

    var contactOperations: [APIOperation] {
        let contact = "\(Self.contacts)/{contact}"
        return [
            .list(
                "listContacts", Self.contacts, filters: ["search", "label", "state", "consent", "reach", "order"],
                listContacts),
            .post("createContact", Self.contacts, createdAt: Self.contacts, createContact),
            .put("upsertContact", Self.contacts, upsertContact),
            .get("getContact", contact, getContact),
            .patch("editContact", contact, editContact),
            .list("listContactHistory", "\(contact)/history", listHistory),
            .post("restoreContactRow", "\(contact)/restorations", restoreRow),
            .post("tryNumberAgain", "\(contact)/handles/{handle}/tries", body: .none, tryNumberAgain),
        ]
    }

    // MARK: Reading

    private func listContacts(_ request: APIRequest) async throws -> APIAnswer {
        let query = request.query
        let search = try query.search("search")
        let asked = ContactQuery(
            search: search, number: SearchedNumber.digits(search, region: request.key.region),
            label: try query.id("label"), state: try query.choice("state", among: ContactState.allCases),
            consent: try query.choice("consent", among: ContactQuery.Consent.allCases),
            isUnreachable: try query.choice("reach", among: ContactsFilter.Reach.allCases).map { $0 == .unreachable },
            order: try query.choice("order", among: ContactQuery.Order.allCases) ?? .changed,
            after: try cursor.open(request), limit: try query.limit())
        try await noteListed(request, ["query": search].merging(request.query.filters) { $1 })
        let page = try await store.contacts(asked, in: request.workspace).page
        let views = views(request)
        return .page(page, of: request, cursor: cursor) { views.contact($0) }
    }

    /// Who listed or searched contacts is kept, before any is shown.
    func noteListed(_ request: APIRequest, _ asked: [String: String]) async throws {
        try await store.noteListed(asked, by: request.key.name, in: request.workspace)
    }

    /// Who looked at a contact is kept, before anything is shown.
    func noteSeen(_ contact: ContactID, _ request: APIRequest) async throws {
        try await store.noteSeen(contact, by: request.key.name, in: request.workspace)
    }

    private func getContact(_ request: APIRequest) async throws -> APIAnswer {
        let answer = try await shown(try request.id("contact"), request)
        try await noteSeen(try request.id("contact"), request)
        return answer
    }

    private func shown(_ id: ContactID, _ request: APIRequest, status: Int = 200) async throws -> APIAnswer {
        guard let contact = try await store.contact(id, in: request.workspace),
            let summary = try await store.contactSummary(contact.person.id, in: request.workspace)
        else { throw APIProblem.noSuchThing }
        let view = views(request).contact(contact, summary)
        return APIAnswer(status: status, body: view.json).tagged(contact.version)
    }

    // MARK: Changing

    private func createContact(_ request: APIRequest) async throws -> APIAnswer {
        let region = request.key.region
        let draft = try BodyObject.read(request.body) { body -> ContactDraft? in
            body.allow("name", "language", "note", "phone", "region", "email", "labels")
            return ContactDraft(
                name: body.optionalText("name", 0...ContactLimits.name)?.trimmed ?? "",
                language: ContactBody.language(body), note: body.optionalText("note", 0...ContactLimits.note) ?? "",
                addresses: ContactBody.addresses(body, region: region),
                labels: body.has("labels") ? body.ids("labels", 0...50) : [])
        }
        let outcome = try await store.createContact(draft, by: request.key.name, in: request.workspace)
        let contact = try await done(outcome, request)
        return try await shown(contact, request, status: 201)
    }

    /// Whoever has the phone, else the e-mail address, gets what the body says beside it; else somebody new is taken in.
    private func upsertContact(_ request: APIRequest) async throws -> APIAnswer {
        let region = request.key.region
        let (draft, names) = try BodyObject.read(request.body) { body -> (ContactDraft, [String])? in
            body.allow("name", "language", "phone", "region", "email", "labels")
            let draft = ContactDraft(
                name: body.optionalText("name", 0...ContactLimits.name)?.trimmed ?? "",
                language: ContactBody.language(body), addresses: ContactBody.addresses(body, region: region))
            if !body.has("phone"), !body.has("email") {
                body.note("phone", en: "name a phone or an email", es: "indique phone o email")
            }
            return (draft, body.texts("labels", 0...50, length: 1...LabelSummary.maxName))
        }
        var outcome = try await store.createContact(draft, by: request.key.name, in: request.workspace)
        var isNew = true
        if case .taken(let address, let owner) = outcome,
            case .meant(let expected) = try await found(owner.id, by: address, of: draft, request)
        {
            isNew = false
            let edit = ContactEdit(
                name: draft.name.isEmpty ? nil : draft.name,
                language: draft.language == nil ? .leave : .set(draft.language),
                adding: draft.addresses)
            outcome = try await store.editContact(
                owner.id, edit, expecting: expected, by: request.key.name, in: request.workspace)
        }
        let contact = try await done(outcome, request)
        for name in names {
            try await store.addLabel(
                named: name, color: .gray, to: contact, in: request.workspace, by: request.key.name)
        }
        return try await shown(contact, request, status: isNew ? 201 : 200)
    }

    private enum Found {
        /// With what they must still say when they are changed; nil: whatever it is.
        case meant(expecting: Set<EditVersion>?)
        case somebodyElse
    }

    /// As in lists: where the body names a phone that nobody has, its address finds who has no phone yet, and not somebody
    /// with another one. Two people may share an address.
    private func found(
        _ owner: ContactID, by address: ContactEdit.Address, of draft: ContactDraft, _ request: APIRequest
    ) async throws -> Found {
        guard address.kind == .email, draft.addresses.contains(where: { $0.kind == .phone }) else {
            return .meant(expecting: nil)
        }
        guard let contact = try await store.contact(owner, in: request.workspace),
            !contact.handles.contains(where: { $0.kind == "phone" && $0.validTo == nil })
        else { return .somebodyElse }
        return .meant(expecting: [contact.version])
    }

    private func editContact(_ request: APIRequest) async throws -> APIAnswer {
        let region = request.key.region
        let edit = try BodyObject.read(request.body) { body -> ContactEdit? in
            body.allow("name", "language", "note", "phone", "region", "email", "ending")
            return ContactEdit(
                name: body.optionalText("name", 0...ContactLimits.name)?.trimmed,
                language: body.has("language") ? .set(ContactBody.language(body)) : .leave,
                note: body.optionalText("note", 0...ContactLimits.note),
                adding: ContactBody.addresses(body, region: region),
                ending: body.has("ending") ? body.ids("ending", 0...ContactLimits.addresses) : [])
        }
        let outcome = try await store.editContact(
            try request.id("contact"), edit, expecting: request.expected, by: request.key.name, in: request.workspace)
        return try await shown(try await done(outcome, request), request)
    }

    /// The mark that nobody is reached at a number goes; where there is none, nothing changes.
    private func tryNumberAgain(_ request: APIRequest) async throws -> APIAnswer {
        let id: ContactID = try request.id("contact")
        guard try await store.contact(id, in: request.workspace) != nil else { throw APIProblem.noSuchThing }
        try await store.tryNumberAgain(
            try request.id("handle"), of: id, by: request.key.name, in: request.workspace)
        for conversation in try await store.conversations(with: id, in: request.workspace) {
            changes.publish(.conversation(conversation.id), in: request.workspace)
        }
        return try await shown(id, request)
    }

    /// - Throws: 409 when somebody else has the address, with their id.
    private func done(_ outcome: ContactEditOutcome, _ request: APIRequest) async throws -> ContactID {
        switch outcome {
        case .saved(_, let contact, let lanes):
            wakeBoard.ring(Set(lanes))
            for conversation in try await store.conversations(with: contact, in: request.workspace) {
                changes.publish(.conversation(conversation.id), in: request.workspace)
            }
            return contact
        case .unchanged(let contact): return contact
        case .clash: throw PuenteError.changedMeanwhile
        case .taken(let address, let owner):
            throw APIProblem(
                409, "handle_taken", en: "The contact \(owner.id) has \(address.text).",
                es: "El contacto \(owner.id) tiene \(address.text).")
        }
    }

    // MARK: History

    private func listHistory(_ request: APIRequest) async throws -> APIAnswer {
        let id: ContactID = try request.id("contact")
        guard try await store.contact(id, in: request.workspace) != nil else { throw APIProblem.noSuchThing }
        try await noteSeen(id, request)
        let page = try await store.history(
            of: id, after: try cursor.open(request), limit: try request.query.limit(), in: request.workspace)
        let views = views(request)
        return .page(page, of: request, cursor: cursor) { views.historyEntry($0) }
    }

    private func restoreRow(_ request: APIRequest) async throws -> APIAnswer {
        let id: ContactID = try request.id("contact")
        let (change, position) = try BodyObject.read(request.body) { body -> (ChangeID, Int)? in
            body.allow("change", "position")
            guard let change: ChangeID = body.id("change"),
                let position = body.integer("position", 1...Int64(Int32.max))
            else { return nil }
            return (change, Int(position))
        }
        guard try await store.contact(id, in: request.workspace) != nil else { throw APIProblem.noSuchThing }
        let outcome = try await store.putBack(
            position, of: change, for: id, by: request.key.name, in: request.workspace)
        return try await shown(try await done(outcome, request), request)
    }
}

/// Fields of a contact in a body.
enum ContactBody {
    /// Null, and a language that is missing, are none.
    static func language(_ body: BodyObject) -> String? {
        body.isNull("language") ? nil : body.optionalText("language", 2...6)
    }

    /// - Parameter region: of a number without a country code, where the body names none.
    static func addresses(_ body: BodyObject, region: String) -> [ContactEdit.Address] {
        // In a country that is none, no number can be read: one sentence is enough.
        let region = body.has("region") ? Self.region(body) : region
        let phone = body.has("phone") ? region.flatMap { MessageDraft.phone("phone", of: body, region: $0) } : nil
        return [phone.map { ContactEdit.Address(.phone, $0) }, email(body)].compactMap(\.self)
    }

    /// The country that a number is read as one of; nil where none is named.
    private static func region(_ body: BodyObject) -> String? {
        guard body.has("region") else { return nil }
        guard body.has("phone") else {
            body.note(
                "region", en: "says how a phone is read: name the phone, too",
                es: "dice cómo se lee un teléfono: indique también el teléfono")
            return nil
        }
        guard let written = body.text("region", 1...60) else { return nil }
        do throws(PuenteError) {
            return try ImportRegion.code(written)
        } catch {
            body.note("region", error.message)
            return nil
        }
    }

    private static func email(_ body: BodyObject) -> ContactEdit.Address? {
        guard let text = body.optionalText("email", 1...254) else { return nil }
        guard let email = EmailAddress(text) else {
            body.note("email", en: "must be an e-mail address", es: "debe ser un correo electrónico")
            return nil
        }
        return ContactEdit.Address(.email, email.text)
    }
}

extension RequestQuery {
    /// Those of a list of contacts that are set, but for what was typed.
    fileprivate var filters: [String: String] {
        var set: [String: String] = [:]
        for name in ["label", "state", "consent", "reach"] { set[name] = text(name) }
        return set
    }
}
