import Domain
import Foundation
import Proving
import Sandbox

extension Line {
    /// Between two looks at a CRM that does not push, here as often as the setting allows: the delay is of this size,
    /// whatever we do.
    private static let sweepEvery = 10

    static let fromCRM = Line(
        number: 11,
        title: "delay CRM → Puente at 5,000 changes of contacts a minute (Salesforce does not push: asked every "
            + "\(sweepEvery) s)",
        market: "2 s", target: "p99 < 2 s; without push < the interval and 2 s", crms: ConnectorKind.allCases
    ) { settings in
        var connection = BenchConnection(settings.crm)
        connection.isPushed = settings.crm.pushes
        if !settings.crm.pushes { connection.sweepEvery = sweepEvery }
        let interval = settings.crm.pushes ? 0 : sweepEvery
        return try await BenchInstallation.run(settings, connection) { installation in
            try await installation.linkContacts(CustomerMessages(run: "back"))
            try await installation.sandbox.callBack(installation.url)
            try await installation.settle()
            let edits = ContactEdits(in: settings.crm, of: try await installation.books.records(), run: "edit")
            let count = settings.steadyCount
            let requests = edits.requests(0..<count, at: Int64(Date.now.timeIntervalSince1970))
            let usage = Usage(installation)
            let result = await installation.edit(requests, .steady)
            let used = usage.figures
            let census = try await installation.taken(of: "edit", count: count, atMost: .seconds(interval + 30))
            return [
                Figure("interval between two looks", Double(interval), "s"),
                Figure("edits not made", Double(count - result.taken), "", .atMost(0)),
            ] + census.delays(since: result.dueAt).figures(p99: Double(interval + 2) * 1000)
                + [Figure("complete", census.completeness, "%", .atLeast(100))] + used
        }
    }

    /// A workflow there asks for a message; WhatsApp takes it. Line 4 is the same of a company's own system; the other CRMs
    /// have no such call.
    static let fromWorkflow = Line(
        number: 12, title: "delay HubSpot's workflow → WhatsApp at 5,000 messages a minute, two numbers", market: "2 s",
        target: "p99 < 0.3 s", crms: [.hubspot]
    ) { settings in
        var connection = BenchConnection(.hubspot)
        connection.isPushed = true
        return try await BenchInstallation.run(settings, connection) { installation in
            var customers = CustomerMessages(run: "flow")
            customers.phoneNumberIDs = SandboxChild.numbers.map(\.id)
            try await installation.linkContacts(customers)
            try await installation.settle()
            let people = try await installation.books.writers()
            let count = settings.steadyCount
            let requests = HubSpotActions(to: people, run: "flow", server: installation.url).requests(0..<count)
            let usage = Usage(installation)
            let result = await installation.send(requests, .steady)
            let used = usage.figures
            return try await installation.acceptance(of: "flow", count: count, since: result) + used
        }
    }
}

extension BenchInstallation {
    /// Which edits were taken over from the CRM, and when by the sync log; looked at now and then until all were, or the time is
    /// over.
    fileprivate func taken(of run: String, count: Int, atMost: Duration) async throws -> Census {
        let limit = ContinuousClock.now + atMost
        while true {
            let census = Census(of: run, count: count, among: try await books.taken(of: run))
            if census.arrivals.count == count || ContinuousClock.now > limit { return census }
            try await Task.sleep(for: .seconds(1))
        }
    }
}
