package import Logging
package import ServiceLifecycle

#if canImport(Glibc)
    import Glibc
#endif

/// Watches what intake depends on: waiters that have waited too long, room on the disk, and whether commits succeed
/// again.
package struct IntakeKeeper: Service {
    private let log: IntakeLog
    private let limits: IntakeLimits
    private let folder: String?
    private let logger: Logger

    /// - Parameter folder: where the database file lies; nil when the disk is not ours (PostgreSQL).
    package init(log: IntakeLog, limits: IntakeLimits, folder: String?, logger: Logger) {
        self.log = log
        self.limits = limits
        self.folder = folder
        self.logger = logger
    }

    package func run() async throws {
        await cancelWhenGracefulShutdown {
            await withDiscardingTaskGroup { group in
                // For itself: a commit may hang.
                group.addTask {
                    while !Task.isCancelled {
                        await log.tryAgain()
                        await pause(for: .seconds(1))
                    }
                }
                while !Task.isCancelled {
                    log.dismissImpatient()
                    watchDisk()
                    await pause(for: .milliseconds(500))
                }
                log.close()
            }
        }
    }

    private func watchDisk() {
        guard let folder, let free = Self.freeBytes(in: folder) else { return }
        let isNearlyFull = free < limits.minFreeDiskBytes
        if isNearlyFull != log.isRefusing {
            logger.warning("intake \(isNearlyFull ? "refuses" : "accepts")", metadata: ["free_bytes": "\(free)"])
        }
        log.setDiskNearlyFull(isNearlyFull)
    }

    static func freeBytes(in folder: String) -> Int64? {
        var figures = statvfs()
        guard statvfs(folder, &figures) == 0 else { return nil }
        return Int64(
            clamping: UInt64(figures.f_bavail).multipliedReportingOverflow(by: UInt64(figures.f_frsize)).partialValue)
    }
}
