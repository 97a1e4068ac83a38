#if canImport(Darwin)
    import Darwin
#else
    import Glibc
#endif

/// An open file, closed with the last who holds it.
final class OpenFile: Sendable {
    let descriptor: Int32

    /// - Parameter descriptor: from here on closed by this object alone.
    init(_ descriptor: Int32) {
        self.descriptor = descriptor
    }

    deinit {
        close(descriptor)
    }
}
