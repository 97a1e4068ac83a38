import Domain
import Hummingbird
import Store

/// What went from one side to the other.
struct SyncChangesController: Sendable {
    func add(to routes: ConsoleRoutes) {
        routes.get("/connections/{id}/changes") { visit in try await page(visit) }
        routes.get("/fragments/connections/{id}/changes") { visit in
            let crm = try await ConnectionVisit(visit)
            let filter = Self.filter(visit)
            let found = try await changes(filter, crm)
            return try await visit.answer(
                SyncChangesList(
                    crm.head, found.facts, filter: filter, before: visit.before?.description, older: found.older,
                    in: visit.page))
        }
    }

    private func page(_ visit: Visit) async throws -> Response {
        let crm = try await ConnectionVisit(visit)
        let filter = Self.filter(visit)
        let found = try await changes(filter, crm)
        var person: PersonFacts?
        if let contact = filter.contact { person = try await crm.people([contact])[contact] }
        let page = SyncChangesPage(
            crm.head, found.facts, filter: filter, fields: try await fields(filter, crm), person: person,
            before: visit.before?.description, older: found.older, mayPutBackDays: visit.staff.role == .admin,
            done: visit.flash(of: .syncChanges).flatMap { SyncChangesPage.Command(rawValue: $0.command) },
            in: visit.page)
        return try await visit.answer(page, at: .connections)
    }

    private static func filter(_ visit: Visit) -> SyncChangesFilter {
        func day(_ name: String) -> String? {
            visit.query(name).flatMap { DayBounds($0, in: visit.page.zone) == nil ? nil : $0 }
        }
        return SyncChangesFilter(
            contact: visit.query("contact").flatMap { ContactID($0) },
            field: visit.query("field").flatMap { LocalField(rawValue: $0) },
            kind: visit.query("kind").flatMap { SyncChangeFacts.Kind(rawValue: $0) }, from: day("from"), to: day("to"),
            showsTimes: visit.query("times") == "yes")
    }

    private func changes(
        _ filter: SyncChangesFilter, _ crm: ConnectionVisit
    ) async throws -> (facts: [SyncChangeFacts], older: String?) {
        let zone = crm.visit.page.zone
        let query = SyncChangeQuery(
            connection: crm.crm.id, contact: filter.contact, local: filter.field,
            kinds: Set([filter.kind?.stored].compactMap(\.self)), isQuiet: !filter.showsTimes,
            from: filter.from.flatMap { DayBounds($0, in: zone)?.from },
            to: filter.to.flatMap { DayBounds($0, in: zone)?.until }, before: crm.visit.before)
        let page = try await crm.store.syncChanges(query, in: crm.workspace)
        let people = try await crm.people(page.items.map(\.contact))
        let names = try await crm.fieldNames()
        let told = try await crm.store.toldFields(of: crm.crm.id, in: crm.workspace)
        return (
            page.items.map { SyncChangeFacts($0, people[$0.contact], names, told: told) }, page.next?.description
        )
    }

    /// Those that are mapped, and the one that is asked for.
    private func fields(_ filter: SyncChangesFilter, _ crm: ConnectionVisit) async throws -> [LocalFieldFacts] {
        let rows = try await crm.store.mapping(of: crm.crm.id, in: crm.workspace)?.mapping.rows ?? []
        var fields: [LocalField] = []
        for field in rows.map(\.local) + [filter.field].compactMap(\.self) where !fields.contains(field) {
            fields.append(field)
        }
        let names = try await crm.fieldNames()
        return fields.map { LocalFieldFacts($0, names) }
    }
}

extension SyncChangeFacts {
    /// - Parameter told: what only goes to the CRM.
    init(_ change: SyncChange, _ person: PersonFacts?, _ names: [FieldID: String], told: Set<SyncFieldPair>) {
        let isOnlyTold = change.kind == .given && change.local.canBeTaken && told.contains(change.fields)
        self.init(
            id: change.id, at: change.at, contact: change.contact, person: person,
            local: LocalFieldFacts(change.local, names), remote: change.remote, kind: Kind(change.kind),
            before: change.before, after: change.after, cause: change.cause, actor: change.actor,
            putBackAt: change.putBackAt, putBackBy: change.putBackBy,
            canBePutBack: change.kind.hasReplaced && change.putBackAt == nil && change.local.canBeTaken && !isOnlyTold,
            isOnlyTold: isOnlyTold)
    }
}

extension SyncChangeFacts.Kind {
    init(_ kind: SyncChange.Kind) {
        switch kind {
        case .taken: self = .taken
        case .given: self = .given
        case .conflict: self = .conflict
        case .resolved: self = .resolved
        case .putBack: self = .putBack
        }
    }

    var stored: SyncChange.Kind {
        switch self {
        case .taken: .taken
        case .given: .given
        case .conflict: .conflict
        case .resolved: .resolved
        case .putBack: .putBack
        }
    }
}
