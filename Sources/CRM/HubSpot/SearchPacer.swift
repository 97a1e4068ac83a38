import Domain
import Synchronization

/// Spaces searches out: four a second of HubSpot's five, so that a fifth stays free (R2).
final class SearchPacer: Sendable {
    private static let spacing: Duration = .milliseconds(250)
    private let next = Mutex<ContinuousClock.Instant?>(nil)

    func waitForTurn() async throws(CallFailure) {
        let turn = takeTurn(now: .now)
        do {
            try await ContinuousClock().sleep(until: turn)
        } catch {
            throw CallFailure(
                kind: .transient, code: "not-sent", scope: .connection, vendorText: "cancelled",
                advice: LocalizedText(
                    en: "The search did not leave for HubSpot. It is tried again by itself.",
                    es: "La búsqueda no llegó a salir hacia HubSpot. Se reintenta automáticamente."))
        }
    }

    /// When the caller may search. Turns are given in the order of asking.
    func takeTurn(now: ContinuousClock.Instant) -> ContinuousClock.Instant {
        next.withLock { next in
            let turn = max(now, next ?? now)
            next = turn + Self.spacing
            return turn
        }
    }
}
