package import Domain
import Foundation
package import Store
import Synchronization

/// What is put back.
package enum PutBackSubject: Hashable, Sendable {
    case changes([SyncChangeID])
    /// Everything that the connection changed of somebody.
    case contact(ContactID)
    /// Everything that it changed from a moment on and before another.
    case span(from: Timestamp, to: Timestamp)
}

/// Something that is being put back, or was.
package struct PutBackRun: Sendable {
    package enum State: Equatable, Sendable {
        case running
        case ended
        /// A person stopped it; the same can be asked for again.
        case stopped
        /// It could not go on; the same can be asked for again.
        case failed
    }

    package let id: String
    package let connection: ConnectionID
    package let workspace: WorkspaceID
    package let subject: PutBackSubject
    package let actor: String
    /// Fields that there were to put back when it began; nil where nobody counted.
    package let expected: Int?
    package internal(set) var state: State = .running
    package internal(set) var counts = SyncPutBackCounts()
    /// Whether the CRM said what can be written there.
    package internal(set) var knowsFields = true
}

extension PutBackRun {
    init(_ span: SpanPutBack) {
        id = span.id.description
        connection = span.connection
        workspace = span.workspace
        subject = .span(from: span.from, to: span.to)
        actor = span.actor
        expected = span.expected
        counts = span.counts
        knowsFields = span.knowsFields
        state =
            switch span.state {
            case .running: .running
            case .stopped: .stopped
            case .done: .ended
            }
    }
}

/// Single changes and persons that are put back at this moment, and the latest that were, in this process: what was put
/// back stands in the log. Spans are kept in the database.
final class PutBackRuns: Sendable {
    private static let most = 200

    private let runs = Mutex<[PutBackRun]>([])

    func run(_ id: String, in workspace: WorkspaceID) -> PutBackRun? {
        runs.withLock { $0.first { $0.id == id && $0.workspace == workspace } }
    }

    /// - Returns: the run, and whether it is new: nobody puts back the same twice at once.
    func begin(
        _ subject: PutBackSubject, of crm: ConnectionID, expected: Int?, by actor: String, in workspace: WorkspaceID
    ) -> (run: PutBackRun, isNew: Bool) {
        runs.withLock { runs in
            let same = runs.first { $0.state == .running && $0.connection == crm && $0.subject == subject }
            if let same { return (same, false) }
            let run = PutBackRun(
                id: UUID().uuidString.lowercased(), connection: crm, workspace: workspace, subject: subject,
                actor: actor, expected: expected)
            runs.append(run)
            if runs.count > Self.most, let oldest = runs.firstIndex(where: { $0.state != .running }) {
                runs.remove(at: oldest)
            }
            return (run, true)
        }
    }

    func change(_ id: String, _ body: (inout PutBackRun) -> Void) {
        runs.withLock { runs in
            guard let index = runs.firstIndex(where: { $0.id == id }) else { return }
            body(&runs[index])
        }
    }
}
