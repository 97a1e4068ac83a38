import ArgumentParser

@main
struct Puente: AsyncParsableCommand {
    static let configuration = CommandConfiguration(commandName: "puente", abstract: "A bridge between WhatsApp and the CRM you already use.")
}
