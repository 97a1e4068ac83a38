import Domain
import Foundation
import Proving
import Sandbox

extension Line {
    static let intoCRM = Line(
        number: 3, title: "delay WhatsApp → CRM at 5,000 messages a minute", market: "best known 0.8 s",
        target: "p99 < 0.3 s", crms: ConnectorKind.allCases
    ) { settings in
        try await BenchInstallation.run(settings) { installation in
            let customers = CustomerMessages(run: "in")
            try await installation.linkContacts(customers)
            let count = settings.steadyCount
            let usage = Usage(installation)
            let result = await installation.send(
                customers.requests(0..<count, at: Int64(Date.now.timeIntervalSince1970)),
                LoadPlan.steady)
            let used = usage.figures
            try await installation.sandbox.wait(forActivities: customers.customers + count, atMost: .seconds(60))
            let census = try await Census(of: "in", count: count, at: installation.sandbox)
            return census.delays(since: result.dueAt).figures(p99: 300)
                + [Figure("complete", census.completeness, "%", .atLeast(100))]
                + result.delays.figures(p99: 50, of: "webhook's answer") + used
        }
    }

    /// The company's own system asks for a message; WhatsApp takes it.
    static let toWhatsApp = Line(
        number: 4, title: "delay CRM → WhatsApp at 5,000 messages a minute, two numbers", market: "2 s",
        target: "p99 < 0.3 s"
    ) { settings in
        try await BenchInstallation.run(settings, BenchConnection(.own)) { installation in
            var customers = CustomerMessages(run: "out")
            customers.phoneNumberIDs = SandboxChild.numbers.map(\.id)
            try await installation.linkContacts(customers)
            let count = settings.steadyCount
            let usage = Usage(installation)
            let result = await installation.send(
                SystemCommands(to: customers).requests(0..<count, at: Int64(Date.now.timeIntervalSince1970)),
                LoadPlan.steady)
            let used = usage.figures
            return try await installation.acceptance(of: "out", count: count, since: result) + used
        }
    }
}

extension BenchInstallation {
    /// Until WhatsApp had taken each message that was asked for, and that none was taken twice.
    func acceptance(of run: String, count: Int, since load: LoadResult) async throws -> [Figure] {
        try await sandbox.wait(forSent: count, atMost: .seconds(60))
        let census = Census(of: run, count: count, among: try await sandbox.sent())
        return census.delays(since: load.dueAt).figures(p99: 300)
            + [
                Figure("complete", census.completeness, "%", .atLeast(100)),
                Figure("sent twice", Double(census.twice), "", .atMost(0)),
            ]
    }
}

extension LoadPlan {
    /// 5,000 a minute.
    static let steady = LoadPlan(.steady(perSecond: 5000.0 / 60))
}
