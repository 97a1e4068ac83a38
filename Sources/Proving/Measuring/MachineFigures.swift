import FoundationEssentials
import Glibc

/// The machine that a measurement was made on.
package struct MachineFigures: Sendable {
    package let processor: String
    package let cores: Int
    package let memoryGigabytes: Double
    package let system: String
    /// Processes that wanted a processor in the last minute, on average.
    package let load: String

    package init() {
        processor = Self.line("model name", of: "/proc/cpuinfo") ?? "unknown processor"
        cores = Int(sysconf(Int32(_SC_NPROCESSORS_ONLN)))
        let kilobytes = Self.line("MemTotal", of: "/proc/meminfo")?.split(separator: " ").first.flatMap { Double($0) }
        memoryGigabytes = (kilobytes ?? 0) / 1024 / 1024
        system = Self.text("/proc/version").split(separator: " ").prefix(3).joined(separator: " ")
        load = Self.text("/proc/loadavg").split(separator: " ").first.map { String($0) } ?? "?"
    }

    package var description: String {
        "\(processor), \(cores) cores, \(decimal(memoryGigabytes)) GB, \(system), load before \(load)"
    }

    private static func line(_ name: String, of path: String) -> String? {
        let line = text(path).split(separator: "\n").first { $0.hasPrefix(name) }
        return line?.split(separator: ":", maxSplits: 1).last.map { String($0.drop { $0 == " " || $0 == "\t" }) }
    }

    private static func text(_ path: String) -> String {
        // Without the file (another kernel) the report says that it does not know.
        (try? Data(contentsOf: URL(filePath: path))).map { String(decoding: $0, as: UTF8.self) } ?? ""
    }
}
