import ArgumentParser
import Domain
import Pipeline
import Store

struct CRMMappingTryCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "try",
        abstract: "Says what comparing one contact would change on both sides; writes nothing.",
        discussion: """
            Reads the contact's record in the CRM now. Each row: Puente's field and value, the direction, the CRM's field and \
            value, and what would become of them; "a" ⇒ "b" is a change.

            Examples:
              puente crm mapping try hubspot "+34 600 111 222"
              puente crm mapping try hubspot 151 --file hubspot.yaml

            Ends with 0 when it was tried; 1 when nobody is there, the contact has no record in the CRM, or it cannot be \
            asked; 2 for wrong usage.
            """)

    @Argument(help: "The connection's name, as in the configuration.")
    var name: String

    @Argument(help: "A phone number, the contact's id, or the id of their record in the CRM.")
    var contact: String

    @Option(help: ArgumentHelp("Try the mapping of this file; - is standard input.", valueName: "path"))
    var file: String?

    @OptionGroup var options: ConfigurationOption

    func run() async throws {
        let terminal = Terminal.current
        let configuration = try options.load()
        let written = try file.map { try MappingText.read($0, on: terminal) }
        try await CommandStore.read(configuration) { open, workspace in
            try await MappingWork.run(on: name, configuration, open, in: workspace) { work in
                let named = NamedContact(work: work, region: configuration.workspace.region)
                let person = try await named.contact(contact)
                let mapping = written ?? work.mapping
                let trial = try await work.attempt(mapping, with: person.person.id)
                let remote = person.remoteRefs.first { $0.connection == work.account.id }?.remoteID ?? ""
                terminal.print("\(NamedContact.shown(person)) · \(work.crm) \(Quoting.clipped(remote))")
                let table = work.table(of: mapping, beside: await work.fields())
                table.lines(of: trial, terminal.language).forEach { terminal.print($0) }
            }
        }
    }
}
