import Domain

/// The company's own fields, as a mapping names them, also those that were put away.
struct SyncVocabulary {
    let fields: [FieldID: FieldSummary]

    init(_ connection: any SQLConnection, in workspace: WorkspaceID) throws {
        fields = Dictionary(
            try connection.fields(archived: true, in: workspace).map { ($0.id, $0) }, uniquingKeysWith: { $1 })
    }

    /// Nil for a field that is not there any more.
    func shape(of local: LocalField) -> FieldShape? {
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
        case .custom(let id): fields[id]?.kind.shape
        }
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
