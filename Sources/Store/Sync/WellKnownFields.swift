import Domain

/// What every CRM knows of people is kept in fields of the company's own, which are made when a CRM first says something.
struct WellKnownFields {
    let connection: any SQLConnection
    let workspace: WorkspaceID
    let store: Store
    let turn: SyncTurn
    let now: Timestamp

    /// Makes the fields that are missing and for which a record has a value.
    /// - Returns: the company's fields, with those.
    func vocabulary(
        for mapping: FieldMapping, _ records: some Collection<SyncRecord>
    ) throws -> SyncVocabulary {
        let vocabulary = try SyncVocabulary(connection, in: workspace)
        let missing = missing(in: vocabulary, mapping, records)
        guard !missing.isEmpty else { return vocabulary }
        try make(missing)
        return try SyncVocabulary(connection, in: workspace)
    }

    private func missing(
        in vocabulary: SyncVocabulary, _ mapping: FieldMapping, _ records: some Collection<SyncRecord>
    ) -> [WellKnownField] {
        var missing: [WellKnownField] = []
        for row in mapping.rows where row.isOn && row.direction.takesTheirs {
            guard case .wellKnown(let known) = row.local, vocabulary.field(of: known) == nil,
                !missing.contains(known), records.contains(where: { !($0.fields[row.remote] ?? "").isBlank })
            else { continue }
            missing.append(known)
        }
        return missing
    }

    private func make(_ missing: [WellKnownField]) throws {
        let language = try connection.value(
            "SELECT language FROM workspace WHERE id = :workspace_id", ["workspace_id": workspace], as: String.self)
        let voice = SyncVoice.ofCRM(turn)
        var journal = try ChangeJournal.begin(
            ChangeDraft(.edit, title: voice.title, actor: voice.actor), on: connection,
            id: store.ids.next(ChangeRow.self), in: workspace, at: now)
        try journal.lockFields()
        // Somebody may have made them since.
        let vocabulary = try SyncVocabulary(connection, in: workspace)
        for known in missing where vocabulary.field(of: known) == nil {
            let name = language.flatMap(Language.init(rawValue:)).map { known.title[$0] } ?? known.title.en
            let field = ImportField(key: known.rawValue, name: name, kind: known.kind)
            try journal.makeField(field, id: store.ids.next(), at: now)
        }
        guard !journal.isEmpty else { return try journal.discard() }
        try journal.save()
    }
}

extension WellKnownField {
    fileprivate var kind: FieldKind { shape == .date ? .date : .text }
}

extension SyncVocabulary {
    func field(of known: WellKnownField) -> FieldID? { fields.values.first { $0.key == known.rawValue }?.id }

    /// By the fields that stand for them.
    var wellKnown: [FieldID: WellKnownField] { fields.compactMapValues { WellKnownField(rawValue: $0.key) } }

    /// The row by the field that stands for a well-known one. Until somebody first has a value there is none, and the
    /// well-known one says nothing: what the CRM gets then is given all the same.
    func resolved(_ row: MappingRow) -> MappingRow {
        guard case .wellKnown(let known) = row.local, let field = field(of: known) else { return row }
        var resolved = row
        resolved.local = .custom(field)
        return resolved
    }
}
