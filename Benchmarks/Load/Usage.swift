import Glibc
import Proving

/// What server, sandbox and load generator used of the processors between two moments.
struct Usage {
    private let pids: [(name: String, pid: Int32)]
    private let before: [Double]
    private let start = ContinuousClock.now

    init(_ installation: BenchInstallation) {
        pids = [
            ("server", installation.server.pid), ("sandbox", installation.sandboxProcess.pid), ("generator", getpid()),
        ]
        before = pids.map { ProcessFigures(pid: $0.pid)?.processorSeconds ?? 0 }
    }

    /// Cores' worth of processor time, one figure a process.
    var figures: [Figure] {
        let taken = (ContinuousClock.now - start) / .seconds(1)
        return zip(pids, before).map { process, before in
            let used = (ProcessFigures(pid: process.pid)?.processorSeconds ?? before) - before
            return Figure("processor time of the \(process.name)", used / taken * 100, "% of a core")
        }
    }
}
