import ArgumentParser
import Domain
import Store

/// How the program ends: 0 done, 1 failed, 2 wrong usage or configuration.
struct CommandEnding: Equatable, Sendable {
    let status: Int32
    /// On the error stream; nil when everything has been said.
    let complaint: LocalizedText?

    static let done = CommandEnding(status: 0, complaint: nil)
    static let failed: Int32 = 1
    static let wrongUse: Int32 = 2
}

/// A command that cannot go on, with the sentence for the person who ran it.
struct CommandFailure: Error, Equatable, Sendable {
    let status: Int32
    let sentence: LocalizedText

    init(status: Int32 = CommandEnding.failed, en: String, es: String) {
        self.init(status: status, LocalizedText(en: en, es: es))
    }

    init(status: Int32 = CommandEnding.failed, _ sentence: LocalizedText) {
        self.status = status
        self.sentence = sentence
    }
}

extension CommandEnding {
    /// The ending for what a command of ours threw; nil when the error belongs to the parsing of the arguments.
    init?(_ error: any Error) {
        switch error {
        case let problem as ConfigurationProblem:
            self.init(status: Self.wrongUse, complaint: problem.message)
        case let failure as CommandFailure:
            self.init(status: failure.status, complaint: failure.sentence)
        case let error as PuenteError:
            let isWrongUse = error.code == .invalid || error.code == .tooLarge
            self.init(status: isWrongUse ? Self.wrongUse : Self.failed, complaint: error.message)
        case let failure as FileFailure:
            self.init(status: Self.failed, complaint: failure.sentence)
        case let error as SQLError:
            self.init(status: Self.failed, complaint: error.sentence)
        default:
            return nil
        }
    }
}

extension SQLError {
    /// For the terminal: what the database did, in its own words.
    var sentence: LocalizedText {
        switch self {
        case .full(let text):
            LocalizedText(
                en: "The disk or the database is full: \(text).", es: "El disco o la base de datos está llena: \(text)."
            )
        case .storageFailed(let text):
            LocalizedText(en: "The disk failed: \(text).", es: "El disco falló: \(text).")
        case .commitUnknown:
            PuenteError.outcomeUnknown.message
        case .unavailable(let text):
            LocalizedText(
                en: "The database cannot be reached: \(text).", es: "No se puede acceder a la base de datos: \(text).")
        case .conflict(let text), .timedOut(let text):
            LocalizedText(
                en: "The database is busy: \(text). Try again in a moment.",
                es: "La base de datos está ocupada: \(text). Inténtelo en un momento.")
        case .uniqueViolation(let text), .constraint(let text), .misuse(let text), .decoding(let text):
            LocalizedText(en: "The database refused: \(text)", es: "La base de datos lo rechazó: \(text)")
        }
    }
}
