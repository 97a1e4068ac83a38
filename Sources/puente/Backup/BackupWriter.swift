import Domain
import Foundation
import Store

/// Makes a backup of a SQLite installation while it runs: database (with the intake log) and media. It gets its name
/// only when it is complete, durable and verified.
struct BackupWriter {
    let database: SQLiteDatabase
    let mediaFolder: String
    let now: @Sendable () -> Timestamp

    struct Result: Sendable {
        let folder: String
        let manifest: BackupManifest
    }

    /// - Parameter destination: the folder that holds backups; made when it is not there.
    func write(into destination: String) async throws -> Result {
        try Folders.make(destination)
        try BackupDraft.removeAbandoned(in: destination)
        // Whole seconds, as the manifest has them: nothing of that second is claimed that is not there.
        let moment = Timestamp(milliseconds: now().milliseconds / 1000 * 1000)
        let draft = try BackupDraft(in: destination, at: moment)
        do {
            let manifest = try await fill(draft.path, at: moment)
            return Result(folder: try draft.finish(), manifest: manifest)
        } catch {
            draft.discard()
            throw error
        }
    }

    private func fill(_ folder: String, at moment: Timestamp) async throws -> BackupManifest {
        let file = "\(folder)/puente.db"
        try await database.copy(to: file)
        // Media comes after the database: what the copy names has its file by then.
        let items = try MediaCopy(
            source: mediaFolder, destination: "\(folder)/media", manner: .linkedIfPossible
        ).run()
        let (inspection, missing) = try await verify(file, against: Set(items.map(\.path)))
        try Folders.sync(file)
        let list = try writeList(items, to: "\(folder)/media.sha256")
        let manifest = BackupManifest(
            madeAt: moment.date,
            database: BackupManifest.Database(
                bytes: Folders.size(of: file), sha256: try FileDigest.sha256(of: file), schema: inspection.schema,
                rows: inspection.rows),
            media: BackupManifest.Media(
                listSha256: list, files: items.count, bytes: items.reduce(0) { $0 + $1.bytes }, missing: missing))
        try manifest.write(to: folder)
        return manifest
    }

    /// Opens the copy, reads every page of it and counts.
    private func verify(
        _ file: String, against media: Set<String>
    ) async throws -> (DatabaseInspection, missing: Int) {
        let copy = try SQLiteDatabase(path: file, readers: 1)
        do {
            let inspection = try await copy.inspect()
            try inspection.requireSound(file)
            let missing = try await copy.storedMediaFiles().count { !media.contains($0) }
            await copy.close()
            try DatabaseFile.requireWhole(file)
            return (inspection, missing)
        } catch {
            await copy.close()
            throw error
        }
    }

    private func writeList(_ items: [MediaCopy.Item], to path: String) throws -> String {
        let lines = items.map { "\($0.sha256)  media/\($0.path)\n" }
        try Data(lines.joined().utf8).write(to: URL(fileURLWithPath: path))
        try Folders.sync(path)
        return try FileDigest.sha256(of: path)
    }
}

extension DatabaseInspection {
    func requireSound(_ file: String) throws {
        guard let first = damage.first else { return }
        throw CommandFailure(
            en: "The database \(file) is damaged: \(first).", es: "La base de datos \(file) está dañada: \(first).")
    }
}
