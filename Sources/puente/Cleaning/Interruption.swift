import Dispatch
import Synchronization

#if canImport(Glibc)
    import Glibc
#endif

/// Notes that the person or the system asks the program to end, so that no draft stays behind.
final class Interruption {
    private let flag = Flag()
    private let sources: [any DispatchSourceSignal]
    private static let signals = [SIGHUP, SIGINT, SIGTERM]

    private final class Flag: Sendable {
        let isSet = Atomic(false)
    }

    init() {
        let flag = flag
        sources = Self.signals.map { number in
            signal(number, SIG_IGN)
            let source = DispatchSource.makeSignalSource(signal: number, queue: .global())
            source.setEventHandler { flag.isSet.store(true, ordering: .relaxed) }
            source.resume()
            return source
        }
    }

    var hasCome: Bool { flag.isSet.load(ordering: .relaxed) }

    /// From here on the signals end the program as before.
    func end() {
        for source in sources { source.cancel() }
        for number in Self.signals { signal(number, SIG_DFL) }
    }
}
