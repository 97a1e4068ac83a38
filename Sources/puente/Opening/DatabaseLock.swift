import Domain
import Foundation
import Synchronization

#if canImport(Glibc)
    import Glibc
#endif

/// The exclusive lock beside a SQLite database: one process writes. `serve` holds it as long as it runs; commands that
/// write hold it while they work. The system gives it back when the process ends, however that happens.
final class DatabaseLock: Sendable {
    private let descriptor: Mutex<Int32?>

    private init(_ descriptor: Int32) {
        self.descriptor = Mutex(descriptor)
    }

    deinit {
        release()
    }

    /// - Parameters:
    ///   - database: the database file; it need not exist yet.
    ///   - holder: who takes it, for the sentence that others get: `serve`, `user add`.
    /// - Throws: `conflict` with the detail `database_in_use` while another process holds it.
    static func take(beside database: String, holder: String) throws(PuenteError) -> DatabaseLock {
        let path = database + ".lock"
        let descriptor = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { throw .lockUnusable(path, reason: String(cString: strerror(errno))) }
        guard flock(descriptor, LOCK_EX | LOCK_NB) == 0 else {
            let reason = errno
            defer { close(descriptor) }
            guard reason == EWOULDBLOCK else { throw .lockUnusable(path, reason: String(cString: strerror(reason))) }
            throw .databaseInUse(database, by: LockHolder(read(descriptor)))
        }
        let lock = DatabaseLock(descriptor)
        note(LockHolder(command: holder, process: getpid()), in: descriptor)
        return lock
    }

    func release() {
        descriptor.withLock { descriptor in
            if let descriptor { close(descriptor) }
            descriptor = nil
        }
    }

    /// Only for the sentence that another process shows: a disk too full to hold it must stop nobody.
    private static func note(_ holder: LockHolder, in descriptor: Int32) {
        let text = holder.line
        guard ftruncate(descriptor, 0) == 0 else { return }
        _ = text.withCString { pwrite(descriptor, $0, strlen($0), 0) }
    }

    private static func read(_ descriptor: Int32) -> String {
        var bytes = [UInt8](repeating: 0, count: 200)
        let count = pread(descriptor, &bytes, bytes.count, 0)
        return String(decoding: bytes.prefix(max(0, count)), as: UTF8.self)
    }
}

/// Who holds a lock, as the lock file says it: `serve 1234`.
struct LockHolder: Equatable, Sendable {
    static let server = "serve"

    let command: String
    /// Nil when the file does not say.
    let process: Int32?

    init(command: String, process: Int32?) {
        self.command = command
        self.process = process
    }

    init(_ line: String) {
        let words = line.split(whereSeparator: \.isWhitespace)
        self.process = words.last.flatMap { Int32($0) }
        self.command = process == nil ? "" : words.dropLast().joined(separator: " ")
    }

    var line: String { "\(command) \(process ?? 0)\n" }
}

extension PuenteError {
    static func lockUnusable(_ path: String, reason: String) -> PuenteError {
        PuenteError(
            .invalid, detail: "database_lock",
            en: "The lock file \(path) cannot be opened: \(reason). Check the folder in database.url and whose it is.",
            es:
                "No se puede abrir el archivo de bloqueo \(path): \(reason). Revise la carpeta de database.url y su dueño."
        )
    }

    static func databaseInUse(_ database: String, by holder: LockHolder) -> PuenteError {
        let process = holder.process.map { ($0, "process \($0)", "proceso \($0)") }
        if holder.command == LockHolder.server || process == nil {
            let (en, es) = process.map { (" (\($0.1))", " (\($0.2))") } ?? ("", "")
            return PuenteError(
                .conflict, detail: "database_in_use",
                en:
                    "The server\(en) is using the database \(database): stop it, run this command again, start it again.",
                es:
                    "El servidor\(es) está usando la base de datos \(database): deténgalo, repita esta orden y arránquelo de nuevo."
            )
        }
        return PuenteError(
            .conflict, detail: "database_in_use",
            en:
                "\"puente \(holder.command)\" (process \(holder.process ?? 0)) is using the database \(database): wait until it ends.",
            es:
                "«puente \(holder.command)» (proceso \(holder.process ?? 0)) está usando la base de datos \(database): espere a que termine."
        )
    }
}
