internal import ContactFiles
internal import Domain
internal import Store

/// A list that is read and judged on a thread of its own, a batch of rows at a time.
actor ImportReading {
    struct Batch: Sendable {
        let items: [JudgedItem]
        /// What rows with one code have in common, of the codes met so far.
        let titles: [String: LocalizedText]
        /// Of the file, 0 to 1.
        let share: Double
    }

    private let thread: WorkThread
    private let file: ImportFile
    private let plan: ImportPlan
    private let fields: [ImportField]
    private var opened: (rows: RowReader, judge: ImportJudge)?

    nonisolated var unownedExecutor: UnownedSerialExecutor { thread.asUnownedSerialExecutor() }

    /// - Parameters:
    ///   - fields: that the company has and that the list brings along.
    ///   - thread: may wait for the disk and takes processor time.
    init(_ file: ImportFile, plan: ImportPlan, fields: [ImportField], on thread: WorkThread) {
        self.thread = thread
        self.file = file
        self.plan = plan
        self.fields = fields
    }

    /// The next rows; none at the end.
    /// - Throws: `PuenteError` when the file cannot be read any further.
    func next(_ count: Int) throws -> Batch {
        var (rows, judge) = try open()
        var items: [JudgedItem] = []
        items.reserveCapacity(count)
        while items.count < count, let item = try rows.next() { items.append(judge.judge(item)) }
        opened = (rows, judge)
        return Batch(items: items, titles: judge.titles, share: rows.progress.share)
    }

    private func open() throws -> (rows: RowReader, judge: ImportJudge) {
        if let known = opened {
            // One owner: else each row would copy what was seen so far.
            opened = nil
            return known
        }
        return (try file.open().rows(plan.reading), ImportJudge(plan, fields: fields))
    }
}

/// Where a list lies.
package struct ImportFile: Sendable {
    let path: String
    /// Where texts of large workbooks go that do not fit into memory.
    let spillFolder: String

    package init(path: String, spillFolder: String = "/var/tmp") {
        self.path = path
        self.spillFolder = spillFolder
    }

    func open() throws(PuenteError) -> ContactFile {
        try ContactFile(path: path, spillFolder: spillFolder)
    }
}
