import Domain
package import Logging
package import Store

/// What the rights of people ask for and takes longer than a request: exports are made, erasures ended, and what is past
/// its time by a company's own rules goes. On the one node that holds the clock's lane; from the database's state alone,
/// so that all of it goes on after a restart.
package struct DataRightsWork: Sendable {
    package let exporter: PersonExporter
    package let eraser: PersonEraser
    package let rules: RetentionKeeper
    private let logger: Logger

    /// - Parameter bodyPatience: see ``PersonEraser``.
    package init(
        store: Store, folder: MediaFolder, bodyPatience: Duration = Store.bodyPatience, logger: Logger
    ) {
        exporter = PersonExporter(store: store, folder: folder, logger: logger)
        eraser = PersonEraser(store: store, folder: folder, bodyPatience: bodyPatience, logger: logger)
        rules = RetentionKeeper(store: store, logger: logger)
        self.logger = logger
    }

    /// Ends the erasures that have begun, as far as they can be ended now.
    /// - Parameter goesOn: asked between slices; false ends it early.
    package func erase(while goesOn: @Sendable () async -> Bool = { true }) async {
        do {
            try await eraser.run(while: goesOn)
        } catch {
            logger.error("erasures go on later", metadata: ["error": "\(error)"])
        }
    }

    /// Makes the exports that were asked for.
    package func export(while goesOn: @Sendable () async -> Bool = { true }) async {
        do {
            try await exporter.run(while: goesOn)
        } catch {
            logger.error("exports go on later", metadata: ["error": "\(error)"])
        }
    }

    /// Removes what is past its time by the rules of each company.
    /// - Throws: when the database is away.
    package func keepRules(_ retention: Retention, while goesOn: @Sendable () async -> Bool) async throws {
        try await rules.run(retention, while: goesOn)
    }
}
