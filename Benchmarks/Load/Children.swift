import Foundation
import Glibc
import Synchronization

/// The processes that this one started: ended with it, whatever ends it.
final class Children: Sendable {
    static let shared = Children()

    private let pids = Mutex<Set<Int32>>([])

    func add(_ pid: Int32) { _ = pids.withLock { $0.insert(pid) } }
    func remove(_ pid: Int32) { _ = pids.withLock { $0.remove(pid) } }

    func endWithThisProcess() {
        for number in [SIGINT, SIGTERM, SIGHUP] {
            signal(number, SIG_IGN)
            let source = DispatchSource.makeSignalSource(signal: number)
            source.setEventHandler {
                _ = source  // kept for as long as the process lives
                self.pids.withLock { pids in pids.forEach { kill($0, SIGKILL) } }
                Glibc.exit(130)
            }
            source.resume()
        }
    }
}

/// One process that this one started.
final class Child: Sendable {
    let pid: Int32
    private let process: Process

    /// - Parameter log: a file that takes everything it prints.
    init(_ program: String, _ arguments: [String], folder: String, log: String) throws {
        let process = Process()
        process.executableURL = URL(filePath: program)
        process.arguments = arguments
        process.currentDirectoryURL = URL(filePath: folder)
        if !FileManager.default.fileExists(atPath: log) {
            _ = FileManager.default.createFile(atPath: log, contents: nil)
        }
        let file = try FileHandle(forWritingTo: URL(filePath: log))
        try file.seekToEnd()
        process.standardOutput = file
        process.standardError = file
        try process.run()
        self.process = process
        pid = process.processIdentifier
        Children.shared.add(pid)
    }

    /// `kill -9`, or an orderly end; returns when it has ended.
    func end(_ signal: Int32 = SIGTERM) async {
        kill(pid, signal)
        let limit = ContinuousClock.now + .seconds(10)
        while process.isRunning {
            if ContinuousClock.now > limit { kill(pid, SIGKILL) }
            // Cancelled only when the whole measurement is: then there is nothing to wait for.
            try? await Task.sleep(for: .milliseconds(2))
        }
        Children.shared.remove(pid)
    }
}
