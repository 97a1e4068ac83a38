package import Domain

/// The company's own fields, as a mapping names them, also those that were put away.
package struct SyncVocabulary: Sendable {
    let fields: [FieldID: FieldSummary]

    /// Of a company without fields of its own.
    package init() {
        fields = [:]
    }

    init(_ connection: any SQLConnection, in workspace: WorkspaceID) throws {
        fields = Dictionary(
            try connection.fields(archived: true, in: workspace).map { ($0.id, $0) }, uniquingKeysWith: { $1 })
    }

    /// Nil for a field that is not there any more.
    package func shape(of local: LocalField) -> FieldShape? {
        switch local {
        case .name, .firstName, .lastName, .profileName, .userID, .username, .note, .marketingConsentSource: .text
        case .phone, .whatsAppID: .phone
        case .email: .email
        case .language: .language
        case .labels: .set
        case .marketingConsent: .consent
        case .marketingConsentAt, .lastInboundAt, .lastOutboundAt, .windowEndsAt, .createdAt: .moment
        case .page: .url
        case .wellKnown(let known): known.shape
        // What stands for a well-known field is made as a text.
        case .custom(let id): fields[id].map { $0.key == WellKnownField.owner.rawValue ? .user : $0.kind.shape }
        }
    }
}

extension SyncVocabulary {
    /// What people call a field; its id where there is no such field any more.
    package func title(of local: LocalField) -> LocalizedText {
        if case .custom(let id) = local { return fields[id]?.title ?? .same("\(id)") }
        return local.title ?? .same(local.rawValue)
    }

    /// What a mapping may name: what every company has, then its own fields by their names. A field that stands for a
    /// well-known one is named by that.
    package var offered: [LocalField] {
        let known = Set(WellKnownField.allCases.map(\.rawValue))
        let own = fields.values.filter { $0.archivedAt == nil && !known.contains($0.key) }
            .sorted { ($0.name.lowercased(), $0.id) < ($1.name.lowercased(), $1.id) }
        return LocalField.common + WellKnownField.allCases.map(LocalField.wellKnown) + own.map { .custom($0.id) }
    }
}

extension Store {
    package func syncVocabulary(in workspace: WorkspaceID) async throws -> SyncVocabulary {
        try await database.read(on: .console) { try SyncVocabulary($0, in: workspace) }
    }
}

extension FieldKind {
    fileprivate var shape: FieldShape {
        switch self {
        case .text: .text
        case .number: .number
        case .date: .date
        case .choice: .choice
        case .yesNo: .yesNo
        }
    }
}
