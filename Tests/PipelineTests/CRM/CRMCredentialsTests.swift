import Domain
import Foundation
import Store
import Testing

@testable import CRM
@testable import Pipeline

@Suite(.timeLimit(.minutes(2))) struct CRMCredentialsTests {
    private static let open = "alarm WHERE kind = 'credential_ending' AND cleared_at IS NULL"

    private func day(in days: Int) throws -> CivilDate {
        let now = Timestamp(milliseconds: Int64(Date().timeIntervalSince1970 * 1000))
        let today = try #require(CivilDate(now))
        return try #require(CivilDate(days: today.days + days))
    }

    @Test func `people are told before they end, once, and no more when they are changed`() async throws {
        let (soon, later) = (try day(in: 20), try day(in: 400))
        try await CRMRig.with(customers: 0) { rig async throws in
            for _ in 1...2 {
                try await rig.working(credentialEnds: soon) {
                    try await rig.until { try await rig.count(Self.open) == 1 }
                }
            }
            #expect(try await rig.count("alarm WHERE kind = 'credential_ending'") == 1)

            try await rig.working(credentialEnds: later) { try await rig.until { try await rig.count(Self.open) == 0 } }
        }
    }

    @Test func `what the CRM says itself counts where it is sooner`() async throws {
        var script = ScriptedConnector.Script()
        script.credentialEnd = try day(in: 3)
        let later = try day(in: 20)
        try await CRMRig.with(script, customers: 0) { rig async throws in
            try await rig.working(credentialEnds: later) {
                try await rig.until { try await rig.count(Self.open + " AND text LIKE '%within 7 days%'") == 1 }
            }
        }
    }

    @Test func `a connection that was taken away has no alarm`() async throws {
        let soon = try day(in: 20)
        try await CRMRig.with(customers: 0) { rig async throws in
            try await rig.working(credentialEnds: soon) { try await rig.until { try await rig.count(Self.open) == 1 } }

            _ = try await rig.world.store.provision(PipelineWorld.provision)

            #expect(try await rig.count(Self.open) == 0)
        }
    }
}
