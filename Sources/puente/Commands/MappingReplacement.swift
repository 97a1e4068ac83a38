import ArgumentParser
import Domain
import Store

/// How a command that puts a mapping in place of another is let do so.
struct MappingReplacement: ParsableArguments {
    @Flag(help: "Only show the rows that would be there.")
    var dryRun = false

    @Flag(help: "Replace the mapping without asking.")
    var yes = false

    /// - Throws: `CommandFailure` where nobody can be asked, and somebody must be.
    func requireSomebody(at terminal: Terminal) throws {
        guard yes || dryRun || terminal.canAsk else {
            throw CommandFailure(
                status: CommandEnding.wrongUse,
                en: "Nobody can be asked here: look at the rows with --dry-run, then say --yes.",
                es: "Aquí no se puede preguntar a nadie: mire las filas con --dry-run y luego use --yes.")
        }
    }

    /// Opens the store to write; to read where nothing will be written, which may run beside the server.
    func change(
        _ configuration: Configuration, as command: String, _ body: (OpenStore, WorkspaceID) async throws -> Void
    ) async throws {
        if dryRun {
            try await CommandStore.read(configuration, body)
        } else {
            try await CommandStore.write(configuration, as: command, body)
        }
    }
}

extension MappingWork {
    /// Puts a mapping that was just shown in place of what is kept.
    /// - Throws: `ExitCode` when the person does not agree.
    func replace(
        by mapping: FieldMapping, _ replacing: MappingReplacement, on terminal: Terminal
    ) async throws {
        if mapping == kept?.mapping {
            return terminal.say(en: "This is what is mapped already.", es: "Es lo que ya está relacionado.")
        }
        if replacing.dryRun { return terminal.say(en: "Nothing was written.", es: "No se escribió nada.") }
        guard replacing.yes || terminal.isAgreed(question) else { throw ExitCode(CommandEnding.failed) }
        try await save(mapping, by: terminal)
        terminal.say(
            en: "\(crm): it counts from now on; all contacts are compared anew while the server runs.",
            es: "\(crm): vale desde ahora; todos los contactos se comparan de nuevo mientras el servidor funciona.")
    }

    private var question: LocalizedText {
        let rows = mapping.rows.count
        return LocalizedText(
            en: "Take this mapping for \(crm) in place of the \(rows) rows that are there? [y/N]",
            es: "¿Usar esta correspondencia para \(crm) en lugar de las \(rows) filas actuales? [s/N]")
    }
}

extension Terminal {
    /// The rows, then what does not fit, and what may not be meant.
    func show(_ table: MappingTable) {
        table.lines(language).forEach { print($0) }
        complain(LocalizedText(en: "What does not fit:", es: "Lo que no encaja:"), of: table.faults(language))
        complain(
            LocalizedText(
                en: "What works, and may not be meant:", es: "Lo que funciona, pero quizá no sea lo que desea:"),
            of: table.doubts(language))
    }

    private func complain(_ heading: LocalizedText, of lines: [String]) {
        guard !lines.isEmpty else { return }
        complain(heading)
        for line in lines { complain(.same(line)) }
    }
}
