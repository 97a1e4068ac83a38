import Glibc
package import Pipeline

/// Sends prepared requests to a server on this machine and measures the answers. One thread and plain sockets, so that
/// it takes as little as possible of the processors that it shares with the server.
package struct LoadGenerator: Sendable {
    private let port: Int
    private let plan: LoadPlan
    private let thread = WorkThread("puente.load")

    package init(port: Int, plan: LoadPlan) {
        self.port = port
        self.plan = plan
    }

    package func run(_ requests: PreparedRequests) async -> LoadResult {
        let (port, plan) = (port, plan)
        return await thread.run {
            var run = LoadRun(port: port, plan: plan, requests: requests)
            return run.finish()
        }
    }
}
