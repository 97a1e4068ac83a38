import Foundation

#if canImport(Glibc)
    import Glibc
#endif
#if canImport(CoreFoundation)
    // It declares the system's structures a second time, as in `FileStatus`.
    import CoreFoundation
#endif

/// The process as the system sees it, by the names that Prometheus' own clients use. Empty where there is no /proc.
enum ProcessFigures {
    static var configuration: String {
        #if DEBUG
            "debug"
        #else
            "release"
        #endif
    }

    private static let startedAt = Date().timeIntervalSince1970

    /// Called at the start, so that the start is the process's and not the first scrape's.
    static func noteStart() { _ = startedAt }

    static func samples() -> [MetricSample] {
        var samples = [MetricSample.gauge("process_start_time_seconds", [], startedAt)]
        if let residentBytes { samples.append(.figure("process_resident_memory_bytes", [], residentBytes)) }
        if let descriptors { samples.append(.figure("process_open_fds", [], descriptors)) }
        var time = timespec()
        if clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time) == 0 {
            let seconds = Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
            samples.append(MetricSample(name: "process_cpu_seconds_total", labels: [], value: .total(seconds)))
        }
        return samples
    }

    private static var residentBytes: Int? {
        // Where there is no /proc the figure is left out.
        guard let text = try? String(contentsOfFile: "/proc/self/statm", encoding: .utf8) else { return nil }
        let pages = text.split(separator: " ").dropFirst().first.flatMap { Int($0) }
        return pages.map { $0 * Int(getpagesize()) }
    }

    private static var descriptors: Int? {
        // As above.
        try? FileManager.default.contentsOfDirectory(atPath: "/proc/self/fd").count
    }
}

/// The room that is left.
enum DiskFigures {
    static func samples(of folders: [String]) -> [MetricSample] {
        var seen: Set<UInt64> = []
        return folders.compactMap { folder in
            guard let room = room(at: folder), seen.insert(room.disk).inserted else { return nil }
            return MetricSample.gauge("puente_disk_free_bytes", [("folder", folder)], room.freeBytes)
        }
    }

    /// - Returns: the disk on which a folder lies and what is free there; nil when there is no such folder.
    static func room(at folder: String) -> (disk: UInt64, freeBytes: Double)? {
        var figures = statvfs()
        guard statvfs(folder, &figures) == 0 else { return nil }
        let (free, overflow) = UInt64(figures.f_bavail).multipliedReportingOverflow(by: UInt64(figures.f_frsize))
        return (UInt64(figures.f_fsid), overflow ? .infinity : Double(free))
    }
}
