import Domain
import Hummingbird
import Pipeline
import Store

/// A mapping tried with one contact. For administrators; nothing is written.
struct MappingTrialController: Sendable {
    private static let mostFound = 10

    func add(to routes: ConsoleRoutes) {
        routes.get("/connections/{id}/mapping/trial") { visit in
            let reading = try await MappingReading(visit)
            let (query, contact) = (String((visit.query("q") ?? "").prefix(100)), visit.query("contact"))
            let outcome: MappingTrialPage.Outcome =
                if let contact { try await attempt(contact, reading, visit) } else if query.isEmpty { .nothing } else {
                    .people(try await find(query, reading, visit))
                }
            return try await visit.answer(
                MappingTrialPage(outcome, query: query, of: reading.facts, in: visit.page), at: .connections)
        }
    }

    private func find(
        _ query: String, _ reading: MappingReading, _ visit: Visit
    ) async throws -> [MappingTrialPage.Person] {
        await visit.noteListed(ContactsFilter { $0 == "q" ? query : nil })
        let found = try await visit.store.contacts(
            ContactQuery(
                search: query, number: SearchedNumber.digits(query, region: visit.parts.settings.region),
                limit: Self.mostFound), in: visit.workspace)
        let path = reading.path
        return found.page.items.map { MappingTrialPage.Person($0.person, path: path) }
    }

    private func attempt(
        _ contact: String, _ reading: MappingReading, _ visit: Visit
    ) async throws -> MappingTrialPage.Outcome {
        guard let id = ContactID(contact), let detail = try await visit.store.contact(id, in: visit.workspace) else {
            throw PuenteError.noSuchPage
        }
        do {
            let trial = try await visit.parts.mappings.attempt(
                FieldMapping(reading.rows), of: reading.account.id, with: id, in: visit.workspace)
            return .trial(trial, of: MappingTrialPage.Person(detail.person, path: reading.path))
        } catch let error as PuenteError where error.isForForm || error.code == .unavailable {
            return .problem(error.message)
        }
    }
}

extension MappingTrialPage.Person {
    /// - Parameter path: of the mapping.
    init(_ person: PersonSummary, path: String) {
        let number = person.phone.map { "+\($0)" }
        self.init(
            name: person.displayName ?? number ?? person.username ?? person.id.description, number: number,
            url: QueryText.url("\(path)/trial", [("contact", person.id.description)]))
    }
}
