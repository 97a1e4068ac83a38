import Domain
import Hummingbird
import Pipeline
import Store

/// A visit to a page about one connection.
struct ConnectionVisit: Sendable {
    let visit: Visit
    let crm: ConnectionSummary
    let head: ConnectionHeadFacts

    /// - Throws: `notFound`, also for one of another workspace.
    init(_ visit: Visit) async throws {
        guard let name = visit.visitor.context.parameters.get("id"),
            let crm = try await visit.parts.sync.connection(String(name), in: visit.workspace)
        else { throw PuenteError.noSuchPage }
        self.visit = visit
        self.crm = crm
        head = ConnectionHeadFacts(
            id: crm.id, slug: crm.name, name: CRMName.shown(crm.name, kind: crm.kind),
            conflicts: try await visit.store.countSyncConflicts(of: crm.id, in: visit.workspace).value,
            isDisabled: crm.state == .disabled)
    }

    var desk: SyncDesk { visit.parts.sync }
    var store: Store { visit.store }
    var workspace: WorkspaceID { visit.workspace }

    /// Names of the company's own fields.
    func fieldNames() async throws -> [FieldID: String] {
        Dictionary(
            try await store.fields(archived: true, in: workspace).map { ($0.id, $0.title[visit.page.language]) },
            uniquingKeysWith: { $1 })
    }

    func people(_ contacts: some Sequence<ContactID>) async throws -> [ContactID: PersonFacts] {
        try await store.persons(Set(contacts), in: workspace).mapValues(PersonFacts.init)
    }
}

extension LocalFieldFacts {
    init(_ field: LocalField, _ names: [FieldID: String]) {
        var name: String?
        if case .custom(let id) = field { name = names[id] }
        self.init(field, name: name)
    }
}
