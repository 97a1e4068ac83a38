/// How many calls a second may go to a destination (R20): 50 at first, a few more for every interval in which it went well
/// and they were used, and a part of them for every interval with signs of strain. So that nobody's limit has to be known.
package struct CallGovernor: Equatable, Sendable {
    /// What happened in one interval.
    package struct Interval: Equatable, Sendable {
        package var length: Duration
        package var calls: Int
        /// The destination said that there were too many.
        package var isRefused: Bool
        /// Half of the calls were answered within this; nil where too few were made to say.
        package var medianDelay: Duration?
        /// Of this machine's processors, from 0 to 1; nil where nobody knows.
        package var cpu: Double?

        package init(length: Duration, calls: Int, isRefused: Bool, medianDelay: Duration?, cpu: Double?) {
            self.length = length
            self.calls = calls
            self.isRefused = isRefused
            self.medianDelay = medianDelay
            self.cpu = cpu
        }
    }

    package static let start = 50.0
    package static let range = 1.0...200
    /// R20; see ``init(busyCPU:)``.
    package static let busyCPU = 0.7
    private static let growth = 5.0
    private static let afterRefusal = 0.5
    private static let afterStrain = 0.75
    private static let slow = 2.0
    /// Strain alone does not press it lower: batches of a hundred get through at this rate.
    private static let strainedRate = 10.0
    /// An answer within this is quick, whatever is usual.
    private static let quick: Duration = .milliseconds(250)
    /// So much of the usual delay is forgotten in an interval: what became slow for good is usual after some minutes.
    private static let drift = 1.01

    /// Calls a second.
    package private(set) var rate = Self.start
    /// The shortest median of late.
    private var usualDelay: Duration?

    private let busyCPU: Double

    /// - Parameter busyCPU: above this share of the machine's processors, from 0 to 1, calls strain it.
    package init(busyCPU: Double = Self.busyCPU) {
        self.busyCPU = busyCPU
    }

    package mutating func note(_ interval: Interval) {
        let isStrained = isSlow(interval.medianDelay) || interval.cpu.map { $0 > busyCPU } ?? false
        learn(interval.medianDelay)
        if interval.isRefused {
            set(rate * Self.afterRefusal)
        } else if isStrained {
            set(max(rate * Self.afterStrain, min(rate, Self.strainedRate)))
        } else if isUsed(interval) {
            set(rate + Self.growth)
        }
    }

    private mutating func set(_ rate: Double) {
        self.rate = min(max(rate, Self.range.lowerBound), Self.range.upperBound)
    }

    private func isSlow(_ delay: Duration?) -> Bool {
        guard let delay, let usualDelay, delay > Self.quick else { return false }
        return delay > usualDelay * Self.slow
    }

    private mutating func learn(_ delay: Duration?) {
        guard let delay else { return }
        usualDelay = usualDelay.map { min(delay, $0 * Self.drift) } ?? delay
    }

    /// A rate that nobody uses says nothing of a higher one.
    private func isUsed(_ interval: Interval) -> Bool {
        Double(interval.calls) * 2 >= rate * (interval.length / .seconds(1))
    }
}
