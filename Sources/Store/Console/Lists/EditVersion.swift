import Crypto
package import Domain
import FoundationEssentials

/// What people can change of something, as it is now, in a short word: whoever saves says upon which they decided. What was
/// changed and changed back is the same again.
package struct EditVersion: Hashable, Sendable, CustomStringConvertible {
    package let description: String

    /// As a program or a form hands it back. A text that never was a version is that of nothing.
    package init(_ text: String) {
        description = text
    }

    /// - Parameter parts: what can be changed, in a fixed order; nil for what is not there.
    init(of parts: [String?]) {
        let text = parts.map { part in part.map { "\($0.utf8.count):\($0)" } ?? "-" }.joined()
        description = SHA256.hash(data: Data(text.utf8)).prefix(12).map { byte in
            String(byte >> 4, radix: 16) + String(byte & 15, radix: 16)
        }.joined()
    }
}

extension Set<EditVersion> {
    /// - Throws: `conflict` with the detail `changed_meanwhile` when somebody changed it since it was read.
    func require(_ version: EditVersion) throws(PuenteError) {
        guard contains(version) else { throw .changedMeanwhile }
    }
}

extension PuenteError {
    /// Two people change the same thing: the second looks again.
    package static let changedMeanwhile = PuenteError(
        .conflict, detail: "changed_meanwhile",
        en: "Somebody else changed this meanwhile, and nothing was saved. Look at what it says now, then save again.",
        es: "Otra persona lo cambió entretanto y no se guardó nada. Vea qué dice ahora y vuelva a guardar.")
}
