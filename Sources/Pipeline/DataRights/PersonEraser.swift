import Domain
package import Logging
package import Store
import WhatsApp

/// Ends what an erasure began: messages, files, mentions and raw webhooks of people who are gone from every page already.
/// Works in slices, from the database's state alone: whatever interrupts it, it goes on where it was.
package struct PersonEraser: Sendable {
    /// A file that came a moment ago may be about to be referred to by somebody else.
    private static let settledFor: Duration = .minutes(1)

    private let store: Store
    private let folder: MediaFolder
    private let bodyPatience: Duration
    private let logger: Logger
    private let thread = WorkThread("puente.erasures")

    /// - Parameter bodyPatience: how long raw webhooks of before an erasure may still be on their way into the log.
    package init(
        store: Store, folder: MediaFolder, bodyPatience: Duration = Store.bodyPatience, logger: Logger
    ) {
        self.store = store
        self.folder = folder
        self.bodyPatience = bodyPatience
        self.logger = logger
    }

    /// Goes through all erasures that have begun, once.
    /// - Parameter goesOn: asked before each slice, and may wait; false ends it early.
    /// - Returns: how many are done now.
    @discardableResult
    package func run(while goesOn: @Sendable () async -> Bool = { true }) async throws -> Int {
        var emptied: [OpenErasure] = []
        for erasure in try await store.openErasures() {
            guard await goesOn() else { break }
            await goingOnLater(erasure) {
                if let now = try await empty(erasure, while: goesOn) { emptied.append(now) }
            }
        }
        var count = 0
        for erasure in try await withoutSearches(emptied, while: goesOn) {
            await goingOnLater(erasure) {
                if try await store.finish(erasure) { count += 1 }
            }
        }
        if count > 0 { await clearStorage(while: goesOn) }
        return count
    }

    /// One that fails leaves the others to go on.
    private func goingOnLater(_ erasure: OpenErasure, _ work: () async throws -> Void) async {
        do {
            try await work()
        } catch {
            logger.error("an erasure goes on later", metadata: ["erasure": "\(erasure.id)", "error": "\(error)"])
        }
    }

    /// - Returns: the erasure as it stands now; nil while something of it is still waited for.
    private func empty(
        _ erasure: OpenErasure, while goesOn: @Sendable () async -> Bool
    ) async throws -> OpenErasure? {
        while try await store.eraseMessages(of: erasure) > 0 {
            guard await goesOn() else { return nil }
        }
        try await removeFiles(of: erasure, while: goesOn)
        guard try await redactBodies(naming: erasure, while: goesOn) else { return nil }
        // A slice may have found jobs under way: those count as they stand now.
        guard let now = try await store.openErasures().first(where: { $0.id == erasure.id }) else { return nil }
        // What no index leads to is looked for once, when nothing else is waited for.
        guard try await store.isNearlyDone(now), try await store.eraseMentions(of: now, while: goesOn),
            try await store.eraseSuggestions(of: now, while: goesOn),
            try await store.eraseLists(of: now, while: goesOn)
        else { return nil }
        return now
    }

    /// What was typed to find people is looked through once for all of them, as when retention erases many.
    /// - Returns: those for whom all of it was looked through.
    private func withoutSearches(
        _ erasures: [OpenErasure], while goesOn: @Sendable () async -> Bool
    ) async throws -> [OpenErasure] {
        var done: [OpenErasure] = []
        for (workspace, erasures) in Dictionary(grouping: erasures, by: \.workspace).sorted(by: { $0.key < $1.key }) {
            let people = erasures.map { SoughtPerson($0, writings: NumberWritings.all) }
            guard try await store.eraseSearches(for: people, in: workspace, while: goesOn) else { break }
            done += erasures
        }
        return done
    }

    // MARK: Files

    private func removeFiles(of erasure: OpenErasure, while goesOn: @Sendable () async -> Bool) async throws {
        while await goesOn() {
            let files = try await store.erasedFiles(of: erasure)
            let gone = await remove(files)
            try await store.forget(gone)
            // What cannot be removed now is tried again with the next run.
            if gone.count < files.count || files.isEmpty { return }
        }
    }

    private func remove(_ files: [PrunedMedia]) async -> [PrunedMedia] {
        let (folder, logger, now) = (folder, logger, store.now())
        return await thread.run {
            files.filter { media in
                guard let file = media.file else { return true }
                do {
                    return try folder.remove(file, in: media.workspace, settledFor: Self.settledFor, now: now)
                } catch {
                    logger.warning("a file could not be removed", metadata: ["error": "\(error)"])
                    return false
                }
            }
        }
    }

    // MARK: Raw webhooks

    /// - Returns: whether the log was looked through to its end. A body that waits to be understood is waited for.
    private func redactBodies(
        naming erasure: OpenErasure, while goesOn: @Sendable () async -> Bool
    ) async throws -> Bool {
        let redaction = WebhookRedaction(erasure.traces.identifiers)
        var place = erasure.place
        while await goesOn() {
            let page = try await store.bodies(naming: erasure, after: place, patience: bodyPatience)
            guard let last = page.last else { return page.isEnd }
            let redacted = await thread.run {
                page.bodies.compactMap { body in
                    redaction.applied(to: body.bytes).map { NamingBodies.Body(id: body.id, bytes: $0) }
                }
            }
            try await store.replace(redacted, upTo: last, of: erasure)
            place = last
        }
        return false
    }

    /// What SQLite still holds of what was deleted: in its search index, and in its write-ahead log. The erasures are done
    /// in any case, and the log begins anew by itself in a while.
    private func clearStorage(while goesOn: @Sendable () async -> Bool) async {
        do {
            try await store.rewriteSearchIndex(while: goesOn)
            try await store.emptyLog()
        } catch {
            logger.notice("the database's storage is cleared later", metadata: ["error": "\(error)"])
        }
    }
}
