import Domain
import Hummingbird
import Store

/// The parts of the frame that open pages fetch again: the rail and the alarms.
struct LayoutController: Sendable {
    func add(to routes: ConsoleRoutes) {
        routes.get("/fragments/navigation") { visit in
            let place = visit.query("place").flatMap { NavigationView.Place(rawValue: $0) }
            let summary = try await visit.store.navigation(in: visit.workspace)
            return try await visit.answer(
                NavigationView(
                    current: place, counts: NavigationCounts(summary, standing: visit.parts.standingAlarms()),
                    in: visit.page))
        }
        routes.get("/fragments/alarms") { visit in
            let summary = try await visit.store.navigation(in: visit.workspace)
            let alarms = AlarmFacts.all(of: summary, standing: visit.parts.standingAlarms())
            return try await visit.answer(AlarmStrip(alarms, in: visit.page))
        }
    }
}
