package import Domain
package import Logging
package import Store

/// Removes the files of messages that were pruned, those that nothing refers to, and what killed programs left unfinished.
/// The rows go after the files, so that no crash leaves a file that nobody knows of.
package struct MediaCleaning: Sendable {
    private static let slice = 200
    /// No transfer takes a pause for so long.
    private static let draftAge: Duration = .hours(1)

    private let store: Store
    private let folder: MediaFolder
    private let logger: Logger
    private let thread = WorkThread("puente.media-cleaning")
    private let orphans: MediaOrphans

    package init(store: Store, folder: MediaFolder, logger: Logger) {
        self.store = store
        self.folder = folder
        self.logger = logger
        orphans = MediaOrphans(store: store, folder: folder, logger: logger, thread: thread)
    }

    /// Goes through all that was pruned, once. What cannot be removed now holds up nothing behind it, and is tried again
    /// the next time.
    /// - Parameter goesOn: asked before each slice, and may wait; false ends it early.
    /// - Returns: how many rows are done.
    @discardableResult
    package func run(while goesOn: @Sendable () async -> Bool = { true }) async throws -> Int {
        await removeDrafts()
        var count = 0
        var passed: MediaID?
        while await goesOn() {
            let pruned = try await store.prunedMedia(limit: Self.slice, after: passed)
            guard let last = pruned.last else { break }
            passed = last.id
            let done = await remove(pruned)
            try await store.forget(done)
            count += done.count
        }
        try await orphans.run(while: goesOn)
        return count
    }

    private func remove(_ pruned: [PrunedMedia]) async -> [PrunedMedia] {
        let (folder, logger, now) = (folder, logger, store.now())
        return await thread.run {
            pruned.filter { media in
                guard let file = media.file else { return true }
                do {
                    return try folder.remove(file, in: media.workspace, now: now)
                } catch {
                    logger.warning("a file could not be removed", metadata: ["error": "\(error)"])
                    return false
                }
            }
        }
    }

    private func removeDrafts() async {
        let (folder, logger, now) = (folder, logger, store.now())
        await thread.run {
            do {
                let count = try folder.removeDrafts(olderThan: Self.draftAge, now: now)
                if count > 0 { logger.notice("removed unfinished files", metadata: ["count": "\(count)"]) }
            } catch {
                logger.warning("unfinished files could not be removed", metadata: ["error": "\(error)"])
            }
        }
    }
}
