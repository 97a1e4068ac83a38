import ArgumentParser
import Domain
import Foundation
import OutboundHTTP
import Store
import WhatsApp

struct CheckCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "check",
        abstract: "Says what is missing or wrong, and what to do about it.",
        discussion: """
            Without a subcommand: the configuration, key by key; database, key file and disk; then every number and CRM is \
            asked. Changes nothing (but "check crm" writes a sample record and deletes it), and may run beside the server.

            Each line begins with ok, note or FAILED. Ends with 0 when nothing failed, 1 when something did, 2 when the \
            configuration or the key file is wrong.
            """,
        subcommands: [
            CheckAllCommand.self, CheckWhatsAppCommand.self, CheckCRMCommand.self, CheckLedgerCommand.self,
            CheckBackupCommand.self,
        ],
        defaultSubcommand: CheckAllCommand.self)
}

struct CheckAllCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(commandName: "all", abstract: "Everything (the default).")

    @Flag(help: "Print every key of the configuration as a table instead.")
    var keys = false

    @Flag(help: "Leave out what asks Meta and the CRMs.")
    var offline = false

    @OptionGroup var options: ConfigurationOption

    func run() async throws {
        if keys { return Terminal.current.print(ConfigurationReference.markdown()) }
        let configuration = try options.loadNamingAll()
        var report = CheckReport()
        await InstallationCheck(configuration: configuration).run(into: &report)
        if !offline {
            let live = LiveCheck(configuration, await KeptConnections(configuration))
            await live.run(
                numbers: configuration.whatsapp.numbers.keys.sorted(), crms: live.crms, into: &report)
        }
        if report.status != 0 { throw ExitCode(report.status) }
    }
}

struct CheckWhatsAppCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "whatsapp",
        abstract: "Asks Meta about a number: token, state, webhooks, and whether Puente answers.")

    @Argument(help: "The number's name in the configuration; without it, all.")
    var name: String?

    @OptionGroup var options: ConfigurationOption

    func run() async throws {
        let configuration = try options.load()
        let names = try chosen(name, among: Array(configuration.whatsapp.numbers.keys), in: "whatsapp.numbers")
        var report = CheckReport()
        await LiveCheck(configuration).run(numbers: names, crms: [], into: &report)
        if report.status != 0 { throw ExitCode(report.status) }
    }
}

struct CheckCRMCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "crm",
        abstract: "Asks a CRM: address, token, version, permissions, fields, mapping, a sample record, limits.",
        discussion: """
            Connections that were made in the console are known by the names that they have there; the key file opens their \
            credentials. Without a name all are asked that are switched on.

            Fields and mapping are held against the account. Last a contact "Puente Check" is written, read back and \
            deleted; with --read-only nothing is written. Fields of Puente's own that the account lacks are made by the \
            server when it starts, or now with --make-fields.
            """)

    @Argument(help: "The connection's name in the configuration or the console; without it, all.")
    var name: String?

    @Flag(help: "Write no sample record.")
    var readOnly = false

    @Flag(help: "First make the fields of Puente's own that are missing, where the CRM lets it.")
    var makeFields = false

    @OptionGroup var options: ConfigurationOption

    func run() async throws {
        guard !(readOnly && makeFields) else { throw Self.contradiction }
        let configuration = try options.load()
        let live = LiveCheck(configuration, await KeptConnections(configuration))
        let names = try live.chosenCRMs(name)
        var report = CheckReport()
        await live.run(
            numbers: [], crms: names, writes: !readOnly, makesFields: makeFields, into: &report)
        if report.status != 0 { throw ExitCode(report.status) }
    }
}

extension CheckCRMCommand {
    private static let contradiction = CommandFailure(
        status: CommandEnding.wrongUse, en: "--make-fields writes, and --read-only does not: say one of them.",
        es: "--make-fields escribe y --read-only no: use una de las dos.")
}

struct CheckLedgerCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "ledger",
        abstract: "Recounts the ledger from the tables.",
        discussion: "Reads whole tables: run it at a quiet hour. Ends with 1 when a figure differs, and names it.")

    @OptionGroup var options: ConfigurationOption

    func run() async throws {
        let recount = try await CommandStore.read(try options.load()) { open, workspace in
            try await open.store.recount(in: workspace)
        }
        let terminal = Terminal.current
        let (bodies, messages) = (recount.ledger.bodies, recount.ledger.messages)
        terminal.say(
            en:
                "Webhooks: \(bodies.received) received = \(bodies.interpreted) interpreted + \(bodies.waiting) waiting + \(bodies.unrouted) unrouted",
            es:
                "Webhooks: \(bodies.received) recibidos = \(bodies.interpreted) interpretados + \(bodies.waiting) en espera + \(bodies.unrouted) sin destino"
        )
        terminal.say(
            en:
                "Messages: \(messages.received) received = \(messages.duplicates) duplicates + \(messages.stored) stored + \(messages.unrouted) unrouted",
            es:
                "Mensajes: \(messages.received) recibidos = \(messages.duplicates) duplicados + \(messages.stored) guardados + \(messages.unrouted) sin destino"
        )
        for crm in recount.ledger.connections {
            terminal.say(
                en:
                    "\(crm.name): \(crm.stored) stored = \(crm.recorded) recorded + \(crm.waiting) waiting + \(crm.dead) dead + \(crm.notApplicable) not applicable",
                es:
                    "\(crm.name): \(crm.stored) guardados = \(crm.recorded) registrados + \(crm.waiting) en espera + \(crm.dead) fallidos + \(crm.notApplicable) no aplicables"
            )
        }
        guard recount.isRight else {
            for difference in recount.differences { terminal.complain(difference.sentence) }
            throw ExitCode(CommandEnding.failed)
        }
        terminal.say(en: "The tables say the same.", es: "Las tablas dicen lo mismo.")
    }
}

struct CheckBackupCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "backup",
        abstract: "Proves that a backup is whole: hashes, database, rows, every media file.",
        discussion: "Needs no configuration. Copies the database into the temporary folder to open it there.")

    @Argument(help: "The backup: a folder puente-DATE with its manifest.json.")
    var path: String

    func run() async throws {
        let manifest = try await BackupCheck(folder: path).run()
        Terminal.current.say(
            en:
                "Whole: \(manifest.database.rows["message"] ?? 0) messages and \(manifest.media.files) media files of \(manifest.moment.text).",
            es:
                "Completa: \(manifest.database.rows["message"] ?? 0) mensajes y \(manifest.media.files) archivos del \(manifest.moment.text)."
        )
    }
}

/// - Returns: the one that was named, or all.
/// - Parameter unknown: why there may be others.
func chosen(
    _ name: String?, among names: [String], in map: String, unknown: LocalizedText? = nil
) throws -> [String] {
    guard let name else { return names.sorted() }
    guard names.contains(name) else {
        let known =
            names.isEmpty
            ? ("nothing", "nada") : (names.sorted().joined(separator: ", "), names.sorted().joined(separator: ", "))
        let nothing = LocalizedText(
            en: "There is no \(map).\(name); \(map) holds \(known.0).",
            es: "No existe \(map).\(name); \(map) contiene \(known.1).")
        throw CommandFailure(status: CommandEnding.wrongUse, LocalizedText(nothing, then: unknown))
    }
    return [name]
}

extension ConfigurationOption {
    /// For the check: names every problem, not only the first.
    fileprivate func loadNamingAll() throws -> Configuration {
        switch Configuration.read(path: path, environment: Terminal.current.environment) {
        case .usable(let configuration): return configuration
        case .wrong(let problems):
            for problem in problems { Terminal.current.complain(problem.message) }
            throw ExitCode(CommandEnding.wrongUse)
        }
    }
}
