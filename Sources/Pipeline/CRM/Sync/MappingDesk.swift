package import Domain
package import Store

/// What people and programs do with the mapping of a connection beyond keeping it: ask the CRM for its fields, try the
/// mapping with one contact, take the standard one, have missing fields made.
package struct MappingDesk: Sendable {
    private let store: Store
    private let context: SyncContext
    private let account: @Sendable (ConnectionID) -> MappingAccount?
    private let memory = AccountFieldsMemory()

    /// - Parameter account: nil for a connection that is switched off or cannot be used.
    package init(
        store: Store, context: SyncContext, account: @escaping @Sendable (ConnectionID) -> MappingAccount?
    ) {
        self.store = store
        self.context = context
        self.account = account
    }

    /// - Parameter region: of numbers that were written without a country code.
    package init(store: Store, book: ConnectorBook, publicURL: String?, region: String) {
        self.init(
            store: store, context: .ofServer(publicURL: publicURL, region: region),
            account: { book.entry($0).map(MappingAccount.init) })
    }

    // MARK: Fields

    /// As the account describes them now, or did some minutes ago.
    package func fields(of crm: ConnectionID) async -> AccountFields {
        if let known = memory.fields(of: crm, now: store.now()) { return known }
        let read = await read(crm)
        memory.keep(read, of: crm, now: store.now())
        return read
    }

    /// The next reading asks the CRM.
    package func forgetFields(of crm: ConnectionID) {
        memory.forget(crm)
    }

    private func read(_ crm: ConnectionID) async -> AccountFields {
        guard let account = account(crm) else { return AccountFields(trouble: PuenteError.unusableConnection.message) }
        do throws(CallFailure) {
            return AccountFields(try await account.fields(), takesAnyField: account.takesAnyField)
        } catch {
            return AccountFields(trouble: error.advice)
        }
    }

    // MARK: Making

    /// Whether ``prepare(_:)`` makes a field of this name.
    package func makes(_ field: String, in crm: ConnectionID) -> Bool {
        account(crm)?.ownFields.contains(field) ?? false
    }

    /// Has the CRM make those of Puente's own fields that it lacks.
    /// - Returns: the names of what was made.
    /// - Throws: `unavailable` with the CRM's advice.
    package func prepare(_ crm: ConnectionID) async throws -> [String] {
        let account = try usable(crm)
        memory.forget(crm)
        do throws(CallFailure) {
            return try await account.prepare()
        } catch {
            throw PuenteError(error)
        }
    }

    /// The mapping that fits the connection's kind, with the rows switched off that the account cannot hold.
    /// - Throws: `unavailable` while the CRM cannot be asked.
    package func standard(for crm: ConnectionID, in workspace: WorkspaceID) async throws -> FieldMapping {
        let account = try usable(crm)
        let fields = await fields(of: crm)
        if let trouble = fields.trouble { throw PuenteError.unaskedCRM(trouble) }
        return try await store.fitting(account.standard, to: fields.described, in: workspace)
    }

    // MARK: Trying

    /// What comparing a contact with its record would do by a mapping that need not be kept. Reads the record now and
    /// writes nothing on either side.
    /// - Throws: `notFound` for the contact; `refused` with the detail `not_linked` or `record_gone`; `unavailable` while
    ///   the CRM cannot be asked.
    package func attempt(
        _ mapping: FieldMapping, of crm: ConnectionID, with contact: ContactID, in workspace: WorkspaceID
    ) async throws -> SyncTrial {
        guard let person = try await store.contact(contact, in: workspace) else { throw PuenteError.noTrialContact }
        let account = try usable(crm)
        guard let link = person.remoteRefs.first(where: { $0.connection == crm }) else {
            throw PuenteError.notLinked(account.name)
        }
        let asked = SyncTrialQuestion(
            crm: crm, contact: person.person.id, remoteID: link.remoteID, workspace: workspace)
        let record = try await record(of: asked, mapping, account)
        let turn = SyncTurn(crm, in: workspace, cause: .staff, actor: account.name)
        let trial = try await store.tryMerge(
            record, by: mapping, turn, context: context.knowing(account.knownUsers(), held: account.held))
        guard let trial else { throw PuenteError.noTrialContact }
        return trial
    }

    /// A system that cannot be read from says what it was last known to say.
    private func record(
        of asked: SyncTrialQuestion, _ mapping: FieldMapping, _ account: MappingAccount
    ) async throws -> SyncRecord {
        guard let read = account.record else {
            let agreed = try await store.agreedFields(
                of: [asked.contact], mapping, with: asked.crm, in: asked.workspace)
            return asked.record(agreed[asked.contact] ?? [:])
        }
        let described = await fields(of: asked.crm).described.map { Set($0.map(\.name)) }
        let names = mapping.remoteNames.filter { described?.contains($0) ?? true }
        let found: MappingAccount.Record?
        do throws(CallFailure) {
            found = try await read(asked.remoteID, names)
        } catch {
            throw PuenteError(error)
        }
        guard let found else { throw PuenteError.recordGone(account.name) }
        let said = Dictionary(names.map { ($0, found.fields[$0] ?? "") }, uniquingKeysWith: { $1 })
        return asked.record(said, at: found.modifiedAt)
    }

    private func usable(_ crm: ConnectionID) throws(PuenteError) -> MappingAccount {
        guard let account = account(crm) else { throw PuenteError.unusableConnection }
        return account
    }
}

/// Of whom a trial asks what.
private struct SyncTrialQuestion {
    let crm: ConnectionID
    let contact: ContactID
    let remoteID: String
    let workspace: WorkspaceID

    func record(_ fields: [String: String], at moment: Timestamp? = nil) -> SyncRecord {
        SyncRecord(contact: contact, remoteID: remoteID, fields: fields, modifiedAt: moment)
    }
}

extension PuenteError {
    fileprivate init(_ failure: CallFailure) {
        self = .unaskedCRM(failure.advice)
    }

    /// The CRM's advice says why.
    fileprivate static func unaskedCRM(_ why: LocalizedText) -> PuenteError {
        PuenteError(.unavailable, detail: "crm_unavailable", message: why)
    }

    fileprivate static let unusableConnection = PuenteError(
        .unavailable, detail: "crm_unavailable",
        en: "The connection is switched off, or its settings cannot be used. The log says why.",
        es: "La conexión está desactivada o su configuración no se puede usar. El registro dice por qué.")
    fileprivate static let noTrialContact = PuenteError(
        .notFound, detail: "no_contact", en: "There is no such contact.", es: "No existe ese contacto.")

    fileprivate static func notLinked(_ crm: String) -> PuenteError {
        PuenteError(
            .refused, detail: "not_linked", en: "This contact has no record in \(crm) yet.",
            es: "Este contacto aún no tiene ficha en \(crm).")
    }

    fileprivate static func recordGone(_ crm: String) -> PuenteError {
        PuenteError(
            .refused, detail: "record_gone", en: "The contact's record is not in \(crm) any more.",
            es: "La ficha del contacto ya no está en \(crm).")
    }
}
