import Dispatch

/// A thread for work that takes a processor for longer than a moment: decoding, hashing. The cooperative pool has as
/// many threads as the machine has cores, and every request needs one of them.
package final class WorkThread: Sendable {
    private let queue: DispatchQueue

    package init(_ label: String) {
        queue = DispatchQueue(label: label)
    }

    package func run<Value: Sendable>(_ work: @escaping @Sendable () -> Value) async -> Value {
        await withCheckedContinuation { continuation in
            queue.async { continuation.resume(returning: work()) }
        }
    }
}
