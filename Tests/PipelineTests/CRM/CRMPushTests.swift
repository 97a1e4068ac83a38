import Domain
import Testing

@testable import CRM
@testable import Pipeline
@testable import Store

/// The channel through which a CRM tells of changes.
@Suite(.timeLimit(.minutes(2))) struct CRMPushTests {
    private static let url = "https://puente.example"

    private static func script(
        _ push: @escaping @Sendable (Timestamp) -> Result<Timestamp?, CallFailure>
    ) -> ScriptedConnector.Script {
        var script = ScriptedConnector.Script()
        script.capabilities = .withPush
        script.push = push
        return script
    }

    private func pushes(_ rig: CRMRig) -> [String] { rig.connector.history.filter { $0.contains("push") } }

    private func isOpen(_ rig: CRMRig) async throws -> Bool {
        try await rig.count("connection WHERE push_renewal_at IS NOT NULL") == 1
    }

    @Test func `it is opened with our address, and renewed when it is time`() async throws {
        try await CRMRig.with(Self.script { .success($0 + .milliseconds(200)) }, customers: 0) { rig async throws in
            try await rig.working(publicURL: Self.url) {
                try await rig.until { pushes(rig).count >= 2 }
                #expect(try await isOpen(rig))
            }
            #expect(Set(pushes(rig)) == ["push \(Self.url)/webhooks/crm/crm"])
        }
    }

    @Test func `without a public address there is none, and one that was open is ended`() async throws {
        try await CRMRig.with(Self.script { .success($0 + .hours(1)) }, customers: 0) { rig async throws in
            try await rig.working(publicURL: Self.url) { try await rig.until { try await isOpen(rig) } }

            try await rig.working { try await rig.until { try await !isOpen(rig) } }

            #expect(pushes(rig).last == "end push")
        }
    }

    @Test func `people are told when it cannot be opened, until it can`() async throws {
        try await CRMRig.with(Self.script { _ in .failure(.refusal) }, customers: 0) { rig async throws in
            try await rig.working(publicURL: Self.url) {
                try await rig.until {
                    try await rig.count("alarm WHERE kind = 'crm_push_closed' AND cleared_at IS NULL") == 1
                }
            }
            #expect(try await !isOpen(rig))

            rig.connector.change { $0.push = { .success($0 + .hours(1)) } }
            try await rig.working(publicURL: Self.url) {
                try await rig.until { try await rig.count("alarm WHERE cleared_at IS NULL") == 0 }
            }
            #expect(try await isOpen(rig))
        }
    }

    @Test func `that of a connection that was taken away is ended, however often that takes`() async throws {
        try await CRMRig.with(Self.script { .success($0 + .hours(1)) }, customers: 0) { rig async throws in
            try await rig.working(publicURL: Self.url) { try await rig.until { try await isOpen(rig) } }
            _ = try await rig.world.store.provision(PipelineWorld.provision)
            let orphans = OrphanedPushes(store: rig.world.store, logger: quiet) { [connector = rig.connector] _ in
                connector
            }

            rig.connector.change { $0.endPush = .crm503 }
            await orphans.end()
            #expect(try await isOpen(rig))

            rig.connector.change { $0.endPush = nil }
            await orphans.end()
            await orphans.end()
            #expect(try await !isOpen(rig))
            #expect(rig.connector.history.filter { $0 == "end push" }.count == 2)
        }
    }
}
