package import ServiceLifecycle

/// Takes up again what was being put back when a program ended. On several nodes all of them do; the database lets one at a
/// time go on.
package struct PutBackKeeper: Service {
    private let desk: SyncDesk

    package init(desk: SyncDesk) {
        self.desk = desk
    }

    package func run() async throws {
        await cancelWhenGracefulShutdown {
            while !Task.isCancelled {
                await desk.carryOnPutBacks()
                await pause(for: .seconds(5))
            }
        }
    }
}
