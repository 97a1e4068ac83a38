import Domain
import Store

extension DeadLetterFilter {
    func query(before: ListPosition?, now: Timestamp) -> DeadLetterQuery {
        var query = DeadLetterQuery(lane: connection.map(Lane.connection), before: before)
        switch view {
        case .all: break
        case .customers: query.kinds = View.toCustomers
        case .crm: query.kinds = View.toCRM
        case .uncertain: query.mayHaveBeenSent = true
        case .overdue: query.answerBy = now
        }
        return query
    }
}

extension DeadLetterFilter.View {
    fileprivate static let toCustomers: Set<JobKind> = [.send, .markRead]
    fileprivate static let toCRM: Set<JobKind> = [.recordActivity, .updateActivity, .upsertContact, .tellErasure]

    /// What stands beside each view.
    static func counts(_ counts: DeadLetterCounts) -> [Self: Int] {
        func sum(_ kinds: Set<JobKind>) -> Int { kinds.reduce(0) { $0 + (counts.byKind[$1] ?? 0) } }
        return [
            .all: counts.discarded.value, .customers: sum(toCustomers), .crm: sum(toCRM),
            .uncertain: counts.mayHaveBeenSent.value, .overdue: counts.overdue,
        ]
    }
}
