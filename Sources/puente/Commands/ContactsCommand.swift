import ArgumentParser

struct ContactsCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "contacts",
        abstract: "Cleans files of contacts, brings them in, and takes contacts out.",
        subcommands: [
            ContactsCleanCommand.self, ContactsImportCommand.self, ContactsUndoCommand.self,
            ContactsExportCommand.self,
        ])
}
