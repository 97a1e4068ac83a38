import Domain
package import Logging
package import ServiceLifecycle
package import Store

/// What contacts need beside the work: the index that they are searched through, the kinds of their numbers, and changes that are being put back.
/// Every node does it; what two of them do at once is done once.
package struct ContactKeeper: Service {
    private let store: Store
    private let logger: Logger
    private let pace: Pace

    package struct Pace: Sendable {
        /// Between two looks for work.
        package var look: Duration = .milliseconds(300)
        /// Between two slices of what lasts: the database's writer is everybody's.
        package var breath: Duration = .milliseconds(5)
        /// After a failure, and between two tries to make an index that another node makes.
        package var patience: Duration = .seconds(30)

        package init() {}
    }

    package init(store: Store, logger: Logger, pace: Pace = Pace()) {
        self.store = store
        self.logger = logger
        self.pace = pace
    }

    package func run() async throws {
        await cancelWhenGracefulShutdown {
            await withDiscardingTaskGroup { group in
                group.addTask { await prepareSearch() }
                group.addTask { await again("the search index could not be brought up to date", catchUp) }
                group.addTask { await again("the kinds of numbers could not be noted", readNumbers) }
                group.addTask { await again("a change could not be put back", goOnUndoing) }
            }
        }
    }

    private func again(_ trouble: String, _ work: () async throws -> Void) async {
        while !Task.isCancelled {
            do {
                try await work()
                await pause(for: pace.look)
            } catch {
                logger.error("\(trouble); trying again", metadata: ["error": "\(error)"])
                await pause(for: pace.patience)
            }
        }
    }

    // MARK: Searching

    /// Makes PostgreSQL's index, and writes the search texts of contacts from before they had their present form.
    private func prepareSearch() async {
        while !Task.isCancelled {
            do {
                let state = try await ContactIndex(store.database).prepare()
                if case .refused(let reason) = state {
                    logger.warning(
                        "contacts are searched slowly: make the extension pg_trgm in this database",
                        metadata: ["reason": "\(reason)"])
                }
                if try await !store.areSearchTextsWritten() { try await writeSearchTexts() }
                if state != .underWay { return }
            } catch {
                logger.error("the search could not be prepared; trying again", metadata: ["error": "\(error)"])
            }
            await pause(for: pace.patience)
        }
    }

    private func writeSearchTexts() async throws {
        logger.notice("writing what contacts are searched by")
        var last: ContactID?
        while !Task.isCancelled {
            last = try await store.writeSearchTexts(after: last)
            guard last != nil else { return logger.notice("contacts are searched by their index") }
            await pause(for: pace.breath)
        }
    }

    private func catchUp() async throws {
        while try await ContactIndex(store.database).catchUp() > 0, !Task.isCancelled {
            await pause(for: pace.breath)
        }
    }

    // MARK: Numbers

    /// Those that were stored since, and after an upgrade all there are.
    private func readNumbers() async throws {
        while try await store.readNumbers() > 0, !Task.isCancelled { await pause(for: pace.breath) }
    }

    // MARK: Undoing

    /// Those that a page began, and those that a restart interrupted: a slice of each in turn, so that a small one does not
    /// wait for an import of a million, nor does a shutdown. One that cannot go on stops no other.
    private func goOnUndoing() async throws {
        var stuck: [ChangeID: any Error] = [:]
        while !Task.isCancelled {
            let open = try await store.interruptedUndos().filter { stuck[$0.change] == nil }
            guard !open.isEmpty else { break }
            for (change, workspace) in open where !Task.isCancelled {
                do {
                    if let undone = try await store.advanceUndo(change, in: workspace) { note(undone) }
                } catch {
                    stuck[change] = error
                }
                await pause(for: pace.breath)
            }
        }
        if let failure = stuck.values.first { throw failure }
    }

    private func note(_ undone: ChangeSummary) {
        logger.notice(
            "a change is put back",
            metadata: [
                "change": "\(undone.id)", "rows": "\(undone.undoneRows)", "kept": "\(undone.keptRows)",
            ])
    }
}
