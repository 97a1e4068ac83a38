import Domain
import Foundation
import Secrets
import Store
import Testing

@testable import puente

@Suite struct CommandTests {
    private let installation: Installation
    private let config: String

    init() throws {
        installation = try Installation()
        config = installation.folder.file("puente.yaml")
    }

    private func run(_ arguments: String...) async -> (status: Int32, output: [String], errors: [String]) {
        let terminal = RecordedTerminal()
        let status = await terminal.run(arguments + ["--config", config])
        return (status, terminal.output, terminal.errors)
    }

    // MARK: users

    @Test func `the first person becomes admin, before the first start too, and gets a password once`() async throws {
        let first = await run("user", "add", "Ana@Example.com", "--name", "Ana")
        let second = await run("user", "add", "luis@example.com")

        #expect(first.status == 0, "\(first.errors)")
        #expect(first.output.first == "ana@example.com may sign in at https://puente.example.com.")
        let password = try #require(first.output.last?.split(separator: " ").last)
        #expect(password.count == 23)
        #expect(second.status == 0)
        let list = await run("user", "list")
        #expect(
            list.output == ["ana@example.com   admin  active  Ana", "luis@example.com  agent  active  luis"])
        let account = try await installation.run { open, _ in try await open.store.staff(email: "ana@example.com") }
        let verdict = try await PasswordHasher().verify(String(password), against: account?.passwordHash)
        #expect(verdict == .right)
    }

    @Test func `a password may come from a file`() async throws {
        let file = try installation.folder.write("password", "correct horse battery\n")

        let answer = await run("user", "add", "ana@example.com", "--password-file", file)

        #expect(answer.status == 0)
        #expect(answer.output.count == 1)
        let account = try await installation.run { open, _ in try await open.store.staff(email: "ana@example.com") }
        let verdict = try await PasswordHasher().verify("correct horse battery", against: account?.passwordHash)
        #expect(verdict == .right)
    }

    @Test func `a password that is guessed too soon is refused`() async throws {
        let answer = await run("user", "add", "a@b.c", "--password-file", try installation.folder.write("p", "short"))

        #expect(answer.status == 2)
        #expect(answer.errors == ["The password has to have at least 10 characters."])
    }

    @Test func `the same address twice, and one that nobody has, are refused`() async throws {
        _ = await run("user", "add", "ana@example.com")

        let twice = await run("user", "add", "ana@example.com")
        let nobody = await run("user", "disable", "luis@example.com")

        #expect(twice.status == 1)
        #expect(twice.errors == ["Somebody signs in with this address already."])
        #expect(nobody.status == 1)
        #expect(nobody.errors == ["Nobody signs in with luis@example.com: \"puente user list\" shows who does."])
    }

    @Test func `a person is disabled and let in again`() async throws {
        _ = await run("user", "add", "ana@example.com")
        _ = await run("user", "add", "luis@example.com")

        #expect(await run("user", "disable", "luis@example.com").status == 0)
        #expect(await run("user", "list").output.last == "luis@example.com  agent  disabled  luis")
        #expect(await run("user", "enable", "luis@example.com").status == 0)
        #expect(await run("user", "list").output.last == "luis@example.com  agent  active  luis")
    }

    @Test func `a person gets another role, and somebody stays administrator`() async throws {
        _ = await run("user", "add", "ana@example.com")
        _ = await run("user", "add", "luis@example.com")
        let last = "This is the only administrator who may sign in. Make somebody else one first."

        let alone = [
            await run("user", "role", "ana@example.com", "agent"), await run("user", "disable", "ana@example.com"),
        ]
        #expect(alone.map(\.status) == [1, 1])
        #expect(alone.map(\.errors) == [[last], [last]])

        let made = await run("user", "role", "luis@example.com", "admin")
        #expect(made.status == 0)
        #expect(made.output == ["luis@example.com is an administrator now."])
        #expect(await run("user", "role", "ana@example.com", "agent").status == 0)
        #expect(
            await run("user", "list").output
                == ["ana@example.com   agent  active  ana", "luis@example.com  admin  active  luis"])
        #expect(await run("user", "role", "ana@example.com", "boss").status == 2)
    }

    @Test func `all sessions of a person are ended`() async throws {
        _ = await run("user", "add", "ana@example.com")
        let token = SecretToken(prefix: "ps").hash
        try await installation.run { open, workspace in
            let ana = try #require(try await open.store.staff(email: "ana@example.com"))
            try await open.store.startSession(token, csrfToken: "csrf", staff: ana.id, in: workspace)
        }

        #expect(await run("user", "sign-out", "ana@example.com").status == 0)

        let session = try await installation.run { open, _ in try await open.store.session(token) }
        #expect(session == nil)
    }

    // MARK: API keys

    @Test func `a key is shown once, works, and is disabled`() async throws {
        let made = await run("api-key", "create", "reporting", "--scopes", "read,write")
        let key = try #require(made.output.last)

        #expect(made.status == 0)
        #expect(key.hasPrefix("pk_"))
        let access = try await installation.run { open, _ in try await open.store.apiKey(TokenHash(of: key)) }
        #expect(access?.scopes == [.read, .write])
        let list = await run("api-key", "list").output
        #expect(list.contains { $0.hasPrefix("reporting  read write  active") })
        #expect(!list.joined().contains(key))

        #expect(await run("api-key", "disable", "reporting").status == 0)
        #expect(await run("api-key", "disable", "ops").status == 1)
        let refused = try await installation.run { open, _ in try await open.store.apiKey(TokenHash(of: key)) }
        #expect(refused == nil)
    }

    @Test func `the help says what each scope opens`() async throws {
        let terminal = RecordedTerminal()

        #expect(await terminal.run(["api-key", "create", "--help"]) == 0)

        let help = terminal.output.joined(separator: " ").split(whereSeparator: \.isWhitespace).joined(separator: " ")
        #expect(help.contains("What it may do: read, write; several"))
        #expect(help.contains("admin exports and erases people"))
    }

    @Test func `a scope that does not exist is wrong use`() async throws {
        let answer = await run("api-key", "create", "x", "--scopes", "read,root")

        #expect(answer.status == 2)
        #expect(answer.errors == ["--scopes takes some of read, write, admin, not \"read,root\"."])
    }

    // MARK: the key file

    @Test func `a rotation puts a new key in front and leaves nothing sealed with the old one`() async throws {
        try await installation.run { _, _ in }
        #expect(await run("key", "show").output == ["k1  current  5 secrets"])

        let rotated = await run("key", "rotate")

        #expect(rotated.status == 0, "\(rotated.errors)")
        #expect(rotated.output.last == "5 secrets were encrypted anew with k2.")
        #expect(await run("key", "show").output == ["k2  current  5 secrets", "k1  former   0 secrets"])
        let token = try await installation.run { open, _ in try await open.store.numberAccounts().first?.accessToken }
        #expect(token == "sandbox-token")
    }

    @Test func `showing keys shows no key`() async throws {
        try await installation.run { _, _ in }
        let file = try installation.folder.read("puente.key")
        let secret = try #require(file.split(separator: "\n").last?.split(separator: " ").last)

        let shown = await run("key", "show")

        #expect(!shown.output.joined().contains(secret))
    }

    // MARK: check

    @Test func `a check names every mistake and ends with 2`() async throws {
        let folder = try TemporaryFolder()
        let path = try folder.write("puente.yaml", "workspace: { region: ES }\nserver: { port: x, hots: a }")
        let terminal = RecordedTerminal()

        let status = await terminal.run(["check", "--config", path])

        #expect(status == 2)
        #expect(terminal.errors.count == 3)
    }

    @Test func `a check looks at configuration, database, key and disk`() async throws {
        let before = await run("check", "--offline")
        try await installation.run { _, _ in }
        let after = await run("check", "--offline")

        #expect(before.status == 0, "\(before.output)")
        #expect(before.output.contains { $0.hasPrefix("note    database: ") && $0.contains("is not there yet") })
        #expect(after.status == 0, "\(after.output)")
        #expect(
            after.output.contains {
                $0.hasPrefix("ok      database: ") && $0.hasSuffix("schema \(Migrator.newestSchema).")
            })
        #expect(
            after.output.contains { $0.hasPrefix("ok      key: ") && $0.contains("opens all 5 secrets; current: k1.") })
        #expect(after.output.contains { $0.contains("  disk: ") })
    }

    @Test func `a check without the key file fails with 2`() async throws {
        try await installation.run { _, _ in }
        try FileManager.default.removeItem(atPath: installation.configuration.keyFile)

        let answer = await run("check", "--offline")

        #expect(answer.status == 2)
        #expect(answer.output.contains { $0.hasPrefix("FAILED  key: ") && $0.contains("does not exist") })
    }

    @Test func `an empty installation's ledger is right`() async throws {
        try await installation.run { _, _ in }

        let answer = await run("check", "ledger")

        #expect(answer.status == 0, "\(answer.errors)")
        #expect(answer.output.last == "The tables say the same.")
    }

    @Test func `a number that is not configured is wrong use`() async throws {
        let answer = await run("check", "whatsapp", "other")

        #expect(answer.status == 2)
        #expect(answer.errors == ["There is no whatsapp.numbers.other; whatsapp.numbers holds main."])
    }

    // MARK: the program

    @Test func `the version is said in one word`() async throws {
        let terminal = RecordedTerminal()

        #expect(await terminal.run(["--version"]) == 0)
        #expect(terminal.output == [Release.version])
    }

    @Test(arguments: [["demo", "--port", "99999"], ["sandbox", "--port", "99999"]])
    func `a port that there is none of is wrong usage`(arguments: [String]) async throws {
        let terminal = RecordedTerminal()

        #expect(await terminal.run(arguments) == 2)

        #expect(terminal.errors.last == "--port is a number from 0 to 65535, not 99999.")
    }

    @Test func `a CRM that the demonstration does not have is wrong usage`() async throws {
        let terminal = RecordedTerminal()

        #expect(await terminal.run(["demo", "--crm", "dynamics"]) == 2)

        #expect(terminal.errors.joined().contains("--crm is one of hubspot, salesforce, zoho, odoo, own."))
    }

    @Test(arguments: ["serve", "demo"])
    func `a port that another program has is named, with the key to change`(command: String) async throws {
        let other = try TakenPort()
        let terminal = RecordedTerminal()
        let ways = ["serve": ("server.port", ["--config", try configuration(at: other.port)]), "demo": ("--port", [])]
        let (key, arguments) = try #require(ways[command])

        let port = command == "demo" ? ["--port", String(other.port)] : []
        #expect(await terminal.run([command] + arguments + port) == 2)

        #expect(
            terminal.errors.last
                == "127.0.0.1:\(other.port) is in use: stop the other program or change \(key).")
        guard command == "serve" else { return }
        let nodes = try await installation.run { open, _ in
            try await open.store.database.read { try $0.value("SELECT COUNT(*) AS n FROM node", as: Int.self) }
        }
        #expect(nodes == 0, "it joined before it knew that it could listen")
    }

    private func configuration(at port: Int) throws -> String {
        let text = try String(contentsOfFile: config, encoding: .utf8)
        return try installation.folder.write("puente.yaml", text.replacing("port: 8085", with: "port: \(port)"))
    }

    @Test func `exit codes are 0 for help, 2 for wrong use`() async throws {
        let (help, wrong) = (RecordedTerminal(), RecordedTerminal())

        #expect(await help.run(["user", "--help"]) == 0)
        #expect(help.output.joined().contains("Decides who may sign in"))
        #expect(await wrong.run(["user", "add"]) == 2)
        #expect(wrong.errors.joined().contains("email"))
        #expect(await wrong.run(["nonsense"]) == 2)
    }

    @Test func `sentences come in the language of the terminal`() async throws {
        let terminal = RecordedTerminal()

        let status = await terminal.run(
            ["check", "whatsapp", "other", "--config", config], environment: ["LANG": "es_MX.UTF-8"])

        #expect(status == 2)
        #expect(terminal.errors == ["No existe whatsapp.numbers.other; whatsapp.numbers contiene main."])
    }
}
