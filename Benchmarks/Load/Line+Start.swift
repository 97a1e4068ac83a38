import Domain
import Foundation
import Proving

extension Line {
    static let coldStart = Line(
        number: 9, title: "cold start to ready", market: "minutes", target: "< 1 s"
    ) { settings in
        try await BenchInstallation.run(settings) { installation in
            let empty = installation.startTook / .milliseconds(1)
            let again = try await installation.restart(killing: false) / .milliseconds(1)
            return [
                Figure("first start, empty folder", empty, "ms", .atMost(1000)),
                Figure("start with a database", again, "ms", .atMost(1000)),
            ]
        }
    }

    static let memory = Line(
        number: 8, title: "memory, idle / at 5,000 messages a minute", market: "Chatwoot asks 4 GB",
        target: "< 100 MB / < 250 MB"
    ) { settings in
        try await BenchInstallation.run(settings) { installation in
            try await Task.sleep(for: .seconds(settings.isQuick ? 2 : 10))
            let idle = ProcessFigures(pid: installation.server.pid)?.residentBytes ?? 0
            let customers = CustomerMessages(run: "mem")
            try await installation.linkContacts(customers)
            let count = settings.steadyCount
            _ = await installation.send(
                customers.requests(0..<count, at: Int64(Date.now.timeIntervalSince1970)),
                LoadPlan.steady)
            let peak = ProcessFigures(pid: installation.server.pid)?.peakResidentBytes ?? 0
            return [
                Figure("idle", Double(idle) / 1_048_576, "MB", .atMost(100)),
                Figure("peak at 5,000/min", Double(peak) / 1_048_576, "MB", .atMost(250)),
            ]
        }
    }

    /// Kills the server in mid-load; what was not answered is sent again, as Meta does.
    static let recovery = Line(
        number: 5, title: "recovery after kill -9 under 500 webhooks a second; records complete (line 7)",
        market: "best known 5 s; 99.98 % complete", target: "< 2 s; 100 %, none twice",
        crms: ConnectorKind.allCases
    ) { settings in
        try await BenchInstallation.run(settings) { installation in
            let customers = CustomerMessages(run: "kill")
            try await installation.linkContacts(customers)
            let count = 500 * (settings.isQuick ? 8 : 20)
            var plan = LoadPlan(.steady(perSecond: 500))
            plan.connections = 64
            plan.repeats = true
            let requests = customers.requests(0..<count, at: Int64(Date.now.timeIntervalSince1970))
            let load = Task { [plan, port = installation.port] in
                await LoadGenerator(port: port, plan: plan).run(requests)
            }
            try await Task.sleep(for: .seconds(Double.random(in: 2...4)))
            let took = try await installation.restart(killing: true) / .milliseconds(1)
            let result = await load.value
            // Odoo is asked for a note whose answer was lost after two minutes.
            try await installation.sandbox.wait(forActivities: customers.customers + count, atMost: .seconds(300))
            // What is written twice would come late, if at all.
            try await Task.sleep(for: .seconds(2))
            let census = try await Census(of: "kill", count: count, at: installation.sandbox)
            return [
                Figure("from the kill to ready", took, "ms", .atMost(2000)),
                Figure("longest time without an answer", result.longestSilence / .milliseconds(1), "ms"),
                Figure("complete", census.completeness, "%", .atLeast(100)),
                Figure("written twice", Double(census.twice), "", .atMost(0)),
            ]
        }
    }
}
