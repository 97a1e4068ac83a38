package import Domain

/// A reviewed list of duplicates that is merged one pair after the other: each merge is a change of its own, to be undone
/// by itself; the list can be undone as a whole.
package struct MergeBatch: Sendable {
    package enum State: String, SQLConvertible, Sendable { case running, done, undoing, undone }

    package let id: MergeBatchID
    package let state: State
    package let actor: String
    package let total: Int
    package let merged: Int
    package let failed: Int
    package let undone: Int
    /// Merges that could not be undone any more.
    package let kept: Int
    package let undoneBy: String?
    package let createdAt: Timestamp
    package let finishedAt: Timestamp?

    /// Of the total, how many were looked at: merged or failed; while it is undone, undone or kept.
    package var progress: Int {
        switch state {
        case .running, .done: merged + failed
        case .undoing, .undone: undone + kept
        }
    }

    package var isBusy: Bool { state == .running || state == .undoing }
}

/// A pair that somebody has looked at, and who of the two stays.
package struct ReviewedDuplicate: Sendable {
    package let duplicate: DuplicateID
    package let winner: ContactID

    package init(duplicate: DuplicateID, winner: ContactID) {
        self.duplicate = duplicate
        self.winner = winner
    }
}

extension MergeBatch {
    static let columns = "id, state, actor, total, merged, failed, undone, kept, undone_by, created_at, finished_at"

    init(_ row: SQLRow) throws {
        id = try row.get("id")
        state = try row.get("state")
        actor = try row.get("actor")
        total = try row.get("total")
        merged = try row.get("merged")
        failed = try row.get("failed")
        undone = try row.get("undone")
        kept = try row.get("kept")
        undoneBy = try row.get("undone_by")
        createdAt = try row.get("created_at")
        finishedAt = try row.get("finished_at")
    }
}

extension PuenteError {
    package static let nothingToMerge = PuenteError(
        .conflict, detail: "nothing_to_merge",
        en: "None of these duplicates is open any more. Load the page again.",
        es: "Ninguno de estos duplicados sigue pendiente. Vuelva a cargar la página.")
    package static let noBatch = PuenteError(
        .notFound, detail: "no_batch", en: "There is no such list.", es: "No existe esa lista.")
    package static let batchNotDone = PuenteError(
        .conflict, detail: "batch_not_done", en: "This list is at work, or was undone already.",
        es: "Esta lista está en curso o ya se deshizo.")
}
