import Dispatch
import Synchronization

#if canImport(Glibc)
    import Glibc
#endif

/// Notes that the person or the system asks the program to end, so that no draft stays behind.
final class Interruption {
    /// May be looked at from anywhere.
    let flag = Flag()
    private let sources: [any DispatchSourceSignal]
    private static let signals = [SIGHUP, SIGINT, SIGTERM]

    final class Flag: Sendable {
        fileprivate let isSet = Atomic(false)

        var hasCome: Bool { isSet.load(ordering: .relaxed) }
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

    var hasCome: Bool { flag.hasCome }

    /// From here on the signals end the program as before.
    func end() {
        for source in sources { source.cancel() }
        for number in Self.signals { signal(number, SIG_DFL) }
    }
}
