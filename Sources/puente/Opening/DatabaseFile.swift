#if canImport(Glibc)
    import Glibc
#endif

/// A SQLite database that nobody has open, as one file.
enum DatabaseFile {
    /// Makes an empty file that only its owner can read, where there is none yet; SQLite gives the files beside it the
    /// same rights. Messages are nobody else's to read.
    static func makePrivate(_ path: String) {
        let descriptor = open(path, O_WRONLY | O_CREAT | O_CLOEXEC, 0o600)
        // Why it cannot be made, opening it says better.
        if descriptor >= 0 { close(descriptor) }
    }

    /// Removes what SQLite keeps beside an open database.
    /// - Throws: while the write-ahead log still holds something that the file does not.
    static func requireWhole(_ path: String) throws {
        guard Folders.size(of: "\(path)-wal") == 0 else {
            throw CommandFailure(
                en: "The database \(path) could not be closed: try again.",
                es: "No se pudo cerrar la base de datos \(path): inténtelo de nuevo.")
        }
        for suffix in ["-wal", "-shm"] { Folders.removeDraft(path + suffix) }
    }
}
