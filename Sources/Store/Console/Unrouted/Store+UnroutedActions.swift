package import Domain

/// Which open entries a person settles.
package enum UnroutedSelection: Sendable {
    case ids([UnroutedID])
    /// All of one reason, oldest first, at most ``Store/maxUnroutedAtOnce``: after a number was configured, what came
    /// for it before is routed in a few steps.
    case reason(UnroutedReason)
}

extension Store {
    package static let maxUnroutedAtOnce = 500

    /// Puts entries away. They stay counted as unrouted.
    /// - Parameter actor: the name of who does it, when that is nobody of the staff.
    /// - Returns: how many were open.
    package func dismissUnrouted(
        _ selection: UnroutedSelection, in workspace: WorkspaceID, by staff: StaffID?, named actor: String = "puente"
    ) async throws -> Int {
        try await settlingUnrouted(selection, in: workspace, by: staff, named: actor) { try $0.dismiss() }
    }

    /// Hands the bodies of entries to the interpreter once more. All open entries of a body go together, and leave the
    /// ledger until they are read again; what of the body was stored is not stored twice.
    ///
    /// - Returns: how many bodies wait for the interpreter now.
    /// - Throws: `conflict` with the detail `body_pruned` when a single entry was asked for whose body is gone.
    package func routeAgain(
        _ selection: UnroutedSelection, in workspace: WorkspaceID, by staff: StaffID?, named actor: String = "puente"
    ) async throws -> Int {
        try await settlingUnrouted(selection, in: workspace, by: staff, named: actor) { try $0.routeAgain() }
    }

    private func settlingUnrouted(
        _ selection: UnroutedSelection, in workspace: WorkspaceID, by staff: StaffID?, named actor: String,
        _ body: @escaping @Sendable (UnroutedSettling) throws -> Int
    ) async throws -> Int {
        if case .ids(let ids) = selection, ids.count > Self.maxUnroutedAtOnce { throw PuenteError.tooManyAtOnce }
        let now = now()
        let store = self
        return try await database.write(on: .work) { connection in
            try body(
                UnroutedSettling(
                    store: store, connection: connection, workspace: workspace, selection: selection, staff: staff,
                    actor: actor, now: now))
        }
    }
}
