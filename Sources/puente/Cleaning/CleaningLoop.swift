import ContactFiles
import Domain
import Pipeline

/// Takes a file's rows to their outputs, tells how far it is, and ends in good order when somebody presses Ctrl-C.
struct CleaningLoop {
    private static let rowsBetweenLooks = 500
    private static let pause = Duration.milliseconds(200)

    private let run: CleaningRun
    private let outputs: CleaningOutputs
    private let terminal: Terminal
    private let file: String

    init(_ run: CleaningRun, _ outputs: CleaningOutputs, _ terminal: Terminal, file: String) {
        self.run = run
        self.outputs = outputs
        self.terminal = terminal
        self.file = file
    }

    /// - Throws: when the file cannot be read to its end, an output not be written, or somebody interrupted.
    func finish(since start: ContinuousClock.Instant, unless interruption: Interruption) throws {
        defer { terminal.report(.same("")) }
        var nextReport = start + Self.pause
        while let row = try naming(file, { try run.next() }) {
            try outputs.write(row)
            guard run.figures.rows.isMultiple(of: Self.rowsBetweenLooks) else { continue }
            if interruption.hasCome { throw Self.interrupted }
            guard terminal.isWatched, nextReport < .now else { continue }
            nextReport = .now + Self.pause
            let line = ProgressLine(
                rows: run.figures.rows, share: run.progress.share, elapsed: start.duration(to: .now))
            terminal.report(line.text)
        }
    }

    private static let interrupted = CommandFailure(
        en: "Interrupted: nothing was written.", es: "Interrumpido: no se escribió nada.")
}
