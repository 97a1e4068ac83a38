package import Domain
package import Logging
package import ServiceLifecycle
package import Store

/// Carries imports out, off the requests that asked for them.
package struct ImportService: Service {
    private static let every: Duration = .seconds(1)
    private static let housekeepingEvery: Duration = .minutes(10)

    let store: Store
    let worker: ImportWorker
    let folder: ImportFolder
    let wakeBoard: WakeBoard
    let logger: Logger
    private let retention: Retention
    private let lease: LeaseClock?
    private let isAlone: Bool
    private let thread = WorkThread("puente.import-files")

    /// - Parameters:
    ///   - name: of this start of the program.
    ///   - isAlone: nobody else can be on this database: what others held is nobody's.
    ///   - retention: how long the rows of lists are kept, unless a company says otherwise.
    ///   - lease: nothing is written before this node has its number; nil where it has one from the beginning.
    package init(
        store: Store, folder: ImportFolder, wakeBoard: WakeBoard, name: String, isAlone: Bool,
        retention: Retention = Retention(), lease: LeaseClock? = nil, logger: Logger
    ) {
        self.store = store
        self.folder = folder
        self.wakeBoard = wakeBoard
        self.isAlone = isAlone
        self.retention = retention
        self.lease = lease
        self.logger = logger
        worker = ImportWorker(store: store, folder: folder, name: name, logger: logger)
    }

    package func run() async throws {
        await cancelWhenGracefulShutdown {
            while let lease, !lease.mayAct, !Task.isCancelled { await pause(for: .milliseconds(20)) }
            if isAlone { await trying("claims could not be released") { try await store.releaseImports(of: nil) } }
            await withDiscardingTaskGroup { group in
                group.addTask { await goOn() }
                group.addTask {
                    while !Task.isCancelled {
                        await trying("lists could not be cleared away") { try await keepHouse() }
                        await pause(for: Self.housekeepingEvery)
                    }
                }
            }
        }
        // Whoever goes on need not wait for the claims to end.
        await trying("claims could not be released") { try await store.releaseImports(of: worker.name) }
    }

    /// All that waits, once.
    package func workOnImports() async throws {
        while !Task.isCancelled, lease?.mayAct ?? true, let record = try await store.claimImport(by: worker.name) {
            try await worker.work(record)
            try await removeSpentFiles()
        }
    }

    package func keepHouse() async throws {
        try await store.abandonImports()
        try await removeSpentFiles()
        try await removeOrphans()
        for workspace in try await store.workspaces() {
            let rules = try await store.retentionRules(in: workspace).under(retention)
            guard let age = rules.age(of: .imports) else { continue }
            while try await store.forgetImportRows(olderThan: age, in: workspace), !Task.isCancelled {
                await pause(for: .milliseconds(20))
            }
        }
    }

    /// Files that no import reads, and what killed programs had begun to write.
    private func removeOrphans() async throws {
        let (files, now) = (folder.files, store.now())
        let drafts: Result<Int, any Error> = await thread.run {
            Result { try files.removeDrafts(olderThan: .hours(1), now: now) }
        }
        _ = try drafts.get()
        for workspace in try await store.workspaces() {
            let listing = FolderListing(files, in: workspace, thread: thread)
            while !Task.isCancelled {
                let names = try await listing.next(100, writtenBefore: now - .days(1))
                if names.isEmpty { break }
                let orphans = try await store.importFilesWithoutRow(names, in: workspace)
                await thread.run { [folder] in orphans.forEach { folder.remove($0, in: workspace) } }
            }
        }
    }

    private func removeSpentFiles() async throws {
        let (files, now) = (folder.files, store.now())
        for spent in try await store.spentImportFiles() {
            let removal: Result<Bool, any Error> = await thread.run {
                Result { try files.remove(spent.sha256, in: spent.workspace, settledFor: .zero, now: now) }
            }
            // One that was written this very second is uploaded again: its turn comes later.
            guard try removal.get() else { continue }
            try await store.forgetImportFile(spent)
        }
    }

    private func goOn() async {
        while !Task.isCancelled {
            await trying("an import waits for the database") { try await workOnImports() }
            await wakeBoard.wait(for: .imports, atMost: Self.every)
        }
    }

    private func trying(_ what: String, _ work: () async throws -> Void) async {
        do {
            try await work()
        } catch is CancellationError {
            return
        } catch {
            logger.warning("\(what); trying again", metadata: ["error": "\(error)"])
        }
    }
}
