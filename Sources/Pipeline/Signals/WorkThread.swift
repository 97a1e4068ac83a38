import Dispatch

/// A thread for work that takes a processor for longer than a moment, or waits for a disk: decoding, hashing, files.
/// The cooperative pool has as many threads as the machine has cores, and every request needs one of them.
///
/// An actor that names it as its executor does all its work there.
package final class WorkThread: SerialExecutor {
    private let queue: DispatchQueue

    package init(_ label: String) {
        queue = DispatchQueue(label: label)
    }

    package func run<Value: Sendable>(_ work: @escaping @Sendable () -> Value) async -> Value {
        await withCheckedContinuation { continuation in
            queue.async { continuation.resume(returning: work()) }
        }
    }

    package func enqueue(_ job: consuming ExecutorJob) {
        let job = UnownedJob(job)
        queue.async { job.runSynchronously(on: self.asUnownedSerialExecutor()) }
    }
}
