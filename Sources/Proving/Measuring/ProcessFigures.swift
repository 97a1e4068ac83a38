import FoundationEssentials
import Glibc

/// What a process has used so far, read from `/proc`.
package struct ProcessFigures: Sendable {
    /// Seconds of processor time, all threads, user and system.
    package let processorSeconds: Double
    package let residentBytes: Int64
    /// The highest that resident memory has been.
    package let peakResidentBytes: Int64

    /// Nil when there is no such process.
    package init?(pid: Int32) {
        guard let stat = Self.text("/proc/\(pid)/stat"), let status = Self.text("/proc/\(pid)/status"),
            let end = stat.lastIndex(of: ")")
        else { return nil }
        // Behind the name in brackets the third field begins; times are the 14th and 15th.
        let fields = stat[stat.index(after: end)...].split(separator: " ")
        guard fields.count > 12, let user = Double(fields[11]), let system = Double(fields[12]) else { return nil }
        processorSeconds = (user + system) / Double(sysconf(Int32(_SC_CLK_TCK)))
        residentBytes = Self.kilobytes("VmRSS:", in: status) * 1024
        peakResidentBytes = Self.kilobytes("VmHWM:", in: status) * 1024
    }

    private static func text(_ path: String) -> String? {
        // A process that has ended has no such file: nil says so.
        (try? Data(contentsOf: URL(filePath: path))).map { String(decoding: $0, as: UTF8.self) }
    }

    private static func kilobytes(_ name: String, in status: String) -> Int64 {
        let line = status.split(separator: "\n").first { $0.hasPrefix(name) }
        return line?.split(whereSeparator: { $0 == " " || $0 == "\t" }).dropFirst().first.flatMap { Int64($0) } ?? 0
    }
}
