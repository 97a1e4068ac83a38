import ArgumentParser
import CRM
import Console
import Domain
import Foundation
import Logging
import PhoneNumbers
import Pipeline
import Sandbox
import Secrets
import ServiceLifecycle
import Store
import UnixSignals

struct DemoCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "demo",
        abstract: "Shows everything at once: console, sandbox, a sample company, and customers who write.",
        discussion: """
            Needs no internet, no account and no other service. Its data lies in a temporary folder that goes when the \
            demo ends, unless --folder names another.
            """)

    @Option(help: "The console's port.")
    var port = 8080

    @Option(help: "The sandbox's port.")
    var sandboxPort = 9090

    @Option(help: "How many simulated customers write on their own.")
    var customers = 12

    @Option(help: "A folder for the demo's data, kept when it ends.")
    var folder: String?

    @Option(help: "The CRM to fill: \(ConnectorKind.words).")
    var crm = ConnectorKind.hubspot.rawValue

    func run() async throws {
        guard let kind = ConnectorKind(rawValue: self.crm) else {
            throw ValidationError("--crm is one of \(ConnectorKind.words).")
        }
        let crm = DemoCRM(kind)
        guard (0...10_000).contains(customers) else {
            throw ValidationError("--customers is a number from 0 to 10000.")
        }
        guard port == 0 || port != sandboxPort else {
            throw ValidationError("--port and --sandbox-port have to be different.")
        }
        try ListeningAddress(host: "127.0.0.1", port: port, portKey: "--port").requireFree()
        try ListeningAddress(host: "127.0.0.1", port: sandboxPort, portKey: "--sandbox-port").requireFree()
        let folder = try DemoFolder(path: folder)
        defer { folder.remove() }
        let logger = Logger(label: "puente.demo")
        let signIn = SignIn(password: String(SecretToken(prefix: "d").text.dropFirst(2).prefix(12)))
        var plan = try DemoPlan.plan(
            port: port, sandboxURL: "http://127.0.0.1:\(sandboxPort)", crm: crm, folder: folder.path)
        plan.demo = SignInPage.Demo(email: signIn.email, password: signIn.password)
        let database = try SQLiteDatabase(path: folder.file("puente.db"))
        _ = try await Migrator(database).migrate()
        let store = try store(on: database, keys: folder.keys())
        let server = Server(plan: plan, store: store, logger: logger) { text in
            FileHandle.standardError.write(Data("The disk failed: \(text)\n".utf8))
            Foundation.exit(1)
        }
        let workspace = try await server.prepare()
        try await makeOperator(signIn, in: workspace, store: store)
        try await serve(server, crm: crm, signIn: signIn, logger: logger)
        await database.close()
    }

    // MARK: Parts

    private func store(on database: SQLiteDatabase, keys: KeyRing) throws -> Store {
        let now: @Sendable () -> Timestamp = { .now }
        return Store(
            database: database, ids: IDGenerator(node: 1, now: now), keys: keys, now: now,
            canonicalPhone: { WhatsAppNumber.canonical($0) }, kindOfNumber: { PhoneNumber.kind(of: $0) },
            days: .ofThisMachine)
    }

    /// Made anew at each start, so that a demo left open on a network has no well-known password.
    private struct SignIn {
        let email = "ana@example.com"
        let password: String
    }

    private func makeOperator(_ signIn: SignIn, in workspace: WorkspaceID, store: Store) async throws {
        let hash = try await PasswordHasher().hash(signIn.password)
        if let known = try await store.staff(email: signIn.email) {
            try await store.setPassword(hash, of: known.id, in: workspace)
        } else {
            _ = try await store.createStaff(
                email: signIn.email, name: "Ana", role: .admin, passwordHash: hash, in: workspace)
        }
    }

    private func serve(_ server: Server, crm: DemoCRM, signIn: SignIn, logger: Logger) async throws {
        var configuration = SandboxConfiguration()
        configuration.port = sandboxPort
        configuration.customers = customers
        let url = "http://127.0.0.1:\(port)"
        configuration.callbacks = [
            SandboxCallback(sender: .whatsapp, url: "\(url)/webhooks/whatsapp"), crm.callback(at: url),
        ].compactMap(\.self)
        let sandbox = SandboxServer(configuration: configuration, logger: logger)
        let sandboxURL = "http://127.0.0.1:\(sandboxPort)"
        let services =
            [sandbox]
            + (try server.services(token: SecretToken(prefix: "n").text) { port in
                Terminal.current.print(Self.announcement(port, sandboxURL: sandboxURL, crm: crm, signIn: signIn))
            })
        let group = ServiceGroup(services: services, gracefulShutdownSignals: [.sigterm, .sigint], logger: logger)
        try await group.run()
    }

    private static func announcement(_ port: Int, sandboxURL: String, crm: DemoCRM, signIn: SignIn) -> String {
        """

        Puente is running.

          Console   http://127.0.0.1:\(port)
          E-mail    \(signIn.email)
          Password  \(signIn.password)
          API       http://127.0.0.1:\(port)/api/openapi.yaml (key pk_demo)
          Sandbox   \(sandboxURL)/sandbox/summary
          CRM       \(sandboxURL)/sandbox/crm/\(crm.name)/activities

        Customers write on their own. Ctrl-C ends the demo.
        \(hints(crm, sandboxURL: sandboxURL))
        """
    }

    /// What to try in the CRM.
    private static func hints(_ crm: DemoCRM, sandboxURL: String) -> String {
        let language = Terminal.current.language
        guard let example = crm.example(at: sandboxURL) else { return crm.readBack[language] + "\n" }
        let somebody = LocalizedText(en: "Somebody there makes a contact:", es: "Alguien crea allí un contacto:")
        return "\(crm.readBack[language]) \(somebody[language])\n\n  \(example)\n"
    }
}
