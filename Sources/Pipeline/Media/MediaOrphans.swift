import Domain
import Logging
import Store
import Synchronization

/// Removes files that no row speaks of: a form or request was refused after its file had come, or the program was killed
/// before it could write the row. Looks through the folder once a day.
final class MediaOrphans: Sendable {
    private static let interval: Duration = .days(1)
    /// Whoever wrote a file longer ago than this has written its row, or will not.
    private static let age: Duration = .days(1)
    private static let slice = 200

    private let store: Store
    private let folder: MediaFolder
    private let logger: Logger
    private let thread: WorkThread
    private let lastRun = Mutex<Timestamp?>(nil)

    init(store: Store, folder: MediaFolder, logger: Logger, thread: WorkThread) {
        self.store = store
        self.folder = folder
        self.logger = logger
        self.thread = thread
    }

    /// - Parameter goesOn: as in ``MediaCleaning/run(while:)``.
    func run(while goesOn: @Sendable () async -> Bool) async throws {
        let now = store.now()
        guard lastRun.withLock({ $0.map { now - $0 >= Self.interval } ?? true }) else { return }
        // After a restore the newer rows may be missing, and a person may still choose another copy.
        guard try await !store.database.isHeld() else { return }
        var count = 0
        for workspace in try await store.workspaces() {
            // A database may be older than the folder without anybody having said so: what came after it is left alone.
            guard let newest = try await store.newestFile(in: workspace) else { continue }
            let before = min(now, newest) - Self.age
            let listing = FolderListing(folder, in: workspace, thread: thread)
            while await goesOn() {
                let names = try await listing.next(Self.slice, writtenBefore: before)
                if names.isEmpty { break }
                count += await remove(try await store.filesWithoutRow(names, in: workspace), of: workspace)
            }
        }
        if await goesOn() { lastRun.withLock { $0 = now } }
        if count > 0 { logger.notice("removed files that nothing refers to", metadata: ["count": "\(count)"]) }
    }

    private func remove(_ names: [String], of workspace: WorkspaceID) async -> Int {
        let (folder, logger, now) = (folder, logger, store.now())
        return await thread.run {
            names.count { name in
                do {
                    return try folder.remove(name, in: workspace, settledFor: Self.age, now: now)
                } catch {
                    logger.warning("a file could not be removed", metadata: ["error": "\(error)"])
                    return false
                }
            }
        }
    }
}
