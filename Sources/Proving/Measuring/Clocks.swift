import Glibc

/// The machine's clocks in microseconds.
package enum Clocks {
    /// Since 1970: the same for all processes of the machine.
    package static var wall: Int64 { microseconds(CLOCK_REALTIME) }
    /// For durations: never set back.
    package static var steady: Int64 { microseconds(CLOCK_MONOTONIC) }

    private static func microseconds(_ clock: clockid_t) -> Int64 {
        var time = timespec()
        clock_gettime(clock, &time)
        return Int64(time.tv_sec) * 1_000_000 + Int64(time.tv_nsec) / 1000
    }
}
