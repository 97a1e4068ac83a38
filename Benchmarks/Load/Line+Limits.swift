import Domain
import Foundation
import Proving

extension Line {
    static let limitedKnown = limited(number: 13, "contacts linked") { installation in
        let customers = CustomerMessages(run: "limit")
        try await installation.linkContacts(customers)
        try await installation.settle()
        if installation.crm == .odoo { try await installation.slowDown() }
        return customers
    }

    /// Each customer writes for the first time, and nobody of them is in the CRM.
    static let limitedNew = limited(number: 14, "every contact new") { installation in
        var customers = CustomerMessages(run: "limit")
        customers.customers = installation.settings.steadyCount
        if installation.crm == .odoo { try await installation.slowDown() }
        // Until the connection is prepared: that, too, takes calls.
        try await installation.settle()
        return customers
    }

    /// 5,000 messages a minute are offered; what is not in the CRM a while after the load still waits, and is counted.
    private static func limited(
        number: Int, _ whose: String,
        prepare: @escaping @Sendable (BenchInstallation) async throws -> CustomerMessages
    ) -> Line {
        Line(
            number: number, title: "vendor's own limits on, 5,000 messages a minute offered, \(whose)", market: "–",
            target: "what the vendor lets through", crms: ConnectorKind.readable, table: .limits
        ) { settings in
            try await BenchInstallation.run(settings) { installation in
                let customers = try await prepare(installation)
                let (before, refused) = (
                    try await installation.sandbox.activities(), try await installation.sandbox.refusals()
                )
                try await installation.sandbox.enforceLimits()
                let count = settings.steadyCount
                let result = await installation.send(
                    customers.requests(0..<count, at: Int64(Date.now.timeIntervalSince1970)), .steady)
                try await installation.sandbox.watch(
                    forActivities: before + count, atMost: .seconds(settings.isQuick ? 20 : 60))
                let end = Clocks.wall
                let census = try await Census(of: "limit", count: count, at: installation.sandbox)
                let refusals = try await installation.sandbox.refusals() - refused
                return [Figure("reached the CRM", census.perMinute(since: result.dueAt, until: end), "/min")]
                    + census.delays(since: result.dueAt).figures(p99: nil)
                    + [
                        Figure("arrived", Double(census.arrivals.count), "messages"),
                        Figure("still waiting", Double(count - census.arrivals.count), "messages"),
                        Figure("written twice", Double(census.twice), ""),
                        Figure("calls refused (429)", Double(refusals), ""),
                    ]
            }
        }
    }
}

extension BenchInstallation {
    /// Odoo says nothing of its limit: who is with Odoo Online writes it into the configuration.
    fileprivate func slowDown() async throws {
        var connection = BenchConnection(.odoo)
        connection.callsPerSecond = SandboxReader.odooCallsPerSecond
        try await reconnect(connection)
        // Preparing the connection takes some ten calls.
        try await Task.sleep(for: .seconds(15))
    }
}
