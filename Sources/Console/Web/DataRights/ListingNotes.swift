import Domain
import Logging
package import ServiceLifecycle
import Store

/// Writes down who listed or searched contacts, beside the pages that show them: a table is drawn at once also while an
/// import keeps the database busy. One after the other, as they were asked.
package actor ListingNotes: Service {
    struct Note: Sendable {
        /// See ``Store/noteListed(_:by:in:)``.
        let asked: [String: String]
        let actor: String
        let workspace: WorkspaceID
    }

    private let store: Store
    private let most: Int
    private let logger: Logger
    private var waiting: [Note] = []
    private var writing: Task<Void, Never>?

    /// - Parameter most: who asks while so many wait waits for them: nothing is left out, and they take no more memory.
    init(_ store: Store, most: Int = 500, logger: Logger) {
        self.store = store
        self.most = most
        self.logger = logger
    }

    func add(_ note: Note) async {
        while waiting.count >= most { await settled() }
        waiting.append(note)
        if writing == nil { writing = Task { await write() } }
    }

    /// Returns when what waits now is written.
    func settled() async {
        await writing?.value
    }

    /// Works until the group shuts down, and ends when all is written.
    package func run() async throws {
        // Throws only when the group is cancelled: then what waits is written as well.
        try? await gracefulShutdown()
        await settled()
    }

    private func write() async {
        while !waiting.isEmpty {
            let notes = waiting
            waiting = []
            for note in notes { await write(note) }
        }
        writing = nil
    }

    /// The list was drawn: what cannot be written down now, since the disk may be full, stands in the log.
    private func write(_ note: Note) async {
        do {
            try await store.noteListed(note.asked, by: note.actor, in: note.workspace)
        } catch {
            logger.error("who looked for contacts was not written down", metadata: ["error": "\(error)"])
        }
    }
}
