import Domain

/// One line of the table of targets.
struct Line: Sendable {
    enum Table: Sendable {
        /// What has to be reached.
        case targets
        /// What the vendors let through, whatever we do.
        case limits
    }

    let number: Int
    let title: String
    let market: String
    let target: String
    /// With which CRMs it can be run, each by itself; nil: once, whichever were chosen.
    var crms: [ConnectorKind]?
    var table = Table.targets
    let run: @Sendable (BenchSettings) async throws -> [Figure]

    static let all: [Line] = [
        .coldStart, .memory, .intoCRM, .toWhatsApp, .wholeWay, .webhooks, .recovery, .batches, .fromCRM,
        .fromWorkflow, .limitedKnown, .limitedNew, .backfill,
    ].sorted { $0.number < $1.number }
}

/// One measured value.
struct Figure: Sendable {
    enum Target: Sendable {
        case atLeast(Double)
        case atMost(Double)
    }

    let name: String
    let value: Double
    let unit: String
    var target: Target?

    init(_ name: String, _ value: Double, _ unit: String, _ target: Target? = nil) {
        self.name = name
        self.value = value
        self.unit = unit
        self.target = target
    }

    func isMet(by value: Double) -> Bool {
        switch target {
        case .atLeast(let least): value >= least
        case .atMost(let most): value <= most
        case nil: true
        }
    }
}
