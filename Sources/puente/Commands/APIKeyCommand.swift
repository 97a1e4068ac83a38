import ArgumentParser
import Domain
import Foundation
import Secrets
import Store

struct APIKeyCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "api-key",
        abstract: "Makes and disables keys for the JSON API.",
        discussion: """
            Administrators make and disable keys in the console, too: Connections, API keys. Keys may stand in puente.yaml as \
            well (api_keys). With SQLite the server must not be running while keys are changed here; with PostgreSQL it may.

            Example:
              puente api-key create reporting --scopes read --config puente.yaml
            """,
        subcommands: [APIKeyCreateCommand.self, APIKeyListCommand.self, APIKeyDisableCommand.self])
}

struct APIKeyCreateCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "create",
        abstract: "Makes a key and shows it once.",
        discussion: """
            The last line of the answer is the key alone. Each scope stands for itself: write does not read. admin exports \
            and erases people, reads the audit trail and says how long data is kept: give it to no key that need not have it.
            """)

    @Argument(help: "What the key is for, for example reporting.")
    var name: String

    @Option(help: "What it may do: read, write; several separated by commas.")
    var scopes: String

    @OptionGroup var options: ConfigurationOption

    func run() async throws {
        let terminal = Terminal.current
        let scopes = try parsedScopes()
        let key = try await CommandStore.write(try options.load(), as: "api-key create") { open, workspace in
            try await open.store.createAPIKey(
                name: name, scopes: scopes, in: workspace, by: ImportRun.actor(terminal)
            ).text
        }
        terminal.say(en: "The key, shown this once:", es: "La clave, se muestra solo esta vez:")
        terminal.print(key)
    }

    private func parsedScopes() throws -> Set<APIScope> {
        let words = scopes.split { $0 == "," || $0 == " " }.map(String.init)
        let known = words.compactMap { APIScope(rawValue: $0) }
        guard !words.isEmpty, known.count == words.count else {
            let all = APIScope.allCases.map(\.rawValue).joined(separator: ", ")
            throw CommandFailure(
                status: CommandEnding.wrongUse,
                en: "--scopes takes some of \(all), not \"\(Quoting.clipped(scopes))\".",
                es: "--scopes admite \(all), no «\(Quoting.clipped(scopes))».")
        }
        return Set(known)
    }
}

struct APIKeyListCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "list", abstract: "Lists keys: name, scopes, state, last use. Never the key itself.")

    @OptionGroup var options: ConfigurationOption

    func run() async throws {
        let keys = try await CommandStore.read(try options.load()) { open, workspace in
            try await open.store.apiKeys(in: workspace)
        }
        let rows = keys.map { key in
            [
                key.name, APIScope.text(key.scopes), key.disabledAt == nil ? "active" : "disabled",
                key.isProvisioned ? "puente.yaml" : "api-key", key.usedAt?.text ?? "never",
            ]
        }
        TextTable.lines(rows).forEach(Terminal.current.print)
    }
}

struct APIKeyDisableCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "disable", abstract: "Refuses a key from now on.")

    @Argument(help: "The key's name.")
    var name: String

    @OptionGroup var options: ConfigurationOption

    func run() async throws {
        let terminal = Terminal.current
        try await CommandStore.write(try options.load(), as: "api-key disable") { open, workspace in
            guard
                try await open.store.disableAPIKey(named: name, in: workspace, by: ImportRun.actor(terminal))
            else {
                throw CommandFailure(
                    en:
                        "There is no active key \"\(name)\" made in the console or with \"puente api-key\"; one of puente.yaml is removed there.",
                    es:
                        "No hay ninguna clave activa «\(name)» creada en la consola o con «puente api-key»; las de puente.yaml se quitan ahí."
                )
            }
        }
        terminal.say(en: "The key \(name) is refused from now on.", es: "La clave \(name) ya no se acepta.")
    }
}
