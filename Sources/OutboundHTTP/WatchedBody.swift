import Synchronization

/// The bytes of a request, which remember whether anybody asked for them.
///
/// A plain collection rather than an array: the client copies arrays when the request is made, but turns a collection
/// into a buffer only when the connection is ready for the body. That moment is what we want to know.
struct WatchedBody: Collection, Sendable {
    /// Set once, read after the call has ended. Also knows when a piece of a file last moved.
    final class Mark: Sendable {
        private let flag = Atomic<Bool>(false)
        private let moved = Mutex(ContinuousClock.now)

        var isTaken: Bool { flag.load(ordering: .acquiring) }

        func take() {
            flag.store(true, ordering: .releasing)
        }

        /// The connection took another piece, or brought one.
        func move() {
            moved.withLock { $0 = .now }
        }

        var movedAt: ContinuousClock.Instant { moved.withLock { $0 } }
    }

    let bytes: [UInt8]
    let mark: Mark

    var startIndex: Int { 0 }
    var endIndex: Int { bytes.count }

    func index(after index: Int) -> Int { index + 1 }

    /// At once: the client cuts large bodies into pieces, and would walk byte by byte to the end of each.
    func index(_ index: Int, offsetBy distance: Int, limitedBy limit: Int) -> Int? {
        distance >= 0 && distance > limit - index && limit >= index ? nil : index + distance
    }

    subscript(index: Int) -> UInt8 {
        mark.take()
        return bytes[index]
    }

    func withContiguousStorageIfAvailable<Result>(
        _ body: (UnsafeBufferPointer<UInt8>) throws -> Result
    ) rethrows -> Result? {
        mark.take()
        return try bytes.withContiguousStorageIfAvailable(body)
    }
}
