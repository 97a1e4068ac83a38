import Domain
import Pipeline

/// Where the rows of a list go that were not taken. It has its name when it is whole.
struct RejectedRowsFile {
    let path: String
    private let mayReplace: Bool
    private let source: String

    /// - Parameter source: the list, which is never replaced.
    /// - Throws: when the file cannot be written, so that nobody waits for a list to hear of it.
    init(_ path: String, mayReplace: Bool, source: String) throws {
        self.path = path
        self.mayReplace = mayReplace
        self.source = source
        _ = try open()
    }

    func write(_ rows: RejectedRows) async throws {
        // Until the file has its name: otherwise a draft would stay behind.
        let interruption = Interruption()
        defer { interruption.end() }
        let file = try open()
        var rows = rows
        while let bytes = try await rows.next() {
            if interruption.hasCome { throw Self.interrupted }
            try file.write(bytes)
        }
        try file.sync()
        try file.publish()
    }

    private func open() throws -> OutputFile {
        try OutputFile(path, mayReplace: mayReplace, source: source)
    }

    private static let interrupted = CommandFailure(
        en: "Interrupted: the rows that were not taken were not written.",
        es: "Interrumpido: no se escribieron las filas rechazadas.")
}
