import Glibc

/// A thread of the system that may wait for sockets and locks, unlike Swift's cooperative ones.
enum OwnThread {
    fileprivate final class Body: Sendable {
        let run: @Sendable () -> Void

        init(_ run: @escaping @Sendable () -> Void) {
            self.run = run
        }
    }

    /// Runs the body on a new thread, which ends with it.
    /// - Precondition: the system has room for a thread. Without, nothing of the program would run.
    static func start(_ run: @escaping @Sendable () -> Void) {
        let argument = Unmanaged.passRetained(Body(run)).toOpaque()
        var thread = pthread_t()
        let status = pthread_create(&thread, nil, runThread, argument)
        precondition(status == 0, "no thread could be made: error \(status)")
        pthread_detach(thread)
    }
}

/// - Parameter argument: the body, retained by `start` for this thread alone.
private func runThread(_ argument: UnsafeMutableRawPointer?) -> UnsafeMutableRawPointer? {
    if let argument { Unmanaged<OwnThread.Body>.fromOpaque(argument).takeRetainedValue().run() }
    return nil
}
