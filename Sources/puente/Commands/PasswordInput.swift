import Domain
import Foundation
import Secrets

/// Where a person's password comes from.
enum PasswordInput {
    /// Fewer are guessed too soon.
    static let minLength = 10
    private static let alphabet = Array("abcdefghjkmnpqrstuvwxyz23456789")

    /// - Parameter path: of a file; `-` is standard input.
    static func read(_ path: String) throws -> String {
        let text: String
        do {
            text = try path == "-" ? TextFile.read(0, maxBytes: 4096) : TextFile.read(path, maxBytes: 4096)
        } catch {
            throw CommandFailure(
                status: CommandEnding.wrongUse, en: "--password-file \(path) cannot be read: \(error.reason).",
                es: "--password-file \(path) no se puede leer: \(error.reason).")
        }
        let password = TextFile.withoutTrailingNewlines(text)
        guard password.count >= minLength else {
            throw CommandFailure(
                status: CommandEnding.wrongUse, en: "The password has to have at least \(minLength) characters.",
                es: "La contraseña debe tener al menos \(minLength) caracteres.")
        }
        return password
    }

    /// Twenty characters without look-alikes, in four groups: 99 bits.
    static func generate() -> String {
        var generator = SystemRandomNumberGenerator()
        let groups = (0..<4).map { _ in
            String((0..<5).map { _ in alphabet[Int.random(in: alphabet.indices, using: &generator)] })
        }
        return groups.joined(separator: "-")
    }
}
