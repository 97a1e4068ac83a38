import Domain
import Store

/// What people call the ways out: a number as it is written, a CRM by its vendor's name.
struct LaneNames: Sendable {
    private let numbers: [NumberID: String]
    private let connections: [ConnectionID: String]

    init(of workspace: WorkspaceID, in store: Store) async throws {
        numbers = Dictionary(
            try await store.numbers(in: workspace).map { ($0.id, $0.writtenNumber) }, uniquingKeysWith: { $1 })
        connections = Dictionary(
            try await store.connections(in: workspace).map { ($0.id, CRMName.shown($0.name, kind: $0.kind)) },
            uniquingKeysWith: { $1 })
    }

    /// Nil for what has no name of its own.
    func name(of lane: Lane) -> String? {
        switch lane {
        case .number(let id), .media(let id): numbers[id]
        case .connection(let id): connections[id]
        case .subscriber, .clock: nil
        }
    }
}
