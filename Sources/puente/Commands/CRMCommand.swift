import ArgumentParser
import Domain
import Pipeline
import Store

struct CRMCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "crm", abstract: "Works with CRM connections.",
        subcommands: [CRMBackfillCommand.self, CRMMappingCommand.self])
}

struct CRMBackfillCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "backfill",
        abstract: "Has everybody that a CRM knows brought together with everybody here.",
        discussion: """
            The server does the work: it reads the CRM's contacts from the beginning, links and compares those who are here, \
            and does what else you choose. It begins when the server runs. With SQLite the server must not be running for this command \
            (use the console or the API then); with PostgreSQL it may. --show may always be asked.

            Examples:
              puente crm backfill hubspot
              puente crm backfill hubspot --make-contacts --label "HubSpot 2026" --tell-crm --history-since 2026-01-01 --yes
              puente crm backfill hubspot --show

            Ends with 0 when it is begun or shown; 1 when it is not, or you did not agree; 2 for wrong usage.
            """)

    @Argument(help: "The connection's name, as in the configuration.")
    var name: String

    @Flag(help: "Bring in whoever is only in the CRM.")
    var makeContacts = false

    @Option(help: ArgumentHelp("A label for those who are brought in.", valueName: "label"))
    var label: String?

    @Flag(help: ArgumentHelp("Give contacts that have no record in the CRM one."))
    var tellCrm = false

    @Option(
        help: ArgumentHelp(
            "Write messages since this day onto the CRM's timelines, for example 2026-01-01.", valueName: "day"))
    var historySince: String?

    @Flag(help: "Begin without asking.")
    var yes = false

    @Flag(help: "Only say how far the newest one is.")
    var show = false

    @OptionGroup var options: ConfigurationOption

    func run() async throws {
        let terminal = Terminal.current
        if show { return try await sayHowFar(on: terminal) }
        let choices = try choices()
        guard yes || terminal.canAsk else { throw Self.nobodyToAsk }
        guard yes || terminal.isAgreed(Self.question(name)) else { throw ExitCode(CommandEnding.failed) }
        try await CommandStore.write(try options.load(), as: "crm backfill") { open, workspace in
            let desk = BackfillDesk(store: open.store)
            let account = try await desk.account(named: name, in: workspace)
            _ = try await desk.start(choices, of: account, by: ImportRun.actor(terminal))
        }
        terminal.say(
            en:
                "It has begun, or begins when the server runs. \"puente crm backfill \(name) --show\" says how far it is.",
            es:
                "Ha empezado, o empieza cuando el servidor esté en marcha. «puente crm backfill \(name) --show» dice cómo va."
        )
    }

    private func choices() throws -> BackfillOptions {
        var choices = BackfillOptions()
        choices.makesContacts = makeContacts
        choices.label = label
        choices.tellsCRM = tellCrm
        guard let historySince else { return choices }
        guard let since = Timestamp(day: historySince) else { throw Self.wrongDay(historySince) }
        choices.historySince = since
        return choices
    }

    private func sayHowFar(on terminal: Terminal) async throws {
        let backfill = try await CommandStore.read(try options.load()) { open, workspace in
            let desk = BackfillDesk(store: open.store)
            return try await desk.newest(of: try await desk.account(named: name, in: workspace))
        }
        guard let backfill else { throw PuenteError.noBackfill }
        BackfillSummary(backfill, Figures(terminal.language)).lines.forEach { terminal.say($0) }
    }

    private static func question(_ name: String) -> LocalizedText {
        LocalizedText(
            en: "Back-fill \(name) like this? [y/N]", es: "¿Hacer así la carga inicial de \(name)? [s/N]")
    }

    private static let nobodyToAsk = CommandFailure(
        status: CommandEnding.wrongUse, en: "Nobody can be asked here: say --yes.",
        es: "Aquí no se puede preguntar a nadie: use --yes.")

    private static func wrongDay(_ written: String) -> CommandFailure {
        let shown = Quoting.clipped(written)
        return CommandFailure(
            status: CommandEnding.wrongUse, en: "--history-since takes a day such as 2026-01-31, not \"\(shown)\".",
            es: "--history-since admite un día como 2026-01-31, no «\(shown)».")
    }
}

/// How far a back-fill is, for a terminal.
struct BackfillSummary {
    let lines: [LocalizedText]

    init(_ backfill: Backfill, _ figures: Figures) {
        let counts = backfill.counts
        var lines = [Self.state(backfill, figures)]
        if let trouble = backfill.trouble { lines.append(trouble) }
        let told: [(Int, LocalizedText)] = [
            (counts.read, LocalizedText(en: "records read", es: "registros leídos")),
            (counts.linked, LocalizedText(en: "contacts linked", es: "contactos vinculados")),
            (counts.made, LocalizedText(en: "contacts made", es: "contactos creados")),
            (counts.unknown, LocalizedText(en: "not here, and not made", es: "no están aquí y no se crearon")),
            (counts.others, LocalizedText(en: "of somebody with another record", es: "de alguien con otro registro")),
            (counts.erased, LocalizedText(en: "erased here", es: "borrados aquí")),
            (counts.withoutAddress, LocalizedText(en: "without number or address", es: "sin teléfono ni correo")),
            (counts.told, LocalizedText(en: "contacts told to the CRM", es: "contactos comunicados al CRM")),
            (counts.failed, LocalizedText(en: "not taken by the CRM", es: "no aceptados por el CRM")),
            (counts.messages, LocalizedText(en: "earlier messages", es: "mensajes anteriores")),
        ]
        lines += told.filter { $0.0 > 0 }.map { count, text in
            let number = figures.number(count)
            return LocalizedText(en: "  \(number) \(text.en)", es: "  \(number) \(text.es)")
        }
        self.lines = lines
    }

    private static func state(_ backfill: Backfill, _ figures: Figures) -> LocalizedText {
        let done = figures.number(backfill.done)
        let far =
            backfill.share.map { LocalizedText.same("\(Int($0 * 100)) %") }
            ?? LocalizedText(en: "\(done) so far", es: "\(done) hasta ahora")
        return switch backfill.state {
        case .running: LocalizedText(en: "Under way: \(far.en)", es: "En curso: \(far.es)")
        case .paused: LocalizedText(en: "Paused: \(far.en)", es: "En pausa: \(far.es)")
        case .stopped: LocalizedText(en: "Stopped.", es: "Detenida.")
        case .done: LocalizedText(en: "Done.", es: "Terminada.")
        }
    }
}
