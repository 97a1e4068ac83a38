package import Domain

#if canImport(Darwin)
    import Darwin
#else
    import Glibc
#endif

/// Writes rows as CSV in UTF-8, in pieces, to a file that somebody else opened and closes. For one thread.
package final class CSVWriter {
    private static let pieceBytes = 65_536

    private let descriptor: Int32
    private var encoder: CSVEncoder

    /// - Parameter descriptor: open for writing, empty.
    package init(_ descriptor: Int32, style: CSVStyle) {
        self.descriptor = descriptor
        encoder = CSVEncoder(style)
    }

    /// - Throws: when the disk is full or the file gone.
    package func write(_ cells: [String]) throws(PuenteError) {
        encoder.add(cells)
        if encoder.count >= Self.pieceBytes { try flush() }
    }

    /// Writes what is still in memory; to be called at the end.
    package func flush() throws(PuenteError) {
        let bytes = encoder.take()
        var done = 0
        while done < bytes.count {
            let count = bytes.withUnsafeBytes { bytes in
                #if canImport(Darwin)
                    Darwin.write(descriptor, bytes.baseAddress.map { $0 + done }, bytes.count - done)
                #else
                    Glibc.write(descriptor, bytes.baseAddress.map { $0 + done }, bytes.count - done)
                #endif
            }
            if count < 0, errno == EINTR { continue }
            guard count > 0 else { throw .exportFailed(reason: String(cString: strerror(errno))) }
            done += count
        }
    }
}
