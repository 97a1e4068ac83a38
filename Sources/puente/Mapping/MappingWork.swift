import Domain
import OutboundHTTP
import Pipeline
import Store

/// One connection's mapping in the hands of a command, and the CRM that it is held against.
struct MappingWork {
    let account: ConnectionAccount
    /// Nil where nothing is mapped yet.
    let kept: KeptMapping?
    let vocabulary: SyncVocabulary
    let store: Store
    let workspace: WorkspaceID
    private let desk: MappingDesk
    /// Why the CRM cannot be asked at all; nil while the connection is on and its settings can be used.
    private let problem: PuenteError?

    /// - Parameter name: the connection's, as in the configuration.
    /// - Throws: `notFound` for the connection.
    static func run(
        on name: String, _ configuration: Configuration, _ open: OpenStore, in workspace: WorkspaceID,
        _ body: (MappingWork) async throws -> Void
    ) async throws {
        let client = OutboundClient(
            addressGuard: AddressGuard(privateHosts: PrivateHosts.of(configuration)), logger: .silent)
        do {
            try await body(MappingWork(name, configuration, open.store, client, in: workspace))
        } catch {
            // The process ends; that a pool would not shut down changes nothing.
            try? await client.shutdown()
            throw error
        }
        // As above.
        try? await client.shutdown()
    }

    private init(
        _ name: String, _ configuration: Configuration, _ store: Store, _ client: OutboundClient,
        in workspace: WorkspaceID
    ) async throws {
        self.store = store
        self.workspace = workspace
        account = try await BackfillDesk(store: store).anyAccount(named: name, in: workspace)
        kept = try await store.mapping(of: account.id, in: workspace)
        vocabulary = try await store.syncVocabulary(in: workspace)
        let book = ConnectorBook(
            store: store,
            factory: ConnectorFactory(client: client, language: configuration.workspace.language, now: store.now))
        let slug = account.slug
        let unusable = try await book.refresh().first { $0.slug == slug }?.problem
        problem = account.isOn ? unusable : PuenteError.connectionOff
        desk = MappingDesk(
            store: store, book: book, publicURL: configuration.server.publicURL, region: configuration.workspace.region)
    }

    /// As people know the CRM: "HubSpot".
    var crm: String { CRMName.shown(account.slug, kind: account.kind) }

    var mapping: FieldMapping { kept?.mapping ?? FieldMapping([]) }

    // MARK: The CRM

    /// The account's own fields; with the reason where they could not be read.
    func fields() async -> AccountFields {
        if let problem { return AccountFields(trouble: problem.message) }
        return await desk.fields(of: account.id)
    }

    /// - Throws: `unavailable` while the CRM cannot be asked.
    func standard() async throws -> FieldMapping {
        if let problem { throw problem }
        return try await desk.standard(for: account.id, in: workspace)
    }

    /// - Throws: as ``Pipeline/MappingDesk/attempt(_:of:with:in:)``.
    func attempt(_ mapping: FieldMapping, with contact: ContactID) async throws -> SyncTrial {
        if let problem { throw problem }
        return try await desk.attempt(mapping, of: account.id, with: contact, in: workspace)
    }

    // MARK: The rows

    /// - Parameter fields: nil where the CRM is not asked: then nothing is said of its side.
    func table(of mapping: FieldMapping, beside fields: AccountFields?) -> MappingTable {
        MappingTable(
            mapping, problems: mapping.problems(remote: fields?.described, shape: vocabulary.shape(of:)),
            warnings: mapping.warnings(remote: fields?.described, shape: vocabulary.shape(of:)),
            fields: fields, vocabulary: vocabulary)
    }

    /// - Throws: as ``Store/Store/saveMapping(_:of:expecting:by:in:)``.
    func save(_ mapping: FieldMapping, by terminal: Terminal) async throws {
        try await store.saveMapping(
            mapping, of: account.id, expecting: kept?.version, by: ImportRun.actor(terminal), in: workspace)
    }
}

extension PuenteError {
    fileprivate static let connectionOff = PuenteError(
        .conflict, detail: "connection_off",
        en: "This connection is switched off, or puente.yaml names it no more: its CRM is not asked.",
        es: "Esta conexión está desactivada o ya no está en puente.yaml: no se consulta su CRM.")
}
