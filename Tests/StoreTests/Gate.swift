import Dispatch

/// Holds a transaction's thread until a test lets it go on.
final class Gate: Sendable {
    private let semaphore = DispatchSemaphore(value: 0)

    func open() {
        semaphore.signal()
    }

    func waitUntilOpen() {
        semaphore.wait()
    }
}
