import ArgumentParser
import Console
import Domain

/// A mapping's file as commands read it.
enum MappingText {
    private static let maxBytes = 512 << 10

    /// - Parameter path: `-` is standard input.
    /// - Throws: `CommandFailure` when it cannot be read; when its text is wrong, that is said sentence by sentence first.
    static func read(_ path: String, on terminal: Terminal) throws -> FieldMapping {
        let text = try text(path)
        do throws(MappingFile.Faults) {
            return try MappingFile.read(text, MappingYAML.json)
        } catch {
            for sentence in error.sentences { terminal.complain(sentence) }
            throw ExitCode(CommandEnding.wrongUse)
        }
    }

    private static func text(_ path: String) throws -> String {
        do throws(TextFile.Problem) {
            return try path == "-"
                ? TextFile.read(0, maxBytes: maxBytes) : TextFile.read(path, maxBytes: maxBytes)
        } catch {
            throw CommandFailure(
                status: CommandEnding.wrongUse, en: "\(path) cannot be read: \(error.reason).",
                es: "\(path) no se puede leer: \(error.reason).")
        }
    }
}
