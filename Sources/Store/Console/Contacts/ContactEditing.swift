import Domain

/// Changes one contact inside a transaction, so that it can be put back.
struct ContactEditing {
    let store: Store
    let connection: any SQLConnection
    let workspace: WorkspaceID
    let actor: String
    let now: Timestamp

    // MARK: Changing

    /// - Parameter expected: nil: whatever the contact says now.
    func edit(
        _ id: ContactID, _ edit: ContactEdit, expecting expected: Set<EditVersion>? = nil
    ) throws -> ContactEditOutcome {
        try check(edit)
        try lock(edit.adding)
        let contact = try connection.holdLiving(id, in: workspace)
        var edit = edit
        if expected != nil || edit.basis != nil {
            guard let now = try connection.contact(contact, in: workspace) else { throw PuenteError.noContact }
            try expected?.require(now.version)
            let clashes = try rebase(&edit, onto: now)
            guard clashes.isEmpty else { return .clash(ContactClash(contact: contact, columns: clashes)) }
        }
        guard let person = try connection.person(contact, in: workspace) else { throw PuenteError.noContact }
        for address in edit.adding {
            if let owner = try owner(of: address), owner != contact { return try taken(address, by: owner) }
            try refuseErased(address)
        }
        let change = store.ids.next(ChangeRow.self)
        var journal = try begin(change, .edited(person.shownName))
        try write(edit, to: contact, &journal)
        guard !journal.isEmpty else {
            try journal.discard()
            return .unchanged(contact: contact)
        }
        return try finish(&journal, contact)
    }

    private func rebase(_ edit: inout ContactEdit, onto now: ContactDetail) throws -> [ContactClash.Column] {
        guard let basis = edit.basis else { return [] }
        let current = ContactEdit.Basis(name: now.person.name, language: now.language, note: now.note)
        let history = HistoryReader(connection: connection, workspace: workspace)
        return try edit.rebase(from: basis, onto: current) { column, value in
            try history.author(of: column, saying: value, contact: now.person.id)
        }
    }

    func make(_ draft: ContactDraft) throws -> ContactEditOutcome {
        let edit = ContactEdit(
            name: draft.name, language: .set(draft.language), note: draft.note, adding: draft.addresses)
        try check(edit)
        guard !draft.name.isEmpty || !draft.addresses.isEmpty else { throw PuenteError.contactWithoutAnything }
        try lock(edit.adding)
        for address in edit.adding {
            if let owner = try owner(of: address) { return try taken(address, by: owner) }
            try refuseErased(address)
        }
        let contact = store.ids.next(ContactRow.self)
        let shown = draft.name.isEmpty ? draft.addresses.first?.shown ?? "" : draft.name
        var journal = try begin(store.ids.next(ChangeRow.self), .made(shown))
        try journal.insert(
            .contact,
            [
                "id": contact, "name": draft.name, "language": draft.language, "note": draft.note, "created_at": now,
                "updated_at": now,
            ], of: contact)
        for address in draft.addresses { try add(address, to: contact, &journal) }
        try label(contact, draft.labels, &journal)
        for (field, value) in draft.fields.sorted(by: { $0.key < $1.key }) {
            guard try connection.field(field, lock: connection.dialect.forShare, in: workspace) != nil else {
                throw PuenteError.noField
            }
            try journal.setField(field, of: contact, to: value, at: now)
        }
        return try finish(&journal, contact)
    }

    private func write(_ edit: ContactEdit, to contact: ContactID, _ journal: inout ChangeJournal) throws {
        var columns: SQLArguments = [:]
        if let name = edit.name { columns.set("name", name) }
        if let note = edit.note { columns.set("note", note) }
        if case .set(let language) = edit.language { columns.set("language", language) }
        if !columns.pairs.isEmpty { try journal.update(.contact, key: ["id": contact], set: columns, of: contact) }
        for handle in edit.ending { try end(handle, of: contact, &journal) }
        for address in edit.adding where try owner(of: address) == nil { try add(address, to: contact, &journal) }
        guard !journal.isEmpty else { return }
        if !edit.ending.isEmpty || edit.adding.contains(where: { $0.kind == .phone }) {
            try connection.forgetSenders(of: contact, in: workspace)
        }
        try journal.update(.contact, key: ["id": contact], set: ["updated_at": now], of: nil)
    }

    private func add(_ address: ContactEdit.Address, to contact: ContactID, _ journal: inout ChangeJournal) throws {
        try journal.insert(
            .handle,
            [
                "id": store.ids.next(HandleRow.self), "contact_id": contact, "kind": address.kind, "scope": "",
                "value": claim(address).value, "address": address.text, "valid_from": now, "valid_to": Timestamp?.none,
                "evidence": "person",
            ], of: contact)
    }

    private func end(_ handle: HandleID, of contact: ContactID, _ journal: inout ChangeJournal) throws {
        let kind = try connection.value(
            """
            SELECT kind FROM handle
            WHERE workspace_id = :workspace_id AND id = :id AND contact_id = :contact_id AND valid_to IS NULL
            """,
            ["workspace_id": workspace, "id": handle, "contact_id": contact], as: String.self)
        guard let kind else { throw PuenteError.noSuchHandle }
        guard ContactEdit.Address.Kind(rawValue: kind) != nil else { throw PuenteError.handleOfMeta }
        try journal.update(.handle, key: ["id": handle], set: ["valid_to": now], of: contact)
    }

    private func label(_ contact: ContactID, _ labels: [LabelID], _ journal: inout ChangeJournal) throws {
        for label in Set(labels).sorted() {
            guard try journal.hasLabel(label) else { throw PuenteError.noSuchLabel }
            try journal.insert(
                .contactLabel, ["contact_id": contact, "label_id": label, "actor": actor, "added_at": now],
                of: contact)
        }
    }

    // MARK: Whose an address is

    private func claim(_ address: ContactEdit.Address) -> HandleClaim {
        address.claim(canonicalPhone: store.canonicalPhone)
    }

    private func owner(of address: ContactEdit.Address) throws -> ContactID? {
        try connection.contact(claimedBy: claim(address), in: workspace)
    }

    /// Whoever asked to be forgotten comes back by themself, or not at all.
    private func refuseErased(_ address: ContactEdit.Address) throws {
        let claim = claim(address)
        guard try !connection.isErased(kind: claim.kind, value: claim.value, in: workspace, store: store) else {
            throw PuenteError.addressErased
        }
    }

    private func lock(_ addresses: [ContactEdit.Address]) throws {
        try connection.lock(addresses.map { "\($0.kind.rawValue)\(claim($0).value)" }, in: workspace)
    }

    private func taken(_ address: ContactEdit.Address, by owner: ContactID) throws -> ContactEditOutcome {
        guard let person = try connection.person(owner, in: workspace) else { throw PuenteError.noContact }
        return .taken(address, by: person)
    }

    // MARK: The frame

    private func begin(_ change: ChangeID, _ title: LocalizedText) throws -> ChangeJournal {
        try ChangeJournal.begin(
            ChangeDraft(.edit, title: title, actor: actor), on: connection, id: change, in: workspace, at: now)
    }

    private func finish(_ journal: inout ChangeJournal, _ contact: ContactID) throws -> ContactEditOutcome {
        try journal.save()
        try connection.writeSearchText(of: contact, in: workspace)
        let lanes = try connection.tellCRMs(of: contact, in: workspace, store: store, at: now)
        return .saved(journal.change, contact: contact, lanes: lanes)
    }

    private func check(_ edit: ContactEdit) throws {
        guard (edit.name?.count ?? 0) <= ContactLimits.name else { throw PuenteError.contactNameTooLong }
        guard (edit.note?.count ?? 0) <= ContactLimits.note else { throw PuenteError.contactNoteTooLong }
        guard edit.adding.count <= ContactLimits.addresses else { throw PuenteError.contactHasManyAddresses }
        if case .set(let language?) = edit.language, language.wholeMatch(of: /[a-z]{2,3}(_[A-Z]{2})?/) == nil {
            throw PuenteError.contactLanguageUnknown
        }
    }
}

extension ContactEdit.Address {
    func claim(canonicalPhone: (String) -> String) -> HandleClaim {
        let value =
            switch kind {
            case .phone: canonicalPhone(text)
            case .email: text.lowercased()
            }
        return HandleClaim(kind: kind.rawValue, scope: "", value: value, address: text)
    }

    fileprivate var shown: String { kind == .phone ? "+\(text)" : text }
}

extension PersonSummary {
    /// For sentences that are kept.
    var shownName: String { displayName ?? username.map { "@\($0)" } ?? phone.map { "+\($0)" } ?? "\(id)" }
}

extension SQLConnection {
    func person(_ contact: ContactID, in workspace: WorkspaceID) throws -> PersonSummary? {
        try row(
            """
            SELECT \(PersonSummary.columns) FROM contact p WHERE p.workspace_id = :workspace_id AND p.id = :id
            """, ["workspace_id": workspace, "id": contact]
        ).map(PersonSummary.init)
    }
}

extension LocalizedText {
    fileprivate static func edited(_ name: String) -> LocalizedText {
        LocalizedText(en: "Edited \(name)", es: "Edición de \(name)")
    }

    fileprivate static func made(_ name: String) -> LocalizedText {
        LocalizedText(en: "Added \(name)", es: "Alta de \(name)")
    }
}
