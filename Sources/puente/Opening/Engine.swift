import Domain
import Foundation
import Logging
import Store

/// The database's engine as the configuration names it.
enum Engine: Sendable {
    case sqlite(SQLiteDatabase, path: String)
    case postgres(PostgresDatabase)

    var database: any SQLDatabase {
        switch self {
        case .sqlite(let database, _): database
        case .postgres(let database): database
        }
    }

    /// Opens the file, or gets ready to connect: PostgreSQL is not asked before something is read.
    static func open(_ address: DatabaseAddress, log: Logger) throws -> Engine {
        switch address {
        case .sqlite(let path):
            DatabaseFile.makePrivate(path)
            return .sqlite(try SQLiteDatabase(path: path), path: path)
        case .postgres(let url, let password):
            return .postgres(
                try PostgresDatabase(PostgresOptions(url: url.value, password: password?.value), log: log))
        }
    }
}

extension DatabaseAddress {
    /// Whether there is a database file; always for PostgreSQL, where only asking tells.
    var mayExist: Bool {
        switch self {
        case .sqlite(let path): FileManager.default.fileExists(atPath: path)
        case .postgres: true
        }
    }

    /// - Throws: the sentence that names the key, when the database's folder is not there or is not ours to write in.
    func requireFolder() throws(PuenteError) {
        guard case .sqlite(let path) = self else { return }
        let folder = Self.folder(of: path)
        guard let status = FileStatus(folder), status.kind == S_IFDIR else {
            throw PuenteError(
                .invalid, detail: "database_folder",
                en: "database.url names the folder \(folder), which does not exist: make it or name another.",
                es: "database.url indica la carpeta \(folder), que no existe: créela o indique otra.")
        }
        try Self.refuseRoot(in: folder, owner: status.owner)
    }

    static func folder(of path: String) -> String {
        path.lastIndex(of: "/").map { $0 == path.startIndex ? "/" : String(path[..<$0]) } ?? "."
    }

    /// Files that root makes in a service's folder are files that the service cannot write.
    private static func refuseRoot(in folder: String, owner: uid_t) throws(PuenteError) {
        guard geteuid() == 0, owner != 0 else { return }
        let name = getpwuid(owner).map { String(cString: $0.pointee.pw_name) } ?? "#\(owner)"
        throw PuenteError(
            .invalid, detail: "wrong_user",
            en:
                "The folder \(folder) belongs to the user \(name): run this as that user, for example with sudo -u \(name).",
            es:
                "La carpeta \(folder) es del usuario \(name): ejecútelo como ese usuario, por ejemplo con sudo -u \(name)."
        )
    }
}
