package import Domain

/// What went wrong in the database, told apart as far as callers choose between ways to go on.
package enum SQLError: Error, Equatable, Sendable {
    /// A UNIQUE constraint; `constraint` names it or its columns, as the engine does.
    case uniqueViolation(constraint: String)
    /// Another constraint (CHECK, NOT NULL, foreign key).
    case constraint(String)
    /// The transaction lost against another one and may run again: serialisation failure, deadlock, busy.
    case conflict(String)
    /// No connection, or it broke before anything was committed.
    case unavailable(String)
    /// The connection broke while COMMIT was under way: nobody knows. Counts as not stored.
    case commitUnknown(String)
    /// The disk, or the limit set for the database, is full.
    case full(String)
    /// `fsync` or the file itself failed. The process must end: what is on disk can no longer be known.
    case storageFailed(String)
    /// A statement took longer than allowed, or waited too long for a lock.
    case timedOut(String)
    /// A mistake of ours: syntax, a missing parameter, an unknown table.
    case misuse(String)
    case decoding(String)
}

extension PuenteError {
    /// What a person or a program is told after ``SQLError/commitUnknown(_:)``: never that nothing was changed.
    package static let outcomeUnknown = PuenteError(
        .unavailable, detail: "outcome_unknown",
        en:
            "The connection to the database broke while this was being saved, so it may have been done. Look before you repeat it.",
        es:
            "La conexión con la base de datos se cortó al guardar, así que pudo hacerse. Compruébelo antes de repetirlo."
    )
}

extension SQLError {
    /// Whether the database is at fault, and not what was to be written: the same may succeed later.
    package var isOfTheDatabase: Bool {
        switch self {
        case .conflict, .unavailable, .commitUnknown, .full, .storageFailed, .timedOut: true
        case .uniqueViolation, .constraint, .misuse, .decoding: false
        }
    }
}
