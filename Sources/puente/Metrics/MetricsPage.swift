import Console
import Domain
import Logging
import Store
import Synchronization

/// Puts together what `/metrics` shows: what this process counted, what the database says of the whole installation,
/// and the machine.
actor MetricsPage {
    /// Several scrapers cost the database no more than one.
    private static let memory: Duration = .seconds(5)

    private let store: Store
    private let folders: [String]
    private let readiness: Readiness
    private let logger: Logger
    private var figures: (samples: [MetricSample], at: ContinuousClock.Instant)?

    /// - Parameter folders: of the database and the media.
    init(store: Store, folders: [String], readiness: Readiness, logger: Logger) {
        self.store = store
        self.folders = folders
        self.readiness = readiness
        self.logger = logger
    }

    func text() async -> String {
        let own = MetricsBook.installed.samples() + ProcessFigures.samples() + DiskFigures.samples(of: folders)
        let state: [MetricSample] =
            [
                .figure("puente_ready", [], readiness.problems.isEmpty ? 1 : 0),
                .figure(
                    "puente_build_info",
                    [
                        ("version", Release.version), ("schema", String(Migrator.newestSchema)),
                        ("configuration", ProcessFigures.configuration),
                    ], 1),
            ] + readiness.alarms.map { MetricSample.figure("puente_alarms_open", [("kind", $0.kind)], 1) } + certificate
        return PrometheusText.write(own + state + (await installation()))
    }

    private var certificate: [MetricSample] {
        guard let ends = readiness.certificate?.current.ends else { return [] }
        return [.gauge("puente_certificate_ends_timestamp_seconds", [], Double(ends.milliseconds / 1000))]
    }

    /// Empty while the database is away: what is not known is not shown.
    private func installation() async -> [MetricSample] {
        if let figures, ContinuousClock.now - figures.at < Self.memory { return figures.samples }
        do {
            let samples = try await InstallationFigures(store: store).samples()
            figures = (samples, .now)
            return samples
        } catch {
            logger.warning("the figures of the installation cannot be read", metadata: ["error": "\(error)"])
            return []
        }
    }
}
