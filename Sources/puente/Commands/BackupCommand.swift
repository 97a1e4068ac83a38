import ArgumentParser
import Domain
import Foundation
import Store

struct BackupCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "backup",
        abstract: "Backs up database, intake and media while the server runs (SQLite).",
        discussion: """
            Makes a folder puente-DATE inside DESTINATION: puente.db, media, media.sha256 and manifest.json. It gets its \
            name only when the copy was opened, read in full and counted. Media files are linked when DESTINATION is on \
            the same file system, copied otherwise; for a backup that survives a disk, name another disk.

            The key file is NOT in it, and need not be readable here. Keep a copy of it elsewhere: without it the tokens in \
            a backup cannot be read.

            With PostgreSQL it says which of PostgreSQL's own commands to use.
            """)

    @Argument(help: "The folder that holds the backups; made when it is not there.")
    var destination: String

    @OptionGroup var options: ConfigurationOption

    func run() async throws {
        let configuration = try options.load()
        guard case .sqlite = configuration.database else { throw PostgresAdvice(configuration).backup(to: destination) }
        let engine = try await StoreOpening(configuration).openWithoutKeys()
        do {
            let result = try await copy(engine, configuration)
            await engine.database.close()
            say(result, configuration)
        } catch {
            await engine.database.close()
            throw error
        }
    }

    private func copy(_ engine: Engine, _ configuration: Configuration) async throws -> BackupWriter.Result {
        guard case .sqlite(let database, _) = engine else {
            throw PostgresAdvice(configuration).backup(to: destination)
        }
        return try await BackupWriter(
            database: database, mediaFolder: configuration.mediaFolder, now: { .now }
        ).write(into: destination)
    }

    private func say(_ result: BackupWriter.Result, _ configuration: Configuration) {
        let terminal = Terminal.current
        let manifest = result.manifest
        let messages = manifest.database.rows["message"] ?? 0
        terminal.print(result.folder)
        terminal.say(
            en: "\(messages) messages, \(manifest.media.files) media files; opened, read in full and counted.",
            es: "\(messages) mensajes, \(manifest.media.files) archivos; abierta, leída por completo y contada.")
        if manifest.media.missing > 0 {
            terminal.complain(
                LocalizedText(
                    en:
                        "\(manifest.media.missing) files that the database names are not in \(configuration.mediaFolder).",
                    es:
                        "\(manifest.media.missing) archivos que la base de datos nombra no están en \(configuration.mediaFolder)."
                ))
        }
        terminal.say(
            en: "The key file \(configuration.keyFile) is not in it: keep a copy of it elsewhere.",
            es: "El archivo de claves \(configuration.keyFile) no está incluido: guarde una copia en otro lugar.")
    }
}
