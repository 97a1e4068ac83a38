import ArgumentParser
import Domain
import Foundation
import Secrets
import Store

struct KeyCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "key",
        abstract: "Shows and changes the keys that secrets in the database are encrypted with.",
        discussion: """
            The keys lie in the file that secrets.key_file names. It is in no backup: keep copies of it elsewhere. Earlier \
            keys stay in the file, since erased people and pruned messages are recognised with them.
            """,
        subcommands: [KeyShowCommand.self, KeyRotateCommand.self, KeyResealCommand.self])
}

struct KeyShowCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "show",
        abstract: "Lists the names of the keys and how many secrets each encrypts. Never a key itself.")

    @OptionGroup var options: ConfigurationOption

    func run() async throws {
        let configuration = try options.load()
        let keys = try KeyRingFile(path: configuration.keyFile).read()
        let census = try await CommandStore.read(configuration) { open, _ in
            try await SealedSecrets(open.store.database).census()
        }
        let rows = ([keys.current] + keys.former).map { key in
            [key.id, key.id == keys.current.id ? "current" : "former", "\(census.byKey[key.id] ?? 0) secrets"]
        }
        TextTable.lines(rows).forEach(Terminal.current.print)
    }
}

struct KeyRotateCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "rotate",
        abstract: "Puts a new key in front and encrypts every secret anew.",
        discussion: """
            With SQLite this is done at once, while the server is stopped. With PostgreSQL and several nodes it has two \
            steps: this command puts the new key into the file; copy the file to every node, restart them one right after \
            the other, then run "puente key reseal".

            Keep a copy of the new file where the copy of the old one was.
            """)

    @OptionGroup var options: ConfigurationOption

    func run() async throws {
        let configuration = try options.load()
        let terminal = Terminal.current
        try await CommandStore.write(configuration, as: "key rotate") { open, _ in
            let keys = try KeyRingFile(path: configuration.keyFile).rotate()
            terminal.say(
                en:
                    "The key \(keys.current.id) is the current one now; \(configuration.keyFile) holds \(keys.former.count + 1) keys.",
                es:
                    "La clave actual es \(keys.current.id); \(configuration.keyFile) contiene \(keys.former.count + 1) claves."
            )
            if open.isAlone {
                sayResealed(try await SealedSecrets(open.store.database).reseal(with: keys), keys)
            } else {
                terminal.say(
                    en:
                        "Copy the file to every node, restart them one right after the other, then run: puente key reseal",
                    es: "Copie el archivo a todos los nodos, reinícielos uno tras otro y ejecute: puente key reseal")
            }
        }
    }
}

struct KeyResealCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "reseal",
        abstract: "Encrypts with the current key what an earlier one encrypted.",
        discussion: "Run it when every node has the same key file and was restarted with it.")

    @OptionGroup var options: ConfigurationOption

    func run() async throws {
        let configuration = try options.load()
        try await CommandStore.write(configuration, as: "key reseal") { open, _ in
            let keys = try KeyRingFile(path: configuration.keyFile).read()
            sayResealed(try await SealedSecrets(open.store.database).reseal(with: keys), keys)
        }
    }
}

private func sayResealed(_ count: Int, _ keys: KeyRing) {
    Terminal.current.say(
        en: "\(count) secrets were encrypted anew with \(keys.current.id).",
        es: "\(count) secretos se cifraron de nuevo con \(keys.current.id).")
}
