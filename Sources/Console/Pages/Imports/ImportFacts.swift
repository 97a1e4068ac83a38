package import Domain
package import Store

/// An import as pages show it.
package struct ImportFacts: Sendable {
    /// Whether what it wrote can be put back, or was.
    package enum Undo: Equatable, Sendable {
        /// Nothing was written.
        case nothing
        case possible(until: Timestamp)
        /// So many of so many rows are back.
        case running(done: Int, of: Int)
        case done(at: Timestamp, by: String, kept: Int)
        /// Its time is over.
        case over
    }

    /// What an undo left, since others changed it meanwhile.
    package struct Stay: Equatable, Sendable {
        /// Contacts that the list had made.
        package let contacts: Int
        /// Where it is listed.
        package let change: ChangeID

        package init(contacts: Int, change: ChangeID) {
            self.contacts = contacts
            self.change = change
        }
    }

    package var id: ImportID
    package var state: ImportState
    package var fileName: String
    package var size: Int
    package var actor: String
    package var rows: Int
    /// Of this state's work, 0 to 1.
    package var share: Double
    /// Rows a second.
    package var rate: Double
    package var left: Duration?
    package var report: ImportReport?
    package var result: ImportResult?
    package var failure: LocalizedText?
    package var undo: Undo
    /// Where its undo left something.
    package var stay: Stay?
    /// When an undo that is under way was asked for.
    package var undoBegan: Timestamp?
    package var isFileKept: Bool
    package var createdAt: Timestamp
    package var endedAt: Timestamp?

    package init(
        id: ImportID, state: ImportState, fileName: String, size: Int, actor: String, createdAt: Timestamp
    ) {
        self.id = id
        self.state = state
        self.fileName = fileName
        self.size = size
        self.actor = actor
        self.rows = 0
        self.share = 0
        self.rate = 0
        self.undo = .nothing
        self.isFileKept = true
        self.createdAt = createdAt
    }

    var path: String { "/imports/\(id)" }
    var isUndoing: Bool {
        if case .running = undo { true } else { false }
    }
}
