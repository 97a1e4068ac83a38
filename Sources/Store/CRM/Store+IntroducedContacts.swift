package import Domain

extension Store {
    /// Takes over whom the company's own system introduces: it cannot be read from, so that its events are its contacts' only
    /// way in. Whoever is not here yet is made, as one change that can be put back, by the rules of lists: nobody agrees to
    /// anything by it, and a number or address that somebody has makes nobody new.
    /// - Parameter actor: whose word it is, for the change.
    /// - Throws: ``PuenteError``: `refused` with the detail `address_erased` for who had their data erased here; `invalid` with
    ///   `no_address` for who is not here and has no number or address to be told apart by.
    @discardableResult
    package func introduce(
        _ identity: RemoteIdentity, connection crm: ConnectionID, in workspace: WorkspaceID, by actor: String,
        comparing comparison: SyncComparison? = nil
    ) async throws -> RecordReport {
        let (store, now) = (self, now())
        return try await database.write(on: .work) { connection in
            let introduction = Introduction(
                store: store, connection: connection, crm: crm, workspace: workspace, actor: actor, now: now)
            try store.adoption(crm, in: workspace, connection, at: now).lock([identity])
            let made = try introduction.make(identity)
            let report = try store.adopt(
                [identity], crm: crm, in: workspace, comparing: comparison, into: made?.change, connection, at: now)
            if let made { try introduction.close(made, of: identity) }
            return report
        }
    }
}

/// Somebody whom a system tells of, inside one transaction.
private struct Introduction {
    /// The change is open still: what is taken over of them belongs to it.
    struct Made {
        let contact: ContactID
        let change: ChangeID
    }

    let store: Store
    let connection: any SQLConnection
    let crm: ConnectionID
    let workspace: WorkspaceID
    let actor: String
    let now: Timestamp

    /// - Returns: nil where they are here already.
    func make(_ identity: RemoteIdentity) throws -> Made? {
        guard try !isLinked(identity) else { return nil }
        let person = ImportedPerson(identity, canonical: store.canonicalPhone)
        let keys = Set(person.keys(store.canonicalPhone))
        var planner = ImportPlanner(
            options, snapshot: try connection.importSnapshot(keys, in: workspace, store: store), finding: .ownNumbers,
            ids: store.ids, canonical: store.canonicalPhone)
        switch planner.plan(person) {
        case .refused(let why) where why.code == ImportNote.erasedCode: throw PuenteError.addressErased
        case .refused: throw PuenteError.introducedWithoutAddress
        case .plan(let plan) where !plan.isNew: return nil
        // All that is said of them is somebody's second number.
        case .plan(let plan) where plan.phones.isEmpty && plan.email == nil:
            throw PuenteError.introducedWithoutAddress
        case .plan(let plan): return try write(plan, named: identity.name)
        }
    }

    /// It says which contact it is, or is linked with one.
    private func isLinked(_ identity: RemoteIdentity) throws -> Bool {
        if let contact = identity.contact, try connection.isContact(contact, in: workspace) { return true }
        return try connection.contact(withRecord: identity.remoteID, of: crm, in: workspace) != nil
    }

    private func write(_ plan: PersonPlan, named name: String) throws -> Made {
        let names = [name, plan.phones.first.map { "+\($0.address)" }, plan.email?.address].compactMap(\.self)
        let shown = names.first { !$0.isEmpty } ?? ""
        let draft = ChangeDraft(
            .edit, title: LocalizedText(en: "Added \(shown)", es: "Alta de \(shown)"), actor: actor)
        var writer = try ImportWriter(
            source,
            journal: try .begin(draft, on: connection, id: store.ids.next(), in: workspace, at: now),
            store: store, at: now)
        try writer.write([ImportWriter.Row(number: 1, plan: plan)])
        try writer.journal.save(closing: false)
        return Made(contact: plan.contact, change: writer.journal.change)
    }

    private var options: ImportOptions {
        var options = ImportOptions()
        options.existing = .skip
        return options
    }

    private var source: ImportSource {
        ImportSource(
            workspace: workspace, name: "", options: options, actor: actor, evidence: HandleEvidence.crm)
    }

    /// The link goes when they do. It comes last: what is put back first.
    func close(_ made: Made, of identity: RemoteIdentity) throws {
        var journal = try ChangeJournal.resume(made.change, on: connection, in: workspace)
        if try connection.contact(withRecord: identity.remoteID, of: crm, in: workspace) == made.contact {
            let key: SQLArguments = ["connection_id": crm, "entity": "contact", "local_id": made.contact]
            try journal.note(
                .remoteRef, key: RowImage(key), before: nil,
                after: RowImage(key.and(["remote_id": identity.remoteID])), of: made.contact)
        }
        try journal.save()
    }
}

extension SQLConnection {
    fileprivate func isContact(_ id: ContactID, in workspace: WorkspaceID) throws -> Bool {
        try row(
            "SELECT 1 AS one FROM contact WHERE workspace_id = :workspace_id AND id = :id",
            ["workspace_id": workspace, "id": id]) != nil
    }
}

extension PuenteError {
    static let introducedWithoutAddress = PuenteError(
        .invalid, detail: "no_address",
        en:
            "This contact is not here yet. To be made, it needs a phone number or an e-mail address that can be read and is nobody else's.",
        es:
            "Este contacto aún no está aquí. Para crearlo hace falta un número de teléfono o una dirección de correo que se pueda leer y no sea de otra persona."
    )
}
