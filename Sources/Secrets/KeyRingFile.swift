package import Domain

/// The file that holds an installation's keys. Only its owner may read it.
package struct KeyRingFile: Sendable {
    package let path: String

    package init(path: String) {
        self.path = path
    }

    /// Reads the keys.
    /// - Throws: a sentence with the remedy: missing, readable by others, damaged.
    package func read() throws(PuenteError) -> KeyRing {
        try KeyRing.parse(try PrivateFile(path: path).contents(), source: path)
    }

    /// Makes the file with one new key. To be asked for only when the database holds no ciphertext: a new key in place
    /// of a lost one would hide the loss.
    /// - Throws: `key_ring_exists` when there is such a file, however it came there.
    package func make() throws(PuenteError) -> KeyRing {
        let ring = try KeyRing.generate()
        try PrivateFile(path: path).create(ring.fileText)
        return ring
    }

    /// Puts a new key in front of the others. Running servers learn of it when they start again; until then they read
    /// what they wrote, but not what others write with the new key, so restart them before sealing anything anew.
    package func rotate() throws(PuenteError) -> KeyRing {
        let ring = try read().rotated()
        try PrivateFile(path: path).replace(ring.fileText)
        return ring
    }
}
