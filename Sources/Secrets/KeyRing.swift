internal import Crypto
package import Domain
internal import FoundationEssentials

/// The keys of an installation: one to write with, and older ones that still read what they wrote.
///
/// In its file (see ``KeyRingFile``) each key is a line `id: key`, 256 bits in base 64; the first line is the current
/// key; empty lines and lines that begin with "#" mean nothing.
package struct KeyRing: Sendable {
    /// What new ciphertexts are made with.
    package let current: EncryptionKey
    /// Earlier keys, newest first.
    package let former: [EncryptionKey]

    init(current: EncryptionKey, former: [EncryptionKey] = []) {
        self.current = current
        self.former = former
    }

    package subscript(id: some StringProtocol) -> EncryptionKey? {
        all.first { $0.id == id }
    }

    var all: [EncryptionKey] { [current] + former }

    /// A ring with one new random key, for an installation that has stored nothing yet, and for tests.
    package static func generate() throws(PuenteError) -> KeyRing {
        KeyRing(current: try newKey(id: "k1"))
    }

    /// The same keys behind a new random one, which becomes the current one.
    package func rotated() throws(PuenteError) -> KeyRing {
        // Numbers are taken from the names in the ring, so that a removed key's name is not soon used again.
        let highest = all.compactMap { $0.id.hasPrefix("k") ? UInt32($0.id.dropFirst()) : nil }.max() ?? 0
        return KeyRing(current: try Self.newKey(id: "k\(UInt64(highest) + 1)"), former: all)
    }

    /// Reads the text of a key ring file.
    /// - Parameter source: the file's name, for the error's sentence.
    package static func parse(_ text: String, source: String) throws(PuenteError) -> KeyRing {
        var keys: [EncryptionKey] = []
        for (number, line) in text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline).enumerated() {
            let line = line.trimmingBlanks
            if line.isEmpty || line.hasPrefix("#") { continue }
            guard let key = key(in: line) else {
                throw .keyRingDamaged(
                    source, en: "line \(number + 1) is no key", es: "la línea \(number + 1) no es una clave")
            }
            guard !keys.contains(where: { $0.id == key.id }) else {
                throw .keyRingDamaged(source, en: "two keys are named \(key.id)", es: "dos claves se llaman \(key.id)")
            }
            keys.append(key)
        }
        guard let current = keys.first else {
            throw .keyRingDamaged(source, en: "it holds no key", es: "no contiene ninguna clave")
        }
        return KeyRing(current: current, former: Array(keys.dropFirst()))
    }

    /// What the file of this ring holds.
    var fileText: String {
        """
        # Keys of this Puente installation: who has this file and the database can read its secrets.
        # Keep a copy apart from the database's backups; without it they cannot be read. The first key is the current one.
        \(all.map(\.line).joined(separator: "\n"))

        """
    }

    private static func key(in line: Substring) -> EncryptionKey? {
        guard let colon = line.firstIndex(of: ":") else { return nil }
        let encoded = line[line.index(after: colon)...].trimmingBlanks
        guard let bytes = Data(base64Encoded: String(encoded)) else { return nil }
        return EncryptionKey(id: String(line[..<colon].trimmingBlanks), bytes: bytes)
    }

    private static func newKey(id: String) throws(PuenteError) -> EncryptionKey {
        guard let key = EncryptionKey.random(id: id) else {
            throw PuenteError(
                .unavailable, detail: "key_not_made", en: "No new key could be made.", es: "No se pudo crear una clave."
            )
        }
        return key
    }
}

extension Substring {
    fileprivate var trimmingBlanks: Substring {
        let isBlank: (Character) -> Bool = { $0 == " " || $0 == "\t" }
        let front = drop(while: isBlank)
        guard let last = front.lastIndex(where: { !isBlank($0) }) else {
            return front[front.startIndex..<front.startIndex]
        }
        return front[...last]
    }
}
