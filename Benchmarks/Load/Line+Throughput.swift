import Domain
import Foundation
import Proving

extension Line {
    /// A burst: interpreter and couriers run meanwhile and may fall behind, the answers may not.
    static let webhooks = Line(
        number: 1, title: "webhooks answered durably, burst with interpreter and couriers running",
        market: "2,308/s (pywa + FastAPI + SQLite FULL)", target: "12,000/s, p99 < 50 ms",
        crms: ConnectorKind.allCases
    ) { settings in
        try await BenchInstallation.run(settings) { installation in
            let customers = CustomerMessages(run: "burst")
            try await installation.linkContacts(customers)
            let count = settings.webhookRate * settings.seconds
            let requests = customers.requests(0..<count, at: Int64(Date.now.timeIntervalSince1970))
            var plan = LoadPlan(.steady(perSecond: Double(settings.webhookRate)))
            plan.connections = 512
            plan.atMost = .seconds(settings.seconds + 30)
            let usage = Usage(installation)
            let result = await installation.send(requests, plan)
            let used = usage.figures
            let behind = customers.customers + count - (try await installation.sandbox.activities())
            return [
                Figure("answered 200", result.perSecond, "/s", .atLeast(Double(settings.webhookRate) * 0.99)),
                Figure("not answered 200", Double(count - result.taken), "", .atMost(0)),
            ] + result.delays.figures(p99: 50)
                + [Figure("not yet in the CRM at the end", Double(behind), "messages")] + used
        }
    }

    static let wholeWay = Line(
        number: 2, title: "whole way: in, stored, decided, in the CRM; contacts linked, no vendor limits",
        market: "best known 5,000/min", target: "200,000/min; webhook p99 < 50 ms", crms: ConnectorKind.allCases
    ) { settings in
        try await BenchInstallation.run(settings) { installation in
            let customers = CustomerMessages(run: "whole")
            try await installation.linkContacts(customers)
            let perSecond = Double(settings.messageRate) / 60
            let count = Int(perSecond * Double(settings.seconds))
            let requests = customers.requests(0..<count, at: Int64(Date.now.timeIntervalSince1970))
            let usage = Usage(installation)
            let start = ContinuousClock.now
            var plan = LoadPlan(.steady(perSecond: perSecond))
            plan.atMost = .seconds(settings.seconds + 60)
            let result = await installation.send(requests, plan)
            let behind = customers.customers + count - (try await installation.sandbox.activities())
            let end = try await installation.sandbox.wait(
                forActivities: customers.customers + count, atMost: .seconds(settings.seconds * 10))
            let used = usage.figures
            let minutes = (end - start) / .seconds(60)
            // The last message is due at the end of the load: what it needs to arrive is its delay, not lost speed.
            return [
                Figure("in the CRM", Double(count) / minutes, "/min", .atLeast(Double(settings.messageRate) * 0.98)),
                Figure("not yet in the CRM when the load ended", Double(behind), "messages"),
                Figure("not answered 200", Double(count - result.taken), "", .atMost(0)),
            ] + result.delays.figures(p99: 50, of: "webhook's answer") + used
        }
    }
}
