import Domain

/// Writes another value where a CRM refuses one of a contact, as an edit on the contact's page would, inside the transaction
/// that tries it again.
struct DeadLetterValueMending {
    enum Written {
        case text(String, WritingHabits)
        case address(ContactEdit.Address)
    }

    let settling: DeadLetterSettling

    private var connection: any SQLConnection { settling.connection }
    private var workspace: WorkspaceID { settling.workspace }

    func mend(_ job: JobID, with written: Written) throws -> DeadLetterReport {
        let letter = try connection.deadLetters(
            "WHERE j.workspace_id = :workspace_id AND j.id = :id AND j.state = 'discarded'",
            ["workspace_id": workspace, "id": job], in: workspace, now: settling.now
        ).first
        guard let letter else { throw PuenteError.noDeadLetter }
        guard letter.canBeMended, let value = letter.value, let person = letter.person else {
            throw PuenteError.valueCannotBeMended
        }
        let lanes = try write(written, value, of: person)
        var report = try settling.retry([job], event: "mended", confirmed: true)
        report.lanes.formUnion(lanes)
        report.conversations.formUnion(try conversations(with: person.id))
        return report
    }

    private func write(_ written: Written, _ value: DeadLetter.Value, of person: PersonSummary) throws -> [Lane] {
        switch (written, value.local) {
        case (.address(let address), .phone?) where address.kind == .phone,
            (.address(let address), .email?) where address.kind == .email:
            return try edit(person, replacing(value.present, by: address, of: person.id))
        case (.text(let text, let habits), let local?):
            let text = text.trimmingSpace
            guard !text.isEmpty else { throw PuenteError.noValue }
            return try write(text, habits, local, value.field, of: person)
        case (.address, _), (.text, nil): throw PuenteError.valueCannotBeMended
        }
    }

    private func write(
        _ text: String, _ habits: WritingHabits, _ local: LocalField, _ field: FieldID?, of person: PersonSummary
    ) throws -> [Lane] {
        // As CRMs are told of who was never named.
        let name = PersonName(person.name.isEmpty ? person.profileName : person.name)
        switch local {
        case .name: return try edit(person, ContactEdit(name: text))
        case .firstName: return try edit(person, ContactEdit(name: PersonName(first: text, last: name.last).whole))
        case .lastName: return try edit(person, ContactEdit(name: PersonName(first: name.first, last: text).whole))
        case .note: return try edit(person, ContactEdit(note: text))
        case .language:
            guard let language = WrittenLanguage(text) else { throw PuenteError.contactLanguageUnknown }
            return try edit(person, ContactEdit(language: .set(language.stored)))
        case .custom, .wellKnown:
            guard let field else { throw PuenteError.valueCannotBeMended }
            try set(field, of: person.id, to: text, habits)
            return []
        case .phone, .email, .profileName, .whatsAppID, .userID, .username, .labels, .marketingConsent,
            .marketingConsentAt, .marketingConsentSource, .lastInboundAt, .lastOutboundAt, .windowEndsAt, .page,
            .createdAt:
            throw PuenteError.valueCannotBeMended
        }
    }

    // MARK: Addresses

    private func replacing(
        _ present: String, by address: ContactEdit.Address, of contact: ContactID
    ) throws -> ContactEdit {
        let former = address.kind == .phone ? String(present.dropFirst()) : present
        guard former != address.text else { return ContactEdit() }
        let handles = try connection.rows(
            """
            SELECT id FROM handle
            WHERE workspace_id = :workspace_id AND contact_id = :contact_id AND kind = :kind AND address = :address
                AND valid_to IS NULL
            """,
            ["workspace_id": workspace, "contact_id": contact, "kind": address.kind, "address": former])
        return ContactEdit(adding: [address], ending: try handles.map { try $0.get("id") })
    }

    private func edit(_ person: PersonSummary, _ edit: ContactEdit) throws -> [Lane] {
        let editing = ContactEditing(
            store: settling.store, connection: connection, workspace: workspace, actor: settling.actor,
            now: settling.now)
        switch try editing.edit(person.id, edit) {
        case .saved(_, _, let lanes): return lanes
        case .unchanged: return []
        case .taken(let address, let owner): throw PuenteError.taken(address, by: owner)
        case .clash: throw PuenteError.changedMeanwhile
        }
    }

    // MARK: Fields of the company's own

    private func set(_ id: FieldID, of contact: ContactID, to text: String, _ habits: WritingHabits) throws {
        guard let field = try connection.field(id, lock: connection.dialect.forShare, in: workspace) else {
            throw PuenteError.noField
        }
        let value = try field.read(text, habits: habits)
        let contact = try connection.holdLiving(contact, in: workspace)
        var journal = try ChangeJournal.begin(
            ChangeDraft(.edit, title: .fieldSet(field.title), actor: settling.actor), on: connection,
            id: settling.store.ids.next(ChangeRow.self), in: workspace, at: settling.now)
        try journal.lock(contact)
        try journal.setField(id, of: contact, to: value, at: settling.now)
        guard !journal.isEmpty else { return try journal.discard() }
        try journal.save()
    }

    /// Whose pages show the contact.
    private func conversations(with contact: ContactID) throws -> [ConversationID] {
        try connection.rows(
            "SELECT id FROM conversation WHERE workspace_id = :workspace_id AND contact_id = :contact_id LIMIT 50",
            ["workspace_id": workspace, "contact_id": contact]
        ).map { try $0.get("id") }
    }
}

extension String {
    fileprivate var trimmingSpace: String {
        var text = self[...]
        while text.first?.isWhitespace == true { text.removeFirst() }
        while text.last?.isWhitespace == true { text.removeLast() }
        return String(text)
    }
}

extension PuenteError {
    static let valueCannotBeMended = PuenteError(
        .conflict, detail: "cannot_be_mended",
        en: """
            Another value does not mend this here. Change the contact, its record in the CRM, or the mapping; then try again.
            """,
        es: """
            Aquí no se corrige con otro valor. Cambie el contacto, su ficha en el CRM o la correspondencia, y vuelva a \
            intentarlo.
            """)
    static let noValue = PuenteError(.invalid, detail: "value", en: "Write a value.", es: "Escriba un valor.")

    fileprivate static func taken(_ address: ContactEdit.Address, by owner: PersonSummary) -> PuenteError {
        let (name, text) = (owner.shownName, address.kind == .phone ? "+\(address.text)" : address.text)
        return PuenteError(
            .conflict, detail: "handle_taken",
            en: "\(name) has \(text) already. Merge the two contacts, or write another one.",
            es: "\(name) ya tiene \(text). Combine los dos contactos o escriba otro valor.")
    }
}
