import Domain
import Logging
import Pipeline
import Store

extension SyncDesk {
    /// A CRM that takes any field and speaks of no limits.
    static func sample(
        _ store: Store, _ wakeBoard: WakeBoard = WakeBoard(), _ changes: ChangeFeed = ChangeFeed(),
        writable: WritableFields = .any
    ) -> SyncDesk {
        SyncDesk(
            store: store,
            crms: CRMKnowledge(
                writableFields: { _ in writable },
                rateLeft: { _ in RateLeft(remaining: 80, limit: 100, interval: .seconds(10)) },
                sweepEvery: { _ in .minutes(5) }, compareEvery: { _ in .days(7) }),
            context: .ofServer(publicURL: "https://puente.example.com", region: "MX"), wakeBoard: wakeBoard,
            changes: changes, logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() })
    }
}
