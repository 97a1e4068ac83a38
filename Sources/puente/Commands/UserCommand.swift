import ArgumentParser
import Domain
import Foundation
import Secrets
import Store

struct UserCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "user",
        abstract: "Decides who may sign in to the console.",
        discussion: """
            With SQLite the server must not be running while users are changed; with PostgreSQL it may. While it runs,
            administrators do the same in the console, under "Staff".

            Examples:
              puente user add ana@example.com --name "Ana Pérez" --config puente.yaml
              puente user role luis@example.com admin
              pwgen 20 1 | puente user password ana@example.com --password-file -
            """,
        subcommands: [
            UserAddCommand.self, UserListCommand.self, UserRoleCommand.self, UserDisableCommand.self,
            UserEnableCommand.self, UserPasswordCommand.self, UserSignOutCommand.self,
        ])
}

struct UserAddCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "add",
        abstract: "Adds a person; without --password-file a password is made and shown once.")

    @Argument(help: "The address to sign in with.")
    var email: String

    @Option(help: "The person's name as colleagues see it. (default: what stands before the @)")
    var name: String?

    @Option(help: "agent or admin. (default: admin for the first person, agent for those after)")
    var role: StaffAccount.Role?

    @Option(help: ArgumentHelp("A file that holds the password; - reads standard input.", valueName: "path"))
    var passwordFile: String?

    @OptionGroup var options: ConfigurationOption

    func run() async throws {
        let configuration = try options.load()
        let given = try passwordFile.map(PasswordInput.read)
        let password = given ?? PasswordInput.generate()
        try await CommandStore.write(configuration, as: "user add") { open, workspace in
            let isFirst = try await open.store.staff(in: workspace).isEmpty
            let hash = try await PasswordHasher().hash(password)
            _ = try await open.store.createStaff(
                email: email, name: name ?? String(email.prefix { $0 != "@" }),
                role: role ?? (isFirst ? .admin : .agent),
                passwordHash: hash, in: workspace)
        }
        let address = StaffAccount.folded(email)
        let terminal = Terminal.current
        terminal.say(
            en: "\(address) may sign in at \(configuration.server.publicURL).",
            es: "\(address) puede entrar en \(configuration.server.publicURL).")
        if given == nil { PasswordInput.show(password) }
    }
}

struct UserListCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "list", abstract: "Lists who may sign in: address, role, state, name.")

    @OptionGroup var options: ConfigurationOption

    func run() async throws {
        let staff = try await CommandStore.read(try options.load()) { open, workspace in
            try await open.store.staff(in: workspace)
        }
        let rows = staff.map { [$0.email, $0.role.rawValue, $0.disabledAt == nil ? "active" : "disabled", $0.name] }
        TextTable.lines(rows).forEach(Terminal.current.print)
    }
}

struct UserRoleCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "role", abstract: "Makes a person an administrator, or an agent again.",
        discussion: "It holds from their next click on. The last administrator who may sign in stays one.")

    @Argument(help: "The person's address.")
    var email: String

    @Argument(help: "agent: answers customers. admin: also pauses connections and decides who may sign in.")
    var role: StaffAccount.Role

    @OptionGroup var options: ConfigurationOption

    func run() async throws {
        try await CommandStore.write(try options.load(), as: "user role") { open, workspace in
            let account = try await open.store.account(email)
            try await open.store.setRole(role, of: account.id, in: workspace)
            let terminal = Terminal.current
            switch role {
            case .admin:
                terminal.say(
                    en: "\(account.email) is an administrator now.", es: "\(account.email) ahora es de administración.")
            case .agent:
                terminal.say(en: "\(account.email) is an agent now.", es: "\(account.email) ahora es agente.")
            }
        }
    }
}

struct UserDisableCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "disable", abstract: "Signs a person out everywhere, and lets them in no more.",
        discussion: "The last administrator who may sign in cannot be disabled.")

    @Argument(help: "The person's address.")
    var email: String

    @OptionGroup var options: ConfigurationOption

    func run() async throws {
        try await CommandStore.write(try options.load(), as: "user disable") { open, workspace in
            let account = try await open.store.account(email)
            try await open.store.setDisabled(true, staff: account.id, in: workspace)
            Terminal.current.say(
                en: "\(account.email) may not sign in any more.", es: "\(account.email) ya no puede entrar.")
        }
    }
}

struct UserEnableCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "enable", abstract: "Lets a disabled person in again, with the same password.")

    @Argument(help: "The person's address.")
    var email: String

    @OptionGroup var options: ConfigurationOption

    func run() async throws {
        try await CommandStore.write(try options.load(), as: "user enable") { open, workspace in
            let account = try await open.store.account(email)
            try await open.store.setDisabled(false, staff: account.id, in: workspace)
            Terminal.current.say(
                en: "\(account.email) may sign in again.", es: "\(account.email) puede entrar de nuevo.")
        }
    }
}

struct UserPasswordCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "password",
        abstract: "Gives a person a new password and ends all their sessions.",
        discussion: "Without --password-file a password is made and shown once.")

    @Argument(help: "The person's address.")
    var email: String

    @Option(help: ArgumentHelp("A file that holds the password; - reads standard input.", valueName: "path"))
    var passwordFile: String?

    @OptionGroup var options: ConfigurationOption

    func run() async throws {
        let configuration = try options.load()
        let given = try passwordFile.map(PasswordInput.read)
        let password = given ?? PasswordInput.generate()
        try await CommandStore.write(configuration, as: "user password") { open, workspace in
            let account = try await open.store.account(email)
            let hash = try await PasswordHasher().hash(password)
            try await open.store.setPassword(hash, of: account.id, in: workspace)
            Terminal.current.say(
                en: "\(account.email) has a new password and is signed out everywhere.",
                es: "\(account.email) tiene una contraseña nueva y sus sesiones se cerraron.")
        }
        if given == nil { PasswordInput.show(password) }
    }
}

struct UserSignOutCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "sign-out", abstract: "Ends all sessions of a person, who may sign in again.")

    @Argument(help: "The person's address.")
    var email: String

    @OptionGroup var options: ConfigurationOption

    func run() async throws {
        try await CommandStore.write(try options.load(), as: "user sign-out") { open, workspace in
            let account = try await open.store.account(email)
            try await open.store.endOtherSessions(of: account.id, keeping: nil, in: workspace)
            Terminal.current.say(
                en: "\(account.email) is signed out everywhere.", es: "Las sesiones de \(account.email) se cerraron.")
        }
    }
}

extension PasswordInput {
    fileprivate static func show(_ password: String) {
        Terminal.current.say(
            en: "Password, shown this once: \(password)", es: "Contraseña, se muestra solo esta vez: \(password)")
    }
}

extension Store {
    /// - Throws: the sentence, when nobody has this address.
    fileprivate func account(_ email: String) async throws -> StaffAccount {
        guard let account = try await staff(email: email) else {
            throw CommandFailure(
                en: "Nobody signs in with \(email): \"puente user list\" shows who does.",
                es: "Nadie entra con \(email): «puente user list» muestra quiénes.")
        }
        return account
    }
}

extension StaffAccount.Role: ExpressibleByArgument {}
