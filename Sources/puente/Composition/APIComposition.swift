import Console
import Domain
import Foundation
import Logging
import Pipeline
import WhatsApp

/// Puts the API's parts together: the same pipeline that the console works with, and what WhatsApp allows.
struct APIComposition {
    let plan: ServerPlan
    let parts: PipelineParts
    let pages: PageRenderer
    let logger: Logger

    /// - Throws: when the assets are not found, or the description of the API is not among them.
    func make() throws -> ConsoleAPI {
        let (log, templates) = (parts.intake.log, parts.templates)
        return try ConsoleAPI(
            store: parts.store, wakeBoard: parts.wakeBoard, changes: parts.changes, media: parts.media,
            rules: ConsoleAPI.Rules(
                contentProblem: { MessageLimits.problem(in: $0) },
                fileProblem: { MediaLimits.problem(kind: $0, mimeType: $1, byteCount: $2) },
                mostBytes: { MediaLimits.mostBytes(of: $0) }),
            rates: RateBook(perMinute: plan.apiRates),
            assets: try plan.assetsFolder ?? ConsoleComposition.assetsFolder(),
            isIntakeRefusing: { log.isRefusing },
            refreshTemplates: { try await templates.run() }, retention: plan.clock.retention,
            hooks: parts.hookDesk, connections: parts.connectionDesk, mappings: parts.mappingDesk,
            sync: parts.syncDesk, pages: pages, zone: plan.zone ?? .current, logger: logger)
    }

    func metrics(_ readiness: Readiness) -> MetricsPage {
        let folders = [plan.databaseFolder, plan.mediaFolder].compactMap(\.self)
        return MetricsPage(store: parts.store, folders: folders, readiness: readiness, logger: logger)
    }
}
