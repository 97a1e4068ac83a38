import Domain
package import Logging
package import Store

/// Makes the files that people are given: everything held of a person, as JSON, as a page to read, and their media, in one
/// ZIP archive. Messages pass in pages, so that it takes the same memory for ten and for a million.
package struct PersonExporter: Sendable {
    private let store: Store
    private let media: MediaFolder
    private let exports: ExportFolder
    private let logger: Logger
    private let thread = WorkThread("puente.exports")

    package init(store: Store, folder: MediaFolder, logger: Logger) {
        self.store = store
        self.media = folder
        self.exports = ExportFolder(folder)
        self.logger = logger
    }

    /// Makes what was asked for, also what a restart interrupted, and removes files whose time is over.
    /// - Parameter goesOn: asked between pages, and may wait; false ends it early, and the export is begun anew later.
    /// - Returns: how many are ready now.
    @discardableResult
    package func run(while goesOn: @Sendable () async -> Bool = { true }) async throws -> Int {
        var count = 0
        for export in try await store.openExports() {
            guard await goesOn() else { break }
            if try await make(export, while: goesOn) { count += 1 }
        }
        try await removeExpired()
        return count
    }

    /// One that cannot be made is no reason for others to wait.
    private func make(_ export: PersonExport, while goesOn: @Sendable () async -> Bool) async throws -> Bool {
        let archive = PersonArchive(export, exports: exports, media: media, thread: thread)
        do {
            guard let size = try await write(export, into: archive, while: goesOn) else {
                try await archive.discard()
                return false
            }
            if try await store.finish(export, size: size) { return true }
            try await archive.discard()
        } catch {
            logger.error(
                "an export could not be made", metadata: ["export": "\(export.id)", "error": "\(error)"])
            try await archive.discard()
            _ = try await store.finish(export, size: nil)
        }
        return false
    }

    /// - Returns: the archive's size; nil when it was ended early, or is not wanted any more.
    private func write(
        _ export: PersonExport, into archive: PersonArchive, while goesOn: @Sendable () async -> Bool
    ) async throws -> Int? {
        guard let messages = try await store.begin(export) else { return nil }
        guard let record = try await store.personRecord(of: export.contact, in: export.workspace) else {
            _ = try await store.finish(export, size: nil)
            return nil
        }
        let writing = PersonWriting(
            store: store, export: export, record: record, archive: archive, messages: messages, now: store.now())
        return try await writing.write(while: goesOn)
    }

    private func removeExpired() async throws {
        for export in try await store.expiredExports() {
            let (exports, logger) = (exports, logger)
            let isGone = await thread.run {
                do {
                    try exports.remove(export.id, in: export.workspace)
                    return true
                } catch {
                    logger.warning("an export could not be removed", metadata: ["error": "\(error)"])
                    return false
                }
            }
            if isGone { try await store.forget(export) }
        }
    }
}
