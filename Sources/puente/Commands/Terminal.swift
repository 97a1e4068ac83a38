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

    /// - Parameter language: by default what the environment says.
    init(
        environment: [String: String], language: Language? = nil, output: @escaping @Sendable (String) -> Void,
        errors: @escaping @Sendable (String) -> Void, passing: (@Sendable (String) -> Void)? = nil
    ) {
        self.environment = environment
        self.language = language ?? Self.language(of: environment)
        self.output = output
        self.errors = errors
        self.passing = passing
    }

    /// The same, speaking another language.
    func speaking(_ language: Language) -> Terminal {
        Terminal(environment: environment, language: language, output: output, errors: errors, passing: passing)
    }

    static let standard = Terminal(
        environment: ProcessInfo.processInfo.environment,
        output: { FileHandle.standardOutput.write(Data("\($0)\n".utf8)) },
        errors: { FileHandle.standardError.write(Data("\($0)\n".utf8)) },
        passing: replacingLine)

    private static var replacingLine: (@Sendable (String) -> Void)? {
        guard isatty(STDERR_FILENO) == 1 else { return nil }
        return { text in FileHandle.standardError.write(Data("\r\u{1B}[K\(text)".utf8)) }
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

    /// As the system's programs choose it: the first of these that is set.
    private static func language(of environment: [String: String]) -> Language {
        let locale = ["LC_ALL", "LC_MESSAGES", "LANG"].lazy.compactMap { environment[$0] }.first { !$0.isEmpty }
        return locale?.hasPrefix("es") == true ? .spanish : .english
    }
}
