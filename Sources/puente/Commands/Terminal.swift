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

    init(
        environment: [String: String], output: @escaping @Sendable (String) -> Void,
        errors: @escaping @Sendable (String) -> Void
    ) {
        self.environment = environment
        self.language = Self.language(of: environment)
        self.output = output
        self.errors = errors
    }

    static let standard = Terminal(
        environment: ProcessInfo.processInfo.environment,
        output: { FileHandle.standardOutput.write(Data("\($0)\n".utf8)) },
        errors: { FileHandle.standardError.write(Data("\($0)\n".utf8)) })

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

    /// As the system's programs choose it: the first of these that is set.
    private static func language(of environment: [String: String]) -> Language {
        let locale = ["LC_ALL", "LC_MESSAGES", "LANG"].lazy.compactMap { environment[$0] }.first { !$0.isEmpty }
        return locale?.hasPrefix("es") == true ? .spanish : .english
    }
}
