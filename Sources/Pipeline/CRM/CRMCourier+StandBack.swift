import CRM
import Domain
import Store

extension CRMCourier {
    /// Waits while the account is paused, or has no more than this share of its rate left.
    func standBack(reserving reserve: Double) async throws {
        while await context.pauses.pause(in: account.workspace, covering: pauseKeys) != nil {
            try await Task.sleep(for: .seconds(5))
        }
        if let wait = connector.headroom?.wait(reserving: reserve, now: .now) {
            try await Task.sleep(for: min(wait, .seconds(10)))
        }
    }
}
