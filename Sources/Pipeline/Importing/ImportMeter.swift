internal import Store

/// How fast an import goes, and how long it will take: by what was done since it was taken up.
struct ImportMeter {
    private let start = ContinuousClock.now
    private let firstShare: Double
    private var rows = 0

    /// - Parameter share: of the work, what was done before.
    init(from share: Double = 0) {
        firstShare = share
    }

    mutating func add(_ count: Int) {
        rows += count
    }

    func pace(at share: Double) -> ImportPace {
        let elapsed = start.duration(to: .now)
        let seconds = elapsed.inSeconds
        let done = share - firstShare
        let left = done > 0.005 && seconds > 0.5 ? seconds / done * (1 - share) : nil
        return ImportPace(
            share: share, rate: seconds > 0 ? Double(rows) / seconds : 0, left: left.map { .seconds($0) })
    }
}

/// How many rows one transaction takes: as many as it may hold others up for.
struct ImportSlice {
    /// More rows at once save nothing.
    static let range = 25...1000

    private(set) var rows: Int
    private let patience: Duration

    /// - Parameter isAlone: with one writer, whoever writes holds up the intake.
    init(isAlone: Bool) {
        rows = 100
        patience = isAlone ? .milliseconds(25) : .milliseconds(100)
    }

    mutating func took(_ duration: Duration) {
        if duration > patience * 2 {
            rows = max(Self.range.lowerBound, rows / 2)
        } else if duration < patience {
            rows = min(Self.range.upperBound, rows + rows / 2)
        }
    }
}

extension Duration {
    fileprivate var inSeconds: Double { Double(components.seconds) + Double(components.attoseconds) / 1e18 }
}
