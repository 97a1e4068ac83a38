import CRM
import Domain
import Store

extension CRMCourier {
    /// Waits while the account is paused, or has no more than this share of its rate left, or only the reserve of its day.
    func standBack(reserving reserve: Double) async throws {
        while await context.pauses.pause(in: account.workspace, covering: pauseKeys) != nil {
            try await Task.sleep(for: .seconds(5))
        }
        if let wait = connector.headroom?.backgroundWait(reserving: reserve, now: .now) {
            try await Task.sleep(for: wait)
        }
    }

    /// For what hurries nobody and goes through the lane, which sees to the rate: waits while only the reserve of the day is
    /// left.
    func spareTheDay() async throws {
        guard hasOnlyReserveLeft else { return }
        try await standBack(reserving: 0)
    }

    /// Of the calls of the day, as far as the CRM says.
    var hasOnlyReserveLeft: Bool { connector.headroom?.isDailyReserveReached() == true }
}
