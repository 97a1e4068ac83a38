import ArgumentParser

struct ContactsCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "contacts",
        abstract: "Works on files of contacts.",
        subcommands: [ContactsCleanCommand.self])
}
