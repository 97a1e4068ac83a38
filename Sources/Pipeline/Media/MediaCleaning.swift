package import Domain
package import Logging
package import Store

/// Removes the files of messages that were pruned. The rows go after the files, so that no crash leaves a file that
/// nobody knows of.
package struct MediaCleaning: Sendable {
    private static let slice = 200

    private let store: Store
    private let folder: MediaFolder
    private let logger: Logger
    private let thread = WorkThread("puente.media-cleaning")

    package init(store: Store, folder: MediaFolder, logger: Logger) {
        self.store = store
        self.folder = folder
        self.logger = logger
    }

    /// One slice. What cannot be removed now is tried again the next time.
    /// - Returns: how many rows are done.
    package func run() async throws -> Int {
        let pruned = try await store.prunedMedia(limit: Self.slice)
        let (folder, logger, now) = (folder, logger, store.now())
        let done = await thread.run {
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
        try await store.forget(done)
        return done.count
    }
}
