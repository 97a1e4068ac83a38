package import Domain
package import Logging
package import Store

/// What people and programs do about what sync did: look how it does, settle conflicts, put back, compare everything.
package struct SyncDesk: Sendable {
    package let store: Store
    let crms: CRMKnowledge
    private let context: SyncContext
    private let wakeBoard: WakeBoard
    private let changes: ChangeFeed
    private let logger: Logger
    private let writable: WritableFieldBook
    private let runs = PutBackRuns()

    package init(
        store: Store, crms: CRMKnowledge, context: SyncContext, wakeBoard: WakeBoard, changes: ChangeFeed,
        logger: Logger
    ) {
        self.store = store
        self.crms = crms
        self.context = context
        self.wakeBoard = wakeBoard
        self.changes = changes
        self.logger = logger
        writable = WritableFieldBook(crms)
    }

    /// - Parameter name: in the configuration, or the connection's id.
    package func connection(_ name: String, in workspace: WorkspaceID) async throws -> ConnectionSummary? {
        let all = try await store.connections(in: workspace)
        return all.first { $0.name == name } ?? all.first { $0.id.description == name }
    }

    package func compareAll(of crm: ConnectionID, in workspace: WorkspaceID) async throws {
        try await store.compareAll(of: crm, in: workspace)
        wakeBoard.ring(.lane(.connection(crm)))
        changes.publish(.connections, in: workspace)
    }

    // MARK: Conflicts

    /// - Throws: what the store throws.
    package func resolve(
        _ conflicts: [SyncConflictID], of crm: ConnectionID, choosing choice: SyncChoice, by actor: String,
        in workspace: WorkspaceID
    ) async throws -> SyncResolution {
        let fields = await writable.fields(of: crm)
        func settle(_ conflicts: [SyncConflictID], _ users: Set<String>?) async throws -> SyncResolution {
            try await store.resolve(
                conflicts, of: crm, choosing: choice, writable: fields.names, context: context.knowing(users),
                by: actor, in: workspace)
        }
        let known = crms.knownUsers(crm)
        var done = try await settle(conflicts, known)
        let strangers = done.refused.filter { $0.value == .noSuchUser }.keys.sorted()
        if !strangers.isEmpty {
            // The CRM may have them since its people were read.
            let users = await crms.readUsers(crm)
            if users != known { done = done.retried(strangers, try await settle(strangers, users)) }
        }
        await tell(in: workspace)
        return done
    }

    /// Settles all that there are, as far as there is time: the rest waits for another call.
    package func resolveAll(
        of crm: ConnectionID, choosing choice: SyncChoice, by actor: String, in workspace: WorkspaceID,
        within patience: Duration = .seconds(20)
    ) async throws -> SyncResolution {
        let fields = await writable.fields(of: crm)
        let end = ContinuousClock.now + patience
        let done = try await store.resolveAll(
            of: crm, choosing: choice, writable: fields.names, context: context.knowing(crms.knownUsers(crm)),
            by: actor, in: workspace, while: { ContinuousClock.now < end })
        await tell(in: workspace)
        return done
    }

    // MARK: Putting back

    /// What that would change; nil for single changes.
    package func scope(
        of subject: PutBackSubject, _ crm: ConnectionID, in workspace: WorkspaceID
    ) async throws -> SyncPutBackScope? {
        switch subject {
        case .changes: nil
        case .contact(let contact): try await store.syncPutBackScope(of: crm, contact: contact, in: workspace)
        case .span(let from, let to): try await store.syncPutBackScope(of: crm, from: from, to: to, in: workspace)
        }
    }

    package func run(_ id: String, in workspace: WorkspaceID) async throws -> PutBackRun? {
        if let run = runs.run(id, in: workspace) { return run }
        guard let id = SyncPutBackID(id) else { return nil }
        return try await store.spanPutBack(id, in: workspace).map(PutBackRun.init)
    }

    /// Begins to put back. A few changes and one contact are done with the answer; a span goes on beside it, also after a
    /// restart.
    package func start(
        _ subject: PutBackSubject, of crm: ConnectionID, by actor: String, in workspace: WorkspaceID
    ) async throws -> PutBackRun {
        let scope = try await scope(of: subject, crm, in: workspace)
        if case .span(let from, let to) = subject {
            let fields = await writable.fields(of: crm)
            let span = try await store.startSpanPutBack(
                of: crm, from: from, to: to, expected: scope?.fields, knowsFields: fields != .unknown,
                turn(actor, fields, workspace))
            // Outlives the request: whoever asked may close the page. What a restart cuts off is taken up again.
            Task { await carryOn(span.id, in: workspace) }
            return PutBackRun(span)
        }
        let (run, isNew) = runs.begin(subject, of: crm, expected: scope?.fields, by: actor, in: workspace)
        guard isNew else { return run }
        await carryOut(run)
        return runs.run(run.id, in: workspace) ?? run
    }

    /// It ends after the slice that is in hand.
    package func stop(_ id: String, in workspace: WorkspaceID) async throws {
        guard let id = SyncPutBackID(id) else { return }
        try await store.stopSpanPutBack(id, in: workspace)
    }

    /// Carries on whatever was cut off: by a restart, or by a database that was away.
    package func carryOnPutBacks(restingFor pause: Duration = .seconds(10)) async {
        do {
            for (id, workspace) in try await store.restingSpanPutBacks(for: pause) where !Task.isCancelled {
                await carryOn(id, in: workspace)
            }
        } catch {
            logger.error("what is to be put back could not be looked for", metadata: ["error": "\(error)"])
        }
    }

    /// Of several who do so at once the database lets one at a time.
    private func carryOn(_ id: SyncPutBackID, in workspace: WorkspaceID) async {
        do {
            while try await store.advanceSpanPutBack(id, in: workspace, context: context), !Task.isCancelled {
                // Others want to write, too.
                await pause(for: .milliseconds(5))
            }
        } catch {
            logger.error(
                "what a CRM changed could not be put back; trying again", metadata: ["error": "\(error)"])
        }
        await tell(in: workspace)
    }

    private func carryOut(_ run: PutBackRun) async {
        let fields = await writable.fields(of: run.connection)
        runs.change(run.id) { $0.knowsFields = fields != .unknown }
        do {
            let report = try await putBack(run.subject, of: run.connection, turn(run.actor, fields, run.workspace)) {
                _ in true
            }
            runs.change(run.id) {
                $0.counts = SyncPutBackCounts(report)
                $0.state = .ended
            }
        } catch {
            logger.error("what a CRM changed could not be put back", metadata: ["error": "\(error)"])
            runs.change(run.id) { $0.state = .failed }
        }
        await tell(in: run.workspace)
    }

    /// As far as there is time.
    /// - Returns: what was done, and whether it is all: else the same is asked for again.
    package func putBack(
        _ subject: PutBackSubject, of crm: ConnectionID, by actor: String, in workspace: WorkspaceID,
        within patience: Duration = .seconds(10)
    ) async throws -> (report: SyncPutBackReport, isDone: Bool, knowsFields: Bool) {
        let fields = await writable.fields(of: crm)
        let end = ContinuousClock.now + patience
        let report = try await putBack(subject, of: crm, turn(actor, fields, workspace)) { _ in
            ContinuousClock.now < end
        }
        await tell(in: workspace)
        // One that ended with its time may have ended by itself as well: to ask again then changes nothing.
        var isDone = true
        if case .span = subject { isDone = ContinuousClock.now < end }
        return (report, isDone, fields != .unknown)
    }

    private func putBack(
        _ subject: PutBackSubject, of crm: ConnectionID, _ turn: SyncPutBackTurn,
        progress: @escaping @Sendable (SyncPutBackReport) async -> Bool
    ) async throws -> SyncPutBackReport {
        switch subject {
        case .changes(let changes): try await store.putBack(changes, of: crm, turn)
        case .contact(let contact): try await store.putBack(contact, of: crm, turn)
        case .span(let from, let to): try await store.putBack(of: crm, from: from, to: to, turn, progress: progress)
        }
    }

    private func turn(_ actor: String, _ fields: WritableFields, _ workspace: WorkspaceID) -> SyncPutBackTurn {
        SyncPutBackTurn(by: actor, in: workspace, context: context, writable: fields.names)
    }

    /// Every CRM may have to be told, and pages show something else now.
    private func tell(in workspace: WorkspaceID) async {
        do {
            wakeBoard.ring(Set(try await store.connections(in: workspace).map { Lane.connection($0.id) }))
        } catch {
            // The lanes look for themselves within a second.
            logger.debug("lanes were not woken", metadata: ["error": "\(error)"])
        }
        changes.publish(.connections, in: workspace)
    }
}
