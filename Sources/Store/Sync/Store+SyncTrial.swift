package import Domain

extension Store {
    /// What ``merge(_:_:context:gives:grip:)`` would do of one record by a mapping that need not be kept. Writes nothing.
    /// - Returns: nil where there is no such contact.
    package func tryMerge(
        _ record: SyncRecord, by mapping: FieldMapping, _ turn: SyncTurn, context: SyncContext
    ) async throws -> SyncTrial? {
        let store = self
        return try await database.read(on: .console) { connection in
            try SyncTrying(store: store, connection: connection, turn: turn, mapping: mapping, context: context)
                .run(record)
        }
    }
}

/// ``SyncMerge`` without its writing: the same page, asked the same.
private struct SyncTrying {
    let store: Store
    let connection: any SQLConnection
    let turn: SyncTurn
    let mapping: FieldMapping
    let context: SyncContext

    private var workspace: WorkspaceID { turn.workspace }

    func run(_ record: SyncRecord) throws -> SyncTrial? {
        let contact = record.contact
        let isThere = try connection.row(
            "SELECT id FROM contact WHERE workspace_id = :workspace_id AND id = :contact_id",
            ["workspace_id": workspace, "contact_id": contact])
        guard isThere != nil else { return nil }
        let vocabulary = try SyncVocabulary(connection, in: workspace)
        let rows = mapping.rows.map(vocabulary.resolved)
        let comparisons = vocabulary.comparisons(of: rows.filter(\.isOn), context, store.days)
        let snapshot = try SyncSnapshotReader(
            connection: connection, workspace: workspace,
            fields: Set(rows.map(\.local) + comparisons.flatMap(\.row.reads)),
            publicURL: context.publicURL
        ).read([contact])
        let knowledge = try SyncKnowledge.read(of: [contact], turn.connection, connection, in: workspace)
        var page = SyncPage(record, snapshot: snapshot, knowledge: knowledge, known: vocabulary.wellKnown)
        page.hear(comparisons)
        page.leave(
            try OtherCRMs(connection: connection, turn: turn, vocabulary: vocabulary, context: context).told([page]))
        let repeats = try SyncRepeats.read(of: [contact], turn, connection, at: store.now())
        page.restTakes(repeats)
        page.settleTakes(try refusals(of: page, vocabulary))
        page.give(comparisons)
        page.restGives(repeats, comparisons)
        let values = snapshot.values[contact] ?? [:]
        return SyncTrial(
            rows: zip(mapping.rows, rows).map { asked, row in
                page.trial(
                    of: asked, row, ours: values[row.local] ?? "", isThere: vocabulary.shape(of: row.local) != nil)
            })
    }

    private func refusals(of page: SyncPage, _ vocabulary: SyncVocabulary) throws -> [SyncTake.Key: SyncRefusal] {
        let takes = page.takes.filter { !$0.local.isWellKnown }
        guard !takes.isEmpty else { return [:] }
        var taking = SyncTaking(
            store: store, connection: connection, workspace: workspace, vocabulary: vocabulary, context: context,
            voice: .ofCRM(turn), now: store.now())
        return try taking.accept(takes, values: [page.contact: page.values])
    }
}

extension SyncPage {
    /// - Parameters:
    ///   - asked: the row as the mapping has it.
    ///   - row: the same by the field that it comes to.
    ///   - ours: what Puente says now.
    ///   - isThere: whether there is such a field of ours.
    fileprivate func trial(of asked: MappingRow, _ row: MappingRow, ours: String, isThere: Bool) -> SyncTrial.Row {
        let theirs = record.fields[row.remote]
        let take = takes.first { $0.remote == row.remote && $0.changes(row.local) }
        let give = outcome.gives[row.remote].flatMap { $0.local == row.local ? $0 : nil }
        let isCompared = asked.isOn && isThere && theirs != nil
        let verdict: SyncTrialVerdict =
            if !asked.isOn { .off } else if !isThere { .noField } else if theirs == nil { .notRead } else {
                verdict(on: row, take: take, give: give, ours: ours)
            }
        return SyncTrial.Row(
            row: asked, ours: .init(before: ours, after: isCompared ? take?.after(of: row.local) ?? ours : ours),
            theirs: .init(before: theirs ?? "", after: isCompared ? give?.value ?? theirs ?? "" : theirs ?? ""),
            verdict: verdict)
    }

    private func verdict(
        on row: MappingRow, take: SyncTake?, give: SyncGive?, ours: String
    ) -> SyncTrialVerdict {
        let isInConflict = conflicts[row.remote]?.local == row.local
        if isInConflict || give != nil, let refusal = outcome.refusals[row.remote] { return .refused(refusal) }
        if isInConflict { return .asked }
        switch (take, give) {
        case (.some, .some): return .both
        case (.some, nil): return .taken
        case (nil, .some): return .given
        case (nil, nil): break
        }
        if let difference = differences[row.agreementKey] { return .differs(difference) }
        return ours.isBlank && (record.fields[row.remote] ?? "").isBlank ? .silent : .same
    }
}

extension SyncTake {
    /// A name that is taken whole changes its parts.
    fileprivate func changes(_ field: LocalField) -> Bool { local == field || (local == .name && field.isPartOfName) }

    fileprivate func after(of field: LocalField) -> String {
        local == .name ? PersonName(after).part(field) ?? after : after
    }
}

extension LocalField {
    fileprivate var isWellKnown: Bool { if case .wellKnown = self { true } else { false } }
}
