extension RecordReport {
    /// The news of two parts of one piece of work.
    package func joined(with other: RecordReport) -> RecordReport {
        var report = self
        report.lanes.formUnion(other.lanes)
        report.conversations.merge(other.conversations) { $0.union($1) }
        report.workspaces.formUnion(other.workspaces)
        report.noticed.formUnion(other.noticed)
        report.storedMessages += other.storedMessages
        return report
    }
}
