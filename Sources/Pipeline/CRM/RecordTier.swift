import Domain

/// The records that a connection writes, counted against its tier (R7): those of a job count from when it was taken until it
/// is known what became of it, and for 60 seconds from then.
struct RecordTier {
    /// A customer who has to be made, and the message.
    private static let maxRecordsPerJob = 2

    private var budget: MinuteBudget?
    /// What was begun for each job in hand: as much ends, even where a customer was linked meanwhile.
    private var inHand: [JobID: Int] = [:]

    /// - Parameter recordsPerMinute: nil: as many as the vendor takes.
    init(recordsPerMinute: Int?) {
        budget = recordsPerMinute.map(MinuteBudget.init)
    }

    /// Records of jobs in hand.
    var underWay: Int { inHand.values.reduce(0, +) }

    /// Records that may be written now; nil: as many as one likes.
    func left(_ now: Timestamp) -> Int? { budget?.left(at: now) }

    /// Jobs that may be taken now, of which nobody knows yet how many records they write; nil: as many as one likes.
    func jobsLeft(_ now: Timestamp) -> Int? { left(now).map { $0 / Self.maxRecordsPerJob } }

    /// - Parameter records: that a job may write at most.
    mutating func begin(_ job: JobID, records: Int) {
        guard budget != nil, records > 0 else { return }
        budget?.begin(records - (inHand.updateValue(records, forKey: job) ?? 0))
    }

    /// It is known what became of the jobs; of those that never began nothing ends.
    mutating func end(_ jobs: [JobID], _ now: Timestamp) {
        let records = jobs.reduce(0) { $0 + (inHand.removeValue(forKey: $1) ?? 0) }
        budget?.end(records, at: now)
    }

    /// Nothing is in hand: what no call said anything of is not under way either, or it would be for good.
    mutating func endAll(_ now: Timestamp) {
        guard !inHand.isEmpty else { return }
        end(Array(inHand.keys), now)
    }
}
