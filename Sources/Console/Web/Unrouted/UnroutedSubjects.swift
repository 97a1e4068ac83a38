import Domain
import Pipeline
import Store

/// Finds out what the entries of a list speak of, from the bodies that they came in.
struct UnroutedSubjects: Sendable {
    let store: Store
    /// Bodies are read here: many of them take longer than a shared thread should be kept.
    let thread: WorkThread

    /// - Returns: by entry; those whose body is gone, too long or silent are absent.
    func of(_ entries: [UnroutedEntry], in workspace: WorkspaceID) async throws -> [UnroutedID: UnroutedSubject] {
        guard !entries.isEmpty else { return [:] }
        let bodies = try await store.unroutedBodies(
            Set(entries.map(\.intake)), upTo: UnroutedSubject.mostBytes, in: workspace)
        return await thread.run {
            entries.reduce(into: [:]) { subjects, entry in
                guard let body = bodies[entry.intake] else { return }
                subjects[entry.id] = UnroutedSubject.read(body, position: entry.position)
            }
        }
    }
}

extension UnroutedSubject {
    /// For people: the number where there is one, since that is what they configure.
    func shown(for reason: UnroutedReason?) -> String? {
        switch reason {
        case .unknownAccount: wabaID
        case .unknownNumber: phoneNumberID ?? wabaID
        default: [phoneNumberID, wabaID].compactMap(\.self).joined(separator: " · ")
        }
    }
}
