import Domain
import Foundation
import Store

/// Proves that a backup is what its manifest says, without changing it.
struct BackupCheck {
    let folder: String

    /// - Throws: the first thing that is not as the manifest says.
    func run() async throws -> BackupManifest {
        let manifest = try BackupManifest.read(from: folder)
        let file = "\(folder)/\(manifest.database.file)"
        try require(manifest.database.sha256, of: file)
        try require(manifest.media.listSha256, of: "\(folder)/\(manifest.media.list)")
        try checkMedia(manifest)
        try await count(file, manifest)
        return manifest
    }

    private func require(_ digest: String, of path: String) throws {
        guard try FileDigest.sha256(of: path) == digest else {
            throw CommandFailure(
                en: "\(path) is damaged: its content is not what the manifest says.",
                es: "\(path) está dañado: su contenido no es el que dice el manifiesto.")
        }
    }

    private func checkMedia(_ manifest: BackupManifest) throws {
        let list = try String(contentsOfFile: "\(folder)/\(manifest.media.list)", encoding: .utf8)
        let lines = list.split(separator: "\n")
        guard lines.count == manifest.media.files else {
            throw CommandFailure(
                en: "\(manifest.media.list) names \(lines.count) files, the manifest \(manifest.media.files).",
                es: "\(manifest.media.list) nombra \(lines.count) archivos y el manifiesto \(manifest.media.files).")
        }
        for line in lines {
            try require(String(line.prefix(64)), of: "\(folder)/\(line.dropFirst(66))")
        }
    }

    /// Opening a database writes beside it: a copy is opened, so that the backup may lie on a medium that is read-only.
    private func count(_ file: String, _ manifest: BackupManifest) async throws {
        let scratch = FileManager.default.temporaryDirectory.appending(path: "puente-check-\(UUID().uuidString)").path
        try Folders.make(scratch)
        defer { Folders.removeDraft(scratch) }
        _ = try FileDigest.copy(file, to: "\(scratch)/puente.db")
        let database = try SQLiteDatabase(path: "\(scratch)/puente.db", readers: 1)
        do {
            try await database.inspect().require(manifest, file)
            await database.close()
        } catch {
            await database.close()
            throw error
        }
    }
}

extension DatabaseInspection {
    /// Sound, and with the rows that the manifest counted.
    func require(_ manifest: BackupManifest, _ file: String) throws {
        try requireSound(file)
        for (table, count) in manifest.database.rows.sorted(by: { $0.key < $1.key }) where rows[table] != count {
            throw CommandFailure(
                en: "\(file) has \(rows[table] ?? 0) rows in \(table), the manifest \(count).",
                es: "\(file) tiene \(rows[table] ?? 0) filas en \(table) y el manifiesto \(count).")
        }
    }
}
