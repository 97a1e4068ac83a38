package import CRM
package import Domain
package import Store

extension MappingCheck {
    /// What is kept of a connection; nil where nothing is mapped.
    package static func kept(
        of crm: ConnectionID, _ store: Store, in workspace: WorkspaceID
    ) async throws -> MappingCheck? {
        guard let kept = try await store.mapping(of: crm, in: workspace) else { return nil }
        return MappingCheck(kept.mapping, isKept: true, try await store.syncVocabulary(in: workspace))
    }

    /// What the first start will map.
    package static func standard(for kind: ConnectorKind) -> MappingCheck {
        MappingCheck(.standard(for: kind), isKept: false, SyncVocabulary())
    }

    private init(_ mapping: FieldMapping, isKept: Bool, _ vocabulary: SyncVocabulary) {
        self.init(
            mapping, isKept: isKept, shape: { vocabulary.shape(of: $0) }, title: { vocabulary.title(of: $0) })
    }
}
