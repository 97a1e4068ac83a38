import Domain

/// One line of a check.
struct CheckLine: Equatable, Sendable {
    enum Outcome: Equatable, Sendable {
        case passed(LocalizedText)
        /// It works, and a person should know something.
        case warned(LocalizedText)
        case failed(cause: LocalizedText, remedy: LocalizedText?)
    }

    /// What was looked at: `database`, `number main: token`.
    let subject: String
    let outcome: Outcome
}

extension CheckLine {
    static func passed(_ subject: String, en: String, es: String) -> Self {
        Self(subject: subject, outcome: .passed(LocalizedText(en: en, es: es)))
    }

    static func warned(_ subject: String, en: String, es: String) -> Self {
        Self(subject: subject, outcome: .warned(LocalizedText(en: en, es: es)))
    }

    static func failed(_ subject: String, en: String, es: String) -> Self {
        Self(subject: subject, outcome: .failed(cause: LocalizedText(en: en, es: es), remedy: nil))
    }
}

/// Shows the lines of a check as they come, and remembers how it went.
struct CheckReport {
    private let terminal: Terminal
    private(set) var status: Int32 = 0

    init(_ terminal: Terminal = .current) {
        self.terminal = terminal
    }

    mutating func add(_ lines: [CheckLine]) {
        for line in lines { add(line) }
    }

    mutating func add(_ line: CheckLine) {
        switch line.outcome {
        case .passed(let text): show("ok    ", line.subject, text)
        case .warned(let text): show("note  ", line.subject, text)
        case .failed(let cause, let remedy):
            show("FAILED", line.subject, LocalizedText(cause, then: remedy))
            status = max(status, CommandEnding.failed)
        }
    }

    /// What a step threw, as its line. The status is that of the command that would throw it.
    mutating func add(_ error: any Error, _ subject: String) {
        let ending = CommandEnding(error)
        let text = ending?.complaint ?? .same("\(error)")
        add(CheckLine(subject: subject, outcome: .failed(cause: text, remedy: nil)))
        status = max(status, ending?.status ?? CommandEnding.failed)
    }

    private func show(_ mark: String, _ subject: String, _ text: LocalizedText) {
        terminal.print("\(mark)  \(subject): \(text[terminal.language])")
    }
}
