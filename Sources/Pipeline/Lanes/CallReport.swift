import Domain

/// What one piece of work at a destination brought.
struct CallReport<Outcome: Sendable>: Sendable {
    var outcomes: [Outcome] = []
    /// How the calls themselves went, one for each that was made: nil where the destination did its part, whatever it
    /// thought of single items. Empty where nothing was tried: that says nothing of the destination.
    var calls: [CallFailure?] = []
    /// How long a call took on average; empty where nobody measured.
    var took: [Duration] = []

    static func + (left: CallReport, right: CallReport) -> CallReport {
        CallReport(
            outcomes: left.outcomes + right.outcomes, calls: left.calls + right.calls, took: left.took + right.took)
    }

    /// Measures a piece of work.
    static func timed(_ work: () async -> CallReport) async -> CallReport {
        let start = ContinuousClock.now
        var report = await work()
        if !report.calls.isEmpty { report.took = [(ContinuousClock.now - start) / report.calls.count] }
        return report
    }
}

extension CallFailure {
    /// What a failure says of the call as a whole; nil when it is about nothing but what was sent.
    var ofCall: CallFailure? {
        scope == .message || scope == .pair ? nil : self
    }

    /// The destination was reached and did not do its part: it failed, or did not answer.
    var isOfDestination: Bool {
        switch kind {
        case .transient, .unknown: ofCall != nil
        case .throttled, .permanent, .accountWide, .unreachable: false
        }
    }
}
