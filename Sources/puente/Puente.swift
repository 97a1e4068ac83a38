import ArgumentParser
import Domain
import Foundation

@main
struct Puente: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "puente",
        abstract: "A bridge between WhatsApp and the CRM you already use.",
        discussion: """
            Ends with 0 when done, 1 when something failed, 2 for wrong usage or configuration.
            """,
        version: Release.version,
        subcommands: [
            DemoCommand.self, ServeCommand.self, SandboxCommand.self, CheckCommand.self, UserCommand.self,
            APIKeyCommand.self, KeyCommand.self, ContactsCommand.self, CRMCommand.self, BackupCommand.self,
            RestoreCommand.self,
        ])

    static func main() async {
        Foundation.exit(await execute(Array(CommandLine.arguments.dropFirst())))
    }

    /// Runs one command.
    /// - Returns: the exit code.
    static func execute(_ arguments: [String]) async -> Int32 {
        do {
            var command = try parseAsRoot(arguments)
            if var command = command as? any AsyncParsableCommand {
                try await command.run()
            } else {
                try command.run()
            }
            return 0
        } catch {
            return end(with: error)
        }
    }

    private static func end(with error: any Error) -> Int32 {
        let terminal = Terminal.current
        if let ending = CommandEnding(error) {
            if let complaint = ending.complaint { terminal.complain(complaint) }
            return ending.status
        }
        if let code = error as? ExitCode { return code.rawValue }
        let text = LocalizedText.same(fullMessage(for: error))
        switch exitCode(for: error) {
        case .success:
            terminal.say(text)
            return 0
        case .validationFailure:
            terminal.complain(text)
            return CommandEnding.wrongUse
        default:
            terminal.complain(LocalizedText(en: "Something went wrong: \(text.en)", es: "Algo salió mal: \(text.es)"))
            return CommandEnding.failed
        }
    }
}
