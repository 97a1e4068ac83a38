import Domain
import Hummingbird
import Store

/// What people changed about one person, and single things put back.
struct ContactHistoryController: Sendable {
    func add(to routes: ConsoleRoutes) {
        routes.get("/contacts/{id}/history") { visit in try await page(visit) }
        routes.post("/contacts/{id}/history/{change}/{position}/restorations") { _, visit in
            try await putBack(visit)
        }
    }

    private func page(_ visit: Visit) async throws -> Response {
        let reading = ContactReading(visit: visit)
        let contact = try await reading.detail().person.id
        guard try visit.id() == contact else { return visit.redirect("/contacts/\(contact)/history") }
        try await reading.noteSeen(contact)
        let history = try await visit.store.history(of: contact, after: visit.before, in: visit.workspace)
        let page = ContactHistoryPage(
            history.items.map { ChangeRowFacts($0, in: visit.page) }, of: try await reading.heading(of: contact),
            older: history.next?.description, notice: ContactNotice(visit)?.shown, in: visit.page)
        return try await visit.answer(page, at: .contacts)
    }

    private func putBack(_ visit: Visit) async throws -> Response {
        let contact: ContactID = try visit.id()
        let change: ChangeID = try visit.id("change")
        guard let position = visit.visitor.context.parameters.get("position").flatMap({ Int($0) }) else {
            throw PuenteError.noSuchPage
        }
        let outcome = try await visit.store.putBack(
            position, of: change, for: contact, by: visit.staff.name, in: visit.workspace)
        return try await ContactAnswer(visit: visit).redirect(outcome, telling: .restored, page: "/history")
    }
}
