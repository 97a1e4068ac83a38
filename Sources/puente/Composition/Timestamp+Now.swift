import Domain

#if canImport(Glibc)
    import Glibc
#endif

extension Timestamp {
    /// The system's clock. Only the composition reads it; everything else is told the time.
    static var now: Timestamp {
        var time = timespec()
        clock_gettime(CLOCK_REALTIME, &time)
        return Timestamp(milliseconds: Int64(time.tv_sec) * 1000 + Int64(time.tv_nsec) / 1_000_000)
    }
}
