import ArgumentParser
import Domain
import Foundation
import Store

struct RestoreCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "restore",
        abstract: "Puts a backup in place, held: nothing leaves for customers until a person releases it.",
        discussion: """
            Run it while the server is stopped. Nothing is overwritten: the database that the configuration names must not \
            exist. Media files that are there already are kept.

            Messages to customers that were due, or dead letters, when the backup was made may have been sent after it: \
            they become uncertain, and a person decides. Everybody has to sign in again.

            With PostgreSQL, restore with pg_restore first; then --hold marks the database.
            """)

    @Argument(help: "The backup: a folder puente-DATE with its manifest.json.")
    var source: String?

    @Flag(
        help:
            "Only mark the database that the configuration names as restored: after pg_restore, or after copying by hand."
    )
    var hold = false

    @Option(help: ArgumentHelp("With --hold: when the backup was made, like 2026-11-22T03:30:00Z.", valueName: "time"))
    var backupTime: String?

    @OptionGroup var options: ConfigurationOption

    func validate() throws {
        guard (source == nil) == hold else { throw ValidationError("Name the backup's folder, or give --hold.") }
        if backupTime != nil, !hold { throw ValidationError("--backup-time goes with --hold.") }
    }

    func run() async throws {
        let configuration = try options.load()
        let opening = StoreOpening(configuration)
        if hold { return try await holdOnly(configuration) }
        guard let source else { return }
        guard case .sqlite(let database) = configuration.database else {
            throw PostgresAdvice(configuration).restore(from: source)
        }
        let report = try await BackupRestorer(opening: opening, database: database).restore(from: source)
        let rows = report.manifest.database.rows["message"] ?? 0
        Terminal.current.say(
            en:
                "Restored \(rows) messages and \(report.manifest.media.files) media files from \(report.manifest.moment.text).",
            es:
                "Restaurados \(rows) mensajes y \(report.manifest.media.files) archivos del \(report.manifest.moment.text)."
        )
        sayNextSteps(uncertain: report.uncertainMessages, since: report.manifest.moment, key: report.keyProblem)
    }

    private func holdOnly(_ configuration: Configuration) async throws {
        let moment = try backupTime.map(Self.moment)
        let report = try await CommandStore.write(configuration, as: "restore") { open, _ in
            try await RestoreHold(open.store.database, ids: open.store.ids).apply(backupAt: moment, now: .now)
        }
        sayNextSteps(uncertain: report.uncertainMessages, since: moment, key: nil)
    }

    private static func moment(_ text: String) throws -> Timestamp {
        do {
            let date = try Date(text, strategy: .iso8601)
            return Timestamp(milliseconds: Int64(date.timeIntervalSince1970 * 1000))
        } catch {
            throw CommandFailure(
                status: CommandEnding.wrongUse, en: "--backup-time is written like 2026-11-22T03:30:00Z.",
                es: "--backup-time se escribe como 2026-11-22T03:30:00Z.")
        }
    }

    private func sayNextSteps(uncertain: Int, since: Timestamp?, key: PuenteError?) {
        let terminal = Terminal.current
        terminal.say(
            en:
                "It is held: nothing leaves for customers. \(uncertain) messages that had not left may have been sent since.",
            es:
                "Queda retenida: no sale nada hacia los clientes. \(uncertain) mensajes que no habían salido quizá se enviaron después."
        )
        if let key { terminal.complain(key.message) }
        if let since {
            terminal.say(
                en: "What came in between \(since.text) and now is not in it; Meta repeats only what was not answered.",
                es: "Lo recibido entre \(since.text) y ahora no está; Meta repite solo lo que no se contestó.")
        }
        terminal.say(
            en:
                "Next: start the server, look at the uncertain messages, then release it in the console under Connections.",
            es: "Ahora: arranque el servidor, revise los mensajes inciertos y libérela en la consola, en Conexiones.")
    }
}
