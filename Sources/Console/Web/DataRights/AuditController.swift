import Domain
import HTTPTypes
import Hummingbird
import NIOCore
import Pipeline
import Store

/// The audit trail: looked through, and taken along as a file. For administrators.
struct AuditController: Sendable {
    func add(to routes: ConsoleRoutes) {
        routes.get("/audit") { visit in try await answer(visit) }
        routes.get("/audit.csv") { visit in try await file(visit) }
    }

    private func filter(_ visit: Visit) -> AuditFilter {
        AuditFilter(
            contact: visit.query("contact").flatMap { ContactID($0) },
            actor: visit.query("actor").map { String($0.prefix(200)) },
            kind: visit.query("kind").flatMap { AuditFilter.Kind(rawValue: $0) },
            day: visit.query("day").flatMap { DayBounds($0, in: visit.page.zone) == nil ? nil : $0 })
    }

    private func answer(_ visit: Visit) async throws -> Response {
        try visit.requireAdmin()
        let (store, workspace, filter) = (visit.store, visit.workspace, filter(visit))
        let page = try await store.audit(filter.query(before: visit.before, in: visit.page), in: workspace)
        let staff = try await store.staff(in: workspace).map(\.name)
        let keys = try await store.apiKeys(in: workspace).map(\.name)
        var person: PersonFacts?
        if let contact = filter.contact {
            person = try await store.contact(contact, in: workspace).map { PersonFacts($0.person) }
        }
        return try await visit.answer(
            AuditPage(
                page.items.map(AuditFacts.init), filter: filter, person: person,
                actors: Set(staff + keys).sorted(), older: page.next?.description, in: visit.page), at: nil)
    }

    private func file(_ visit: Visit) async throws -> Response {
        try visit.requireAdmin()
        let filter = filter(visit)
        try await visit.store.note(
            .auditExported, of: visit.staff.id.rawValue, by: visit.staff.name, in: visit.workspace)
        let columns = ["time", "actor", "event", "what", "contact"].map {
            visit.page.words("dataRights.audit.column.\($0)")
        }
        let lines = AuditLines(
            filter.query(before: nil, in: visit.page), headings: columns, in: visit.workspace, of: visit.store)
        let page = visit.page
        var headers = HTTPFields()
        headers[.contentType] = "text/csv; charset=utf-8"
        headers[.contentDisposition] = "attachment; filename=\"audit.csv\""
        return Response(
            status: .ok, headers: headers,
            body: ResponseBody { writer in
                var lines = lines
                while let bytes = try await lines.next({ Self.cells($0, in: page) }) {
                    try await writer.write(ByteBuffer(bytes: bytes))
                }
                try await writer.finish(nil)
            })
    }

    /// The event as it is kept, for programs; what it means, for people.
    private static func cells(_ entry: AuditEntry, in page: PageContext) -> [String] {
        let facts = AuditFacts(entry)
        return [
            RecordedTime(entry.at).text, entry.actor, entry.event, AuditRow.words(of: facts, in: page),
            facts.person?.displayName(in: page) ?? "",
        ]
    }
}
