import Console
import Domain
import Foundation
import Logging
import OutboundHTTP
import Pipeline
import Secrets

/// Puts the console's parts together: its assets, read once, and the pipeline that its commands go to.
struct ConsoleComposition {
    let plan: ServerPlan
    let parts: PipelineParts
    let readiness: Readiness
    let logger: Logger

    /// - Throws: ``PuenteError`` when the assets are not found or damaged.
    func make() throws -> ConsoleParts {
        let folder = try plan.assetsFolder ?? Self.assetsFolder()
        let assets = try AssetLibrary(folder: folder)
        let (pipeline, readiness) = (parts, readiness)
        return ConsoleParts(
            store: parts.store, renderer: try PageRenderer(folder: folder, assets: assets), assets: assets,
            media: parts.media, hasher: PasswordHasher(), changes: parts.changes, wakeBoard: parts.wakeBoard,
            events: EventHub(
                store: parts.store, changes: parts.changes, hasNeighbours: !plan.isAlone,
                standingAlarms: { readiness.alarms }, logger: logger),
            accept: { try await pipeline.accept($0) },
            checks: ConnectionChecks(
                store: parts.store, client: parts.client, http: parts.http, publicURL: plan.publicURL,
                graphURL: plan.graphURL, book: parts.book, provision: plan.provision
            ).live,
            hooks: parts.hookDesk, connections: parts.connectionDesk, mappings: parts.mappingDesk,
            sync: parts.syncDesk, readYAML: MappingYAML.json,
            refreshTemplates: { try await pipeline.templates.run() },
            standingAlarms: { readiness.alarms },
            sampleCustomer: plan.sandboxURL.map { SampleCustomer(sandboxURL: $0, http: parts.http).write },
            settings: settings, logger: logger)
    }

    private var settings: ConsoleSettings {
        let proxies = plan.trustedProxies
        var settings = ConsoleSettings(
            publicURL: plan.publicURL, language: plan.language, region: plan.region, zone: plan.zone ?? .current,
            isTrustedProxy: { text in
                guard let address = IPAddress(text) else { return false }
                return proxies.contains { $0.contains(address) }
            },
            version: Release.version, demo: plan.demo)
        settings.isZoneFixed = plan.zone != nil
        settings.retention = plan.clock.retention
        settings.apiRates = plan.apiRates
        return settings
    }

    static func assetsFolder() throws -> String {
        try AssetFolder.resolve(environment: ProcessInfo.processInfo.environment, program: program)
    }

    /// The file that runs, whatever name it was called by.
    private static var program: String {
        // Where the system has no /proc, the name it was called by is all there is.
        let link = try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe")
        return link ?? URL(fileURLWithPath: CommandLine.arguments[0]).resolvingSymlinksInPath().path
    }
}
