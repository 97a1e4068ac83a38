internal import Domain

#if canImport(Darwin)
    import Darwin
#else
    import Glibc
#endif

/// What a socket is waited for, or is ready for.
struct SocketEvents: OptionSet {
    let rawValue: Int16

    static let readable = SocketEvents(rawValue: Int16(POLLIN))
    static let writable = SocketEvents(rawValue: Int16(POLLOUT))
}

/// Waits on the calling thread, which must be one of ours.
enum SocketWait {
    /// Ready also when the socket failed: reading then says how.
    case ready(SocketEvents)
    case timedOut

    static func wait(
        for events: SocketEvents, of socket: Int32, until deadline: ContinuousClock.Instant
    ) -> SocketWait {
        var descriptor = pollfd(fd: socket, events: events.rawValue, revents: 0)
        while true {
            let left = ContinuousClock.now.duration(to: deadline)
            guard left > .zero else { return .timedOut }
            // Signals end a wait early, and so does the bound on one wait: the clock decides.
            let milliseconds = min(left.wholeMilliseconds + 1, 60_000)
            if poll(&descriptor, 1, Int32(milliseconds)) > 0 {
                return .ready(SocketEvents(rawValue: descriptor.revents))
            }
        }
    }

    /// Returns when one of them can be read, or failed, or the time is over.
    static func wait(forReading sockets: [Int32], until deadline: ContinuousClock.Instant) {
        var descriptors = sockets.map { pollfd(fd: $0, events: SocketEvents.readable.rawValue, revents: 0) }
        let left = max(.zero, ContinuousClock.now.duration(to: deadline))
        _ = poll(&descriptors, nfds_t(descriptors.count), Int32(min(left.wholeMilliseconds + 1, 60_000)))
    }

    static func pause(milliseconds: Int) {
        _ = poll(nil, 0, Int32(milliseconds))
    }
}
