import CRM
import Domain
import Logging
import OutboundHTTP
import Pipeline
import ServiceLifecycle
import Store
import WhatsApp

/// The pipeline, wired: what takes in, interprets, sends and records.
struct PipelineParts: Sendable {
    let store: Store
    let wakeBoard = WakeBoard()
    let changes = ChangeFeed()
    let lease = LeaseClock()
    let routes = Routes()
    /// For the addresses of Meta and of the sandbox.
    let http: OutboundClient
    /// For those that somebody typed, and those that come in an answer.
    private let guarded: OutboundClient
    /// For those of subscribers: that the configuration calls something on this machine opens it to nobody's webhook.
    private let toSubscribers: OutboundClient
    let client: GraphClient
    let gate = WebhookGate()
    let intake: WebhookIntake
    let book: ConnectorBook
    let context: CourierContext
    let media: MediaFolder
    let templates: TemplateRefresh
    /// What people and programs do with the mapping of a CRM connection.
    let mappingDesk: MappingDesk
    /// What people and programs do about what sync did.
    let syncDesk: SyncDesk
    private let accounts = AccountsInUse()
    private let renewal = WorkerRenewal()
    private let crmHints = CRMHints()
    private let machine = MachineLoad()
    private let plan: ServerPlan
    private let logger: Logger

    init(plan: ServerPlan, store: Store, logger: Logger, onStorageFailure: @escaping @Sendable (String) -> Void) {
        self.plan = plan
        self.store = store
        self.logger = logger
        http = OutboundClient(logger: logger)
        guarded = OutboundClient(addressGuard: AddressGuard(privateHosts: plan.privateHosts), logger: logger)
        toSubscribers = OutboundClient(
            addressGuard: AddressGuard(privateHosts: plan.namedPrivateHosts), logger: logger)
        client = GraphClient(graphURL: plan.graphURL, apiVersion: plan.apiVersion, http: http, files: guarded)
        let log = IntakeLog(
            store: store, limits: plan.intake, wakeBoard: wakeBoard, onStorageFailure: onStorageFailure)
        intake = WebhookIntake(gate: gate, log: log, limits: plan.intake, store: store)
        book = ConnectorBook(
            store: store, factory: ConnectorFactory(client: guarded, language: plan.language, now: store.now))
        context = CourierContext(
            store: store, wakeBoard: wakeBoard, changes: changes, pauses: PauseBoard(store: store, logger: logger),
            lease: lease, logger: logger, jitter: { Double.random(in: 0.9...1.1) }, givingWayTo: log)
        media = MediaFolder(path: plan.mediaFolder)
        templates = TemplateRefresh(context: context, client: client)
        mappingDesk = MappingDesk(store: store, book: book, publicURL: plan.publicURL, region: plan.region)
        syncDesk = SyncDesk(
            store: store,
            crms: CRMKnowledge(
                of: book, plan.crm, sweepEvery: plan.sweepEvery, compareEvery: plan.compareEvery),
            context: .ofServer(publicURL: plan.publicURL, region: plan.region), wakeBoard: wakeBoard,
            changes: changes, logger: logger)
    }

    /// Closed last: it stands first among the services.
    var connections: OutboundConnections {
        OutboundConnections(clients: [http, guarded, toSubscribers], logger: logger)
    }

    private var hookPages: WebhookPages { WebhookPages(publicURL: plan.publicURL) }

    /// What people and programs do with subscribers.
    var hookDesk: HookDesk {
        let addressGuard = AddressGuard(privateHosts: plan.namedPrivateHosts)
        return HookDesk(
            store: store, pages: hookPages, wakeBoard: wakeBoard, problem: { await addressGuard.hookProblem($0) })
    }

    /// What people and programs do with CRM connections of their own making.
    var connectionDesk: ConnectionDesk {
        let addressGuard = AddressGuard(privateHosts: plan.privateHosts)
        let factory = ConnectorFactory(client: guarded, language: plan.language, now: store.now)
        return ConnectionDesk(
            store: store, connector: { try factory.connector(for: $0, isTyped: $1) },
            exchange: { (exchange: CodeExchange) async throws(CallFailure) -> String in
                try await factory.refreshToken(for: exchange)
            },
            problem: { await addressGuard.hookProblem($0) },
            random: { count in (0..<count).map { _ in UInt8.random(in: .min ... .max) } },
            reload: { await reload() })
    }

    /// As ``refresh()``, and each lane gets a worker with what was read. Where it fails now, the watch does it in seconds.
    private func reload() async {
        do {
            try await refresh()
            renewal.ask()
        } catch {
            logger.warning("the accounts could not be read anew yet", metadata: ["error": "\(error)"])
        }
    }

    /// Reads accounts, apps and connectors; called at the start and when they change.
    func refresh() async throws {
        try await accounts.refresh(from: store) {
            gate.use(try await store.apps())
            try await routes.refresh(from: store)
            for (slug, problem) in try await book.refresh() {
                logger.error(
                    "a CRM connection cannot be used", metadata: ["connector": "\(slug)", "why": "\(problem)"])
            }
        }
    }

    /// Takes a message on and wakes its lanes.
    func accept(_ command: MessageCommand) async throws -> AcceptedMessage {
        if let problem = MessageLimits.problem(in: command.content) { throw problem }
        let accepted = try await store.accept(command)
        announce(accepted, in: command.workspace)
        return accepted
    }

    /// As ``accept(_:)``, but only the first time that this key comes.
    private func accept(_ command: MessageCommand, onceAs key: String) async throws -> AcceptedMessage? {
        if let problem = MessageLimits.problem(in: command.content) { throw problem }
        let accepted = try await store.accept(command, onceAs: key)
        if let accepted { announce(accepted, in: command.workspace) }
        return accepted
    }

    private func announce(_ accepted: AcceptedMessage, in workspace: WorkspaceID) {
        wakeBoard.ring(accepted.lanes)
        changes.publish(.conversation(accepted.conversation), in: workspace)
    }

    func inbound() -> CRMInbound {
        CRMInbound(
            book: book, store: store, wakeBoard: wakeBoard, hints: crmHints, region: plan.region,
            publicURL: plan.publicURL, language: plan.language, logger: logger,
            accept: { try await accept($0, onceAs: $1) })
    }

    /// In the order in which each depends on those before it.
    func services(token: String, onJoined: @escaping @Sendable () -> Void) -> [any Service] {
        let own: [any Service] = [
            connections,
            IntakeKeeper(log: intake.log, limits: plan.intake, folder: plan.databaseFolder, logger: logger),
            LaneKeeper(
                store: store, name: plan.nodeName, token: token, isAlone: plan.isAlone, lease: lease,
                renewal: renewal, logger: logger, onJoined: onJoined, makeWorker: { lane in await worker(for: lane) }),
            AccountWatch(store: store, inUse: accounts, logger: logger) {
                try await refresh()
                renewal.ask()
            },
            CRMHintReader(
                hints: crmHints, book: book, store: store, changes: changes, region: plan.region,
                publicURL: plan.publicURL, logger: logger),
            BulkRunner(store: store, logger: logger),
            PutBackKeeper(desk: syncDesk),
            Interpreter(
                store: store, routes: routes, wakeBoard: wakeBoard, changes: changes, logger: logger,
                lease: lease, givingWayTo: intake.log, trap: Self.trap),
            ImportService(
                store: store, folder: ImportFolder(beside: media), wakeBoard: wakeBoard, name: token,
                isAlone: plan.isAlone, retention: plan.clock.retention, lease: lease, logger: logger),
            ContactKeeper(store: store, logger: logger),
        ]
        return hintLinks + own
    }

    /// Where there can be other nodes. Ends last: what is finished during a shutdown is still told to them.
    private var hintLinks: [any Service] {
        guard let postgres = store.database as? PostgresDatabase else { return [] }
        return [
            NodeHintLink(
                hints: NodeHints(board: wakeBoard, changes: changes), options: postgres.options, logger: logger)
        ]
    }

    /// Debug builds end on a body that holds this mark: how the tests make the interpreter stop.
    private static var trap: (@Sendable ([UInt8]) -> Bool)? {
        #if DEBUG
            return { body in body.count < 4096 && String(decoding: body, as: UTF8.self).contains("puente-test-trap") }
        #else
            return nil
        #endif
    }

    // MARK: Lanes

    private func worker(for lane: Lane) async -> (any LaneWorker)? {
        do {
            switch lane {
            case .clock:
                var settings = plan.clock
                settings.pages = hookPages
                return Clockwork(
                    context: context, settings: settings, templates: templates,
                    numbers: NumberRefresh(context: context, client: client),
                    cleaning: MediaCleaning(store: store, folder: media, logger: logger),
                    rights: DataRightsWork(store: store, folder: media, logger: logger),
                    orphans: OrphanedPushes(store: store, logger: logger, connector: book.connector(ofFormer:)))
            case .number(let id): return try await sender(id)
            case .media(let id): return try await fetcher(id)
            case .connection(let id): return try await recorder(id)
            case .subscriber:
                return HookCourier(context: context, client: toSubscribers, settings: plan.hooks)
            }
        } catch {
            logger.error("a lane cannot be worked", metadata: ["lane": "\(lane)", "error": "\(error)"])
            return nil
        }
    }

    private func account(_ id: NumberID) async throws -> NumberAccount? {
        try await store.numberAccounts().first { $0.id == id }
    }

    private func sender(_ id: NumberID) async throws -> SendCourier? {
        guard let account = try await account(id) else { return nil }
        return SendCourier(
            context: context, number: account, client: client, graphURL: plan.graphURL,
            uploads: MediaUploads(folder: media), settings: plan.sending)
    }

    private func fetcher(_ id: NumberID) async throws -> MediaCourier? {
        guard let account = try await account(id) else { return nil }
        return MediaCourier(
            context: context, number: account, client: client, graphURL: plan.graphURL, folder: media,
            policy: plan.sending.policy)
    }

    private func recorder(_ id: ConnectionID) async throws -> CRMCourier? {
        if book.entry(id) == nil { _ = try await book.refresh() }
        guard let entry = book.entry(id) else { return nil }
        var settings = plan.crm
        settings.publicURL = plan.publicURL
        settings.region = plan.region
        let pace = StoredPace(of: entry.account)
        if let every = plan.sweepEvery[entry.account.slug] ?? pace.sweepSpan { settings.sweepEvery = every }
        if let every = plan.compareEvery[entry.account.slug] ?? pace.compareSpan { settings.compareEvery = every }
        settings.credentialEnds = plan.credentialEnds[entry.account.slug] ?? StoredCRM.expiry(of: entry.account)
        settings.recordsPerMinute = plan.recordsPerMinute[entry.account.slug] ?? pace.recordsPerMinute
        settings.cpu = { [machine] in machine.share() }
        return CRMCourier(context: context, account: entry.account, connector: entry.connector, settings: settings)
    }
}
