import Domain
import Foundation

/// What a command speaks to: the two streams, the environment and the language of the person before it.
struct Terminal: Sendable {
    /// Tests put one of their own here.
    @TaskLocal static var current = Terminal.standard

    let environment: [String: String]
    let language: Language
    private let output: @Sendable (String) -> Void
    private let errors: @Sendable (String) -> Void
    /// Replaces the last line of the error stream; nil when no person watches it.
    private let passing: (@Sendable (String) -> Void)?
    /// Reads a line that a person types; nil when there is no person to ask.
    private let input: (@Sendable () -> String?)?

    /// - Parameter language: by default what the environment says.
    init(
        environment: [String: String], language: Language? = nil, output: @escaping @Sendable (String) -> Void,
        errors: @escaping @Sendable (String) -> Void, passing: (@Sendable (String) -> Void)? = nil,
        input: (@Sendable () -> String?)? = nil
    ) {
        self.environment = environment
        self.language = language ?? Self.language(of: environment)
        self.output = output
        self.errors = errors
        self.passing = passing
        self.input = input
    }

    /// The same, speaking another language.
    func speaking(_ language: Language) -> Terminal {
        Terminal(
            environment: environment, language: language, output: output, errors: errors, passing: passing,
            input: input)
    }

    static let standard = Terminal(
        environment: ProcessInfo.processInfo.environment,
        output: { FileHandle.standardOutput.write(Data("\($0)\n".utf8)) },
        errors: { FileHandle.standardError.write(Data("\($0)\n".utf8)) },
        passing: replacingLine, input: typedLine)

    private static var replacingLine: (@Sendable (String) -> Void)? {
        guard isatty(STDERR_FILENO) == 1 else { return nil }
        return { text in FileHandle.standardError.write(Data("\r\u{1B}[K\(text)".utf8)) }
    }

    private static var typedLine: (@Sendable () -> String?)? {
        guard isatty(STDIN_FILENO) == 1 else { return nil }
        return { readLine() }
    }

    /// A line of the answer.
    func say(_ text: LocalizedText) {
        output(text[language])
    }

    func say(en: String, es: String) {
        output(language == .spanish ? es : en)
    }

    /// A line that programs may read: the same in every language.
    func print(_ line: String) {
        output(line)
    }

    /// A line about what went wrong, or about how it goes.
    func complain(_ text: LocalizedText) {
        errors(text[language])
    }

    /// Whether somebody sees what is said by ``report(_:)``.
    var isWatched: Bool { passing != nil }

    /// How far the work has come, in place of what was said so before; an empty text clears it. Goes to people only, never
    /// into a file.
    func report(_ text: LocalizedText) {
        passing?(text[language])
    }

    /// Whether somebody can be asked.
    var canAsk: Bool { input != nil }

    /// Asks for a yes; everything else is a no.
    func isAgreed(_ question: LocalizedText) -> Bool {
        complain(question)
        let answer = (input?() ?? "").lowercased().filter { !$0.isWhitespace }
        return ["y", "yes", "s", "si", "sí"].contains(answer)
    }

    /// As the system's programs choose it: the first of these that is set.
    private static func language(of environment: [String: String]) -> Language {
        let locale = ["LC_ALL", "LC_MESSAGES", "LANG"].lazy.compactMap { environment[$0] }.first { !$0.isEmpty }
        return locale?.hasPrefix("es") == true ? .spanish : .english
    }
}
