package import Domain
package import Foundation
package import Logging
package import Pipeline
package import Secrets
package import Store

/// The JSON of a YAML text.
/// - Throws: `invalid` with what is wrong, and in which line.
package typealias YAMLReader = @Sendable (String) throws(PuenteError) -> [UInt8]

/// What the console is made of. Built once by the composition; tests build a smaller one.
package struct ConsoleParts: Sendable {
    package let store: Store
    package let renderer: PageRenderer
    package let assets: AssetLibrary
    package let media: MediaFolder
    package let hasher: PasswordHasher
    package let changes: ChangeFeed
    package let wakeBoard: WakeBoard
    package let events: EventHub
    /// Takes a message on and wakes its lanes.
    package let accept: @Sendable (MessageCommand) async throws -> AcceptedMessage
    package let checks: LiveChecks
    package let hooks: HookDesk
    /// CRM connections that people make.
    package let connections: ConnectionDesk
    package let mappings: MappingDesk
    /// Turns YAML into JSON, for mappings that come as files.
    package let readYAML: YAMLReader
    package let sync: SyncDesk
    /// Reads the templates of all accounts from Meta now; what went wrong, by account.
    package let refreshTemplates: @Sendable () async throws -> [String: CallFailure]
    /// What is wrong with this process now.
    package let standingAlarms: @Sendable () -> [StandingAlarm]
    /// Lets a customer of the sandbox write; nil where there is no sandbox.
    package let sampleCustomer: (@Sendable () async throws -> Void)?
    package let settings: ConsoleSettings
    package let logger: Logger
    let imports: ImportDesk
    /// Who looked for contacts, on its way into the audit trail.
    package let listings: ListingNotes
    /// Pages are drawn here: a long one takes longer than a shared thread should be kept.
    let drawing = WorkThread("puente.pages")
    /// Files of forms are written here: it may wait for the disk.
    let uploads = WorkThread("puente.uploads")

    package init(
        store: Store, renderer: PageRenderer, assets: AssetLibrary, media: MediaFolder, hasher: PasswordHasher,
        changes: ChangeFeed, wakeBoard: WakeBoard, events: EventHub,
        accept: @escaping @Sendable (MessageCommand) async throws -> AcceptedMessage, checks: LiveChecks,
        hooks: HookDesk, connections: ConnectionDesk, mappings: MappingDesk, sync: SyncDesk,
        readYAML: @escaping YAMLReader,
        refreshTemplates: @escaping @Sendable () async throws -> [String: CallFailure] = { [:] },
        standingAlarms: @escaping @Sendable () -> [StandingAlarm] = { [] },
        sampleCustomer: (@Sendable () async throws -> Void)? = nil, settings: ConsoleSettings, logger: Logger
    ) {
        self.store = store
        self.renderer = renderer
        self.assets = assets
        self.media = media
        self.hasher = hasher
        self.changes = changes
        self.wakeBoard = wakeBoard
        self.events = events
        self.accept = accept
        self.checks = checks
        self.hooks = hooks
        self.connections = connections
        self.mappings = mappings
        self.readYAML = readYAML
        self.sync = sync
        self.refreshTemplates = refreshTemplates
        self.standingAlarms = standingAlarms
        self.sampleCustomer = sampleCustomer
        self.settings = settings
        self.logger = logger
        listings = ListingNotes(store, logger: logger)
        imports = ImportDesk(store: store, folder: ImportFolder(beside: media), wakeBoard: wakeBoard)
    }

    /// Where the files of a form go.
    func shelf(_ destination: FormLimits.Destination, of workspace: WorkspaceID) -> UploadShelf {
        switch destination {
        case .messages: UploadShelf(media: media, workspace: workspace, thread: uploads)
        case .imports:
            UploadShelf(
                media: imports.folder.files, workspace: workspace, thread: uploads, tooLarge: PuenteError.largeList,
                takesEmpty: true)
        }
    }

    /// After a transaction: wakes the lanes that have work now and tells open pages.
    func publish(_ report: RecordReport) {
        wakeBoard.ring(report.lanes)
        changes.publish(report)
    }

    func draw(_ fragment: some PageFragment, layout: PageLayout) async -> String {
        let renderer = renderer
        return await drawing.run { renderer.render(fragment, layout: layout) }
    }
}

/// What the configuration says about the console.
package struct ConsoleSettings: Sendable {
    /// Where people reach us; decides whether cookies are `Secure`.
    package var publicURL: String?
    /// For visitors whose browser asks for neither of ours.
    package var language: Language
    /// The region of people's phone numbers, for example `MX`.
    package var region: String
    /// Where the company works.
    package var zone: TimeZone
    /// Everybody sees times as they are there; else as they are where the browser is.
    package var isZoneFixed = false
    /// Whether this address is a proxy of ours, whose `X-Forwarded-For` is believed.
    package var isTrustedProxy: @Sendable (_ address: String) -> Bool
    /// The program's, shown in the account menu; nil shows none.
    package var version: String?
    /// The demonstration shows its sign-in on the page.
    package var demo: SignInPage.Demo?
    /// How long the configuration keeps things.
    package var retention = Retention()
    /// Requests a minute of API keys that have another rate than ``RateBook/usualPerMinute``, by their names.
    package var apiRates: [String: Int] = [:]

    package init(
        publicURL: String? = nil, language: Language = .english, region: String = "ES", zone: TimeZone = .gmt,
        isTrustedProxy: @escaping @Sendable (String) -> Bool = { _ in false }, version: String? = nil,
        demo: SignInPage.Demo? = nil
    ) {
        self.publicURL = publicURL
        self.language = language
        self.region = region
        self.zone = zone
        self.isTrustedProxy = isTrustedProxy
        self.version = version
        self.demo = demo
    }

    package var isDemo: Bool { demo != nil }
    var isSecure: Bool { publicURL?.lowercased().hasPrefix("https://") ?? false }
}
