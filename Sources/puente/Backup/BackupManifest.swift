import Domain
import Foundation

/// `manifest.json` of a backup: what is in it, so that it can be proved later.
struct BackupManifest: Codable, Equatable, Sendable {
    struct Database: Codable, Equatable, Sendable {
        var file = "puente.db"
        let bytes: Int
        let sha256: String
        let schema: Int
        /// By table.
        let rows: [String: Int]
    }

    struct Media: Codable, Equatable, Sendable {
        var folder = "media"
        /// Names and hashes, in the form that `sha256sum --check` reads.
        var list = "media.sha256"
        let listSha256: String
        let files: Int
        let bytes: Int
        /// Files that the database names and that were not in the media folder.
        let missing: Int
    }

    static let newestFormat = 1
    static let name = "manifest.json"

    var format = newestFormat
    /// The moment that the backup shows: everything committed before it is in it.
    let madeAt: Date
    let database: Database
    let media: Media
    var note =
        "The key file is not part of this backup. Without it the tokens and secrets in the database cannot be read."

    var moment: Timestamp { Timestamp(milliseconds: Int64((madeAt.timeIntervalSince1970 * 1000).rounded())) }

    func write(to folder: String) throws {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
        encoder.dateEncodingStrategy = .iso8601
        encoder.keyEncodingStrategy = .convertToSnakeCase
        let path = "\(folder)/\(Self.name)"
        try encoder.encode(self).write(to: URL(fileURLWithPath: path))
        try Folders.sync(path)
    }

    /// - Throws: a sentence when there is none, or it is of a newer release.
    static func read(from folder: String) throws -> BackupManifest {
        let path = "\(folder)/\(name)"
        guard Folders.exists(path) else {
            throw CommandFailure(
                status: CommandEnding.wrongUse,
                en: "\(folder) is no backup: it has no \(name).", es: "\(folder) no es una copia: no tiene \(name).")
        }
        let decoder = JSONDecoder()
        decoder.dateDecodingStrategy = .iso8601
        decoder.keyDecodingStrategy = .convertFromSnakeCase
        do {
            let manifest = try decoder.decode(Self.self, from: Data(contentsOf: URL(fileURLWithPath: path)))
            if manifest.format <= newestFormat { return manifest }
        } catch {
            throw CommandFailure(en: "\(path) is damaged.", es: "\(path) está dañado.")
        }
        throw CommandFailure(
            en: "\(path) was made by a newer Puente: restore it with that release.",
            es: "\(path) fue creado por un Puente más nuevo: restáurelo con esa versión.")
    }
}

extension Timestamp {
    var date: Date { Date(timeIntervalSince1970: Double(milliseconds) / 1000) }

    /// `2026-11-22T03:30:00Z`.
    var text: String { date.formatted(.iso8601) }
}
