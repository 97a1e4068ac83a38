import CRM
import Domain
import Store

extension MappingCheck {
    /// What is kept of a connection; nil where nothing is mapped.
    static func kept(of crm: ConnectionID, _ store: Store, in workspace: WorkspaceID) async throws -> MappingCheck? {
        guard let kept = try await store.mapping(of: crm, in: workspace) else { return nil }
        return MappingCheck(kept.mapping, isKept: true, try await store.syncVocabulary(in: workspace))
    }

    /// What the first start will map.
    static func standard(for kind: ConnectorKind) -> MappingCheck {
        MappingCheck(.standard(for: kind), isKept: false, SyncVocabulary())
    }

    private init(_ mapping: FieldMapping, isKept: Bool, _ vocabulary: SyncVocabulary) {
        self.init(
            mapping, isKept: isKept, shape: { vocabulary.shape(of: $0) }, title: { vocabulary.title(of: $0) })
    }
}

/// What the connections of a configuration map, as the database has it.
struct KeptMappings {
    /// By name; nil of a connection that maps nothing.
    private let checks: [String: MappingCheck?]

    /// Where there is no database yet, or it cannot be read, nothing is known: other lines of the check say why.
    init(_ configuration: Configuration) async {
        do {
            checks = try await CommandStore.read(configuration) { open, workspace in
                var checks: [String: MappingCheck?] = [:]
                for account in try await open.store.connectionAccounts() where account.workspace == workspace {
                    let check = try await MappingCheck.kept(of: account.id, open.store, in: workspace)
                    checks.updateValue(check, forKey: account.slug)
                }
                return checks
            }
        } catch {
            checks = [:]  // then the standard is held against the account
        }
    }

    func check(of name: String, kind: ConnectorKind) -> MappingCheck? {
        guard let known = checks[name] else { return MappingCheck.standard(for: kind) }
        return known
    }
}
