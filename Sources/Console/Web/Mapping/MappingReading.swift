import Domain
import Hummingbird
import Pipeline
import Store

/// A connection's mapping at one moment, with what it is held against. For administrators.
struct MappingReading {
    /// Of a connection that maps nothing yet.
    private static let noVersion = "none"

    let account: ConnectionAccount
    let kept: KeptMapping?
    let fields: AccountFields
    let vocabulary: SyncVocabulary
    private let makeable: @Sendable (String) -> Bool

    /// - Throws: `forbidden`, and `notFound` for a connection that is not there.
    init(_ visit: Visit) async throws {
        try visit.requireAdmin()
        account = try await Self.account(visit)
        kept = try await visit.store.mapping(of: account.id, in: visit.workspace)
        vocabulary = try await visit.store.syncVocabulary(in: visit.workspace)
        let (desk, crm) = (visit.parts.mappings, account.id)
        fields = await desk.fields(of: crm)
        makeable = { desk.makes($0, in: crm) }
    }

    /// Named as in the configuration, or by its id.
    private static func account(_ visit: Visit) async throws -> ConnectionAccount {
        let name = visit.visitor.context.parameters.get("id").map { String($0) }
        let accounts = try await visit.store.connectionAccounts().filter { $0.workspace == visit.workspace }
        guard let account = accounts.first(where: { $0.slug == name || $0.id.description == name }) else {
            throw PuenteError.noSuchPage
        }
        return account
    }

    var version: String { kept?.version.description ?? Self.noVersion }
    var rows: [MappingRow] { kept?.mapping.rows ?? [] }
    var path: String { facts.path }

    func problems(of mapping: FieldMapping) -> [[MappingProblem]] {
        mapping.problems(remote: fields.described, shape: vocabulary.shape(of:))
    }

    func warnings(of mapping: FieldMapping) -> [[MappingWarning]] {
        mapping.warnings(remote: fields.described, shape: vocabulary.shape(of:))
    }

    var facts: MappingFacts {
        let mapping = FieldMapping(rows)
        let problems = problems(of: mapping)
        let missing = zip(mapping.rows, problems).filter { $1.contains(.noSuchField) }.map(\.0.remote)
        let offered = vocabulary.offered
        let named = Set(offered + rows.map(\.local))
        return MappingFacts(
            connection: account.slug, name: CRMName.shown(account.slug, kind: account.kind), version: version,
            mapping: mapping, problems: problems, warnings: warnings(of: mapping), offered: offered,
            titles: Dictionary(uniqueKeysWithValues: named.map { ($0, vocabulary.title(of: $0)) }), fields: fields,
            makeable: (missing + switchedOff(mapping)).filter(makeable).uniqued,
            kept: kept.map { MappingFacts.Kept(by: $0.updatedBy, at: $0.updatedAt) })
    }

    /// Rows of which nothing is asked while they are off: often because their field is missing.
    private func switchedOff(_ mapping: FieldMapping) -> [String] {
        guard let described = fields.described else { return [] }
        let names = Set(described.map(\.name))
        return mapping.rows.filter { !$0.isOn && !names.contains($0.remote) }.map(\.remote)
    }

    // MARK: Changing

    /// Keeps the rows as somebody decided upon one version.
    /// - Throws: as ``Store/Store/saveMapping(_:of:expecting:by:in:)``.
    func save(_ rows: [MappingRow], decidedUpon form: Form, _ visit: Visit) async throws {
        guard form["version"] == version else { throw PuenteError.changedMeanwhile }
        try await visit.store.saveMapping(
            FieldMapping(rows), of: account.id, expecting: kept?.version, by: visit.staff.name, in: visit.workspace)
        visit.parts.changes.publish(.connections, in: visit.workspace)
    }

    /// The row that the address names.
    /// - Throws: `notFound`.
    func index(_ visit: Visit) throws -> Int {
        let number = visit.visitor.context.parameters.get("row").flatMap { Int($0) } ?? 0
        guard rows.indices.contains(number - 1) else { throw PuenteError.noSuchPage }
        return number - 1
    }
}

extension Sequence<String> {
    /// Each once, in their order.
    fileprivate var uniqued: [String] {
        var seen: Set<String> = []
        return filter { seen.insert($0).inserted }
    }
}
