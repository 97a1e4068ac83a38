import Store
import Testing

@testable import Pipeline

@Suite struct AccountWatchTests {
    /// What another node's start with a new token brings.
    private func change(_ token: String, _ world: PipelineWorld) async throws {
        var provision = PipelineWorld.provision
        provision.numbers["main"] = .init(
            app: "main", phoneNumberID: PipelineWorld.phoneNumberID, wabaID: PipelineWorld.wabaID, portfolioID: "7",
            displayNumber: "+1 555 078 3881", accessToken: token)
        _ = try await world.store.provision(provision)
    }

    @Test func `a change before the first look is read, and each change once`() async throws {
        try await PipelineWorld.with { world in
            let (inUse, store) = (AccountsInUse(), world.store)
            let reads = Tally()
            let refresh: @Sendable () async throws -> Void = {
                try await inUse.refresh(from: store) { reads.add() }
            }
            let watch = AccountWatch(store: store, inUse: inUse, logger: quiet, onChange: refresh)
            try await refresh()

            try await change("second", world)
            await watch.look()
            #expect(reads.count == 2)
            await watch.look()
            #expect(reads.count == 2)

            try await change("third", world)
            await watch.look()
            #expect(reads.count == 3)
        }
    }

    @Test func `what changes while the accounts are read is read once more`() async throws {
        try await PipelineWorld.with { world in
            let (inUse, store) = (AccountsInUse(), world.store)
            let reads = Tally()
            let watch = AccountWatch(store: store, inUse: inUse, logger: quiet) {
                try await inUse.refresh(from: store) { reads.add() }
            }

            try await inUse.refresh(from: store) { try await change("second", world) }
            await watch.look()

            #expect(reads.count == 1)
        }
    }

    @Test func `accounts that could not be read are asked for again`() async throws {
        struct Away: Error {}
        try await PipelineWorld.with { world in
            let (inUse, store) = (AccountsInUse(), world.store)
            let tries = Tally()
            let watch = AccountWatch(store: store, inUse: inUse, logger: quiet) {
                try await inUse.refresh(from: store) {
                    tries.add()
                    throw Away()
                }
            }
            for _ in 1...2 { await watch.look() }
            #expect(tries.count == 2)
        }
    }
}
