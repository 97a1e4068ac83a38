import Domain
import Foundation
import Secrets
import Store

/// Puts a backup in place, held: see ``RestoreHold``. Overwrites nothing.
struct BackupRestorer {
    let opening: StoreOpening
    /// Where the database comes to lie.
    let database: String

    struct Report: Sendable {
        let manifest: BackupManifest
        let uncertainMessages: Int
        /// Nil when the key file opens the database's secrets; else what to do.
        let keyProblem: PuenteError?
    }

    func restore(from folder: String) async throws -> Report {
        try opening.configuration.database.requireFolder()
        let lock = try DatabaseLock.take(beside: database, holder: "restore")
        defer { lock.release() }
        try refuseToOverwrite()
        let manifest = try BackupManifest.read(from: folder)
        let draft = "\(database).restoring"
        removeDraft(draft)
        do {
            let report = try await restore(manifest, from: folder, draft: draft)
            try Folders.move(draft, to: database)
            try Folders.sync(DatabaseAddress.folder(of: database))
            return report
        } catch {
            removeDraft(draft)
            throw error
        }
    }

    private func restore(_ manifest: BackupManifest, from folder: String, draft: String) async throws -> Report {
        let source = "\(folder)/\(manifest.database.file)"
        guard try FileDigest.copy(source, to: draft) == manifest.database.sha256 else {
            throw CommandFailure(
                en: "\(source) is damaged: its content is not what the manifest says.",
                es: "\(source) está dañado: su contenido no es el que dice el manifiesto.")
        }
        let media = opening.configuration.mediaFolder
        try Folders.make(media)
        _ = try MediaCopy(source: "\(folder)/\(manifest.media.folder)", destination: media, manner: .copied).run()
        let copy = try SQLiteDatabase(path: draft, readers: 1)
        do {
            try await copy.inspect().require(manifest, source)
            let report = try await hold(copy, manifest)
            await copy.close()
            // What is still in the write-ahead log would be left behind by the rename.
            try DatabaseFile.requireWhole(draft)
            try Folders.sync(draft)
            return report
        } catch {
            await copy.close()
            throw error
        }
    }

    private func hold(_ copy: SQLiteDatabase, _ manifest: BackupManifest) async throws -> Report {
        _ = try await Migrator(copy).migrate()
        let now = opening.now
        let report = try await RestoreHold(copy, ids: IDGenerator(node: 0, now: now)).apply(
            backupAt: manifest.moment, now: now())
        return Report(
            manifest: manifest, uncertainMessages: report.uncertainMessages, keyProblem: await keyProblem(copy))
    }

    private func keyProblem(_ copy: SQLiteDatabase) async -> PuenteError? {
        do {
            _ = try await opening.keys(for: copy, mayMake: false)
            return nil
        } catch {
            return error as? PuenteError
                ?? PuenteError(
                    .unavailable, en: "The key file could not be checked.",
                    es: "No se pudo comprobar el archivo de claves.")
        }
    }

    private func refuseToOverwrite() throws {
        for file in ["", "-wal", "-shm"].map({ database + $0 }) where Folders.exists(file) {
            throw CommandFailure(
                en: "\(file) exists and is not overwritten: move it away first.",
                es: "\(file) existe y no se sobrescribe: muévalo antes a otro lugar.")
        }
    }

    private func removeDraft(_ draft: String) {
        for suffix in ["", "-wal", "-shm"] { Folders.removeDraft(draft + suffix) }
    }
}
