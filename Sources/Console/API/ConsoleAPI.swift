package import Domain
package import Foundation
package import Logging
package import Pipeline
import Secrets
package import Store

/// The JSON API under `/api/v1`: what it works with. ``APIMiddleware`` serves it.
package struct ConsoleAPI: Sendable {
    /// What only the WhatsApp side knows, so that the console needs nothing of it.
    package struct Rules: Sendable {
        /// What Meta would refuse of a content.
        package let contentProblem: @Sendable (MessageContent) -> PuenteError?
        /// What Meta would refuse of a file: kind, media type, bytes.
        package let fileProblem: @Sendable (MediaContent.Kind, String, Int) -> PuenteError?
        /// How many bytes a file of this kind may have.
        package let mostBytes: @Sendable (MediaContent.Kind) -> Int

        package init(
            contentProblem: @escaping @Sendable (MessageContent) -> PuenteError?,
            fileProblem: @escaping @Sendable (MediaContent.Kind, String, Int) -> PuenteError?,
            mostBytes: @escaping @Sendable (MediaContent.Kind) -> Int
        ) {
            self.contentProblem = contentProblem
            self.fileProblem = fileProblem
            self.mostBytes = mostBytes
        }
    }

    let store: Store
    let wakeBoard: WakeBoard
    let changes: ChangeFeed
    let media: MediaFolder
    let rules: Rules
    let rates: RateBook
    let isIntakeRefusing: @Sendable () -> Bool
    let refreshTemplates: @Sendable () async throws -> [String: CallFailure]
    /// How long the configuration keeps things.
    let retention: Retention
    let cursor: ListCursor
    /// The OpenAPI document, YAML.
    let document: [UInt8]
    let logger: Logger
    let imports: ImportDesk
    let hooks: HookDesk
    let connections: ConnectionDesk
    let mappings: MappingDesk
    let sync: SyncDesk
    /// Draws what leaves as a page.
    let pages: PageRenderer
    /// Of the days and times on such a page.
    let zone: TimeZone
    /// Files are written here: it may wait for the disk.
    let uploads = WorkThread("puente.api.uploads")
    /// Bodies of webhooks are read again here.
    let bodies = WorkThread("puente.api.bodies")

    /// - Parameters:
    ///   - assets: the folder that holds `api/openapi.yaml`.
    ///   - isIntakeRefusing: whether webhooks are told to come back at the moment.
    ///   - refreshTemplates: reads the templates of all accounts from Meta now; what went wrong, by WABA.
    ///   - hooks: what is done with subscribers.
    ///   - connections: what is done with CRM connections.
    ///   - mappings: what is done with mappings of connections.
    ///   - sync: what is done about what sync did.
    ///   - pages: of the console.
    /// - Throws: when the document cannot be read.
    package init(
        store: Store, wakeBoard: WakeBoard, changes: ChangeFeed, media: MediaFolder, rules: Rules, rates: RateBook,
        assets: String, isIntakeRefusing: @escaping @Sendable () -> Bool,
        refreshTemplates: @escaping @Sendable () async throws -> [String: CallFailure],
        retention: Retention = Retention(), hooks: HookDesk, connections: ConnectionDesk, mappings: MappingDesk,
        sync: SyncDesk, pages: PageRenderer, zone: TimeZone = .gmt, logger: Logger
    ) throws {
        self.store = store
        self.wakeBoard = wakeBoard
        self.changes = changes
        self.media = media
        self.rules = rules
        self.rates = rates
        self.isIntakeRefusing = isIntakeRefusing
        self.refreshTemplates = refreshTemplates
        self.retention = retention
        self.hooks = hooks
        self.connections = connections
        self.mappings = mappings
        self.sync = sync
        self.pages = pages
        self.zone = zone
        self.cursor = ListCursor(store.cursors)
        self.document = try OpenAPIDocument.read(assets)
        self.logger = logger
        imports = ImportDesk(store: store, folder: ImportFolder(beside: media), wakeBoard: wakeBoard)
    }

    /// Every operation of `/api/v1`.
    var operations: [APIOperation] {
        messageOperations + mediaOperations + contactOperations + conversationOperations + deadLetterOperations
            + intakeOperations + accountOperations + ledgerOperations + changeOperations + importOperations
            + dataRightsOperations + labelOperations + labelRuleOperations + fieldOperations + segmentOperations
            + noteOperations
            + bulkOperations + duplicateOperations + consentOperations + consentSettingsOperations
            + contactFileOperations + meOperations + webhookOperations + mappingOperations + syncOperations
            + backfillOperations + connectionOperations
    }

    /// Wakes whom a change concerns, and tells open pages.
    func publish(_ report: RecordReport) {
        wakeBoard.ring(report.lanes)
        changes.publish(report)
    }
}
