package import Domain
package import Store

/// How a connection does: what waits, how long it takes, what fails, and how far both sides are alike.
package struct ConnectionHealth: Sendable {
    /// Jobs of its lane.
    package let waiting: ListCount
    package let oldestDue: Timestamp?
    /// Of messages, from their arrival until they stood in the CRM, over the last hour; nil where there were none.
    package let delay: DelaySummary?
    /// Of contacts' changes from the CRM and to it, over the last hour; nil where there were none.
    package let takenDelay: DelaySummary?
    package let givenDelay: DelaySummary?
    package let errors: SyncErrors
    package let rateLeft: RateLeft?
    package let lastSweepAt: Timestamp?
    /// Nil where changes are not asked for.
    package let nextSweepAt: Timestamp?
    /// How often changes are asked for; nil where they are not.
    package let sweepEvery: Duration?
    /// Nil where the connection has no mapping.
    package let walk: SyncWalk?
    package let progress: SyncWalkProgress?
    /// When everything is compared again by itself; nil while it is, and where it never was.
    package let nextComparisonAt: Timestamp?
    package let sync: SyncHealth
}

extension SyncDesk {
    package func health(of crm: ConnectionSummary, in workspace: WorkspaceID) async throws -> ConnectionHealth {
        let lane = try await store.connectionsOverview(in: workspace).lanes.first { $0.lane == .connection(crm.id) }
        let delay = try await store.delays(in: workspace).first { $0.hop == .recorded(crm.id) }
        let contacts = try await store.contactDelays(of: crm.id, in: workspace)
        let walk = try await store.syncWalk(of: crm.id, in: workspace)
        let every = crms.sweepEvery(crm.id)
        return ConnectionHealth(
            waiting: lane?.waiting ?? .zero, oldestDue: lane?.oldestDue,
            delay: delay.flatMap { $0.count == 0 ? nil : $0 },
            takenDelay: contacts.taken.count == 0 ? nil : contacts.taken,
            givenDelay: contacts.given.count == 0 ? nil : contacts.given,
            errors: try await store.syncErrors(of: crm.id, in: workspace), rateLeft: crms.rateLeft(crm.id),
            lastSweepAt: crm.lastSweepAt,
            nextSweepAt: every.flatMap { every in crm.lastSweepAt.map { max($0 + every, store.now()) } },
            sweepEvery: every,
            walk: walk, progress: try await store.syncWalkProgress(of: crm.id, in: workspace),
            nextComparisonAt: walk.flatMap { walk in
                walk.position == nil ? walk.endedAt.map { $0 + crms.compareEvery(crm.id) } : nil
            },
            sync: try await store.syncHealth(of: crm.id, in: workspace))
    }
}
