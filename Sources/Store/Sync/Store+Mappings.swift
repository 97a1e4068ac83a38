package import Domain

extension Store {
    /// Nil where the connection has none: then it only records messages.
    package func mapping(of crm: ConnectionID, in workspace: WorkspaceID) async throws -> KeptMapping? {
        try await database.read(on: .console) { try $0.mapping(of: crm, in: workspace) }
    }

    /// Replaces a connection's mapping, or makes its first. What waits for a person in a field that is not mapped any more
    /// waits no longer.
    /// - Parameter version: that was looked at; nil where there was none.
    /// - Returns: the new version.
    /// - Throws: `conflict` with the detail `changed_meanwhile`; `notFound` for the connection; `invalid` with the detail
    ///   `mapping` and the first row that cannot work.
    @discardableResult
    package func saveMapping(
        _ mapping: FieldMapping, of crm: ConnectionID, expecting version: Int64?, by actor: String,
        in workspace: WorkspaceID
    ) async throws -> Int64 {
        let now = now()
        return try await database.write(on: .work) { connection in
            let saving = MappingSaving(connection: connection, crm: crm, workspace: workspace, actor: actor, now: now)
            return try saving.save(mapping, expecting: version)
        }
    }

    /// Gives a connection its first mapping. One that is there stays.
    /// - Returns: whether it was made.
    @discardableResult
    package func seedMapping(
        _ standard: FieldMapping, for crm: ConnectionID, by actor: String, in workspace: WorkspaceID
    ) async throws -> Bool {
        let now = now()
        return try await database.write(on: .work) { connection in
            let saving = MappingSaving(connection: connection, crm: crm, workspace: workspace, actor: actor, now: now)
            guard try saving.make() else { return false }
            try saving.write(standard)
            return true
        }
    }
}

private struct MappingSaving {
    let connection: any SQLConnection
    let crm: ConnectionID
    let workspace: WorkspaceID
    let actor: String
    let now: Timestamp

    private var key: SQLArguments { ["workspace_id": workspace, "connection_id": crm] }

    func save(_ mapping: FieldMapping, expecting version: Int64?) throws -> Int64 {
        try check(mapping)
        let isSet =
            try version.map { version in
                try connection.execute(
                    """
                    UPDATE mapping
                    SET version = version + 1, updated_at = :now, updated_by = :actor, compared_at = NULL,
                        compared_to = NULL
                    WHERE workspace_id = :workspace_id AND connection_id = :connection_id AND version = :version
                    """, key.and(["now": now, "actor": actor, "version": version])) == 1
            } ?? make()
        guard isSet else { throw PuenteError.changedMeanwhile }
        try write(mapping)
        try forgetUnmapped(mapping)
        return (version ?? 0) + 1
    }

    /// - Returns: false where there is one already.
    /// - Throws: `notFound` for the connection.
    func make() throws -> Bool {
        let isThere = try connection.row(
            "SELECT id FROM connection WHERE workspace_id = :workspace_id AND id = :connection_id", key)
        guard isThere != nil else { throw PuenteError.noConnection }
        return try connection.execute(
            """
            INSERT INTO mapping (workspace_id, connection_id, version, updated_at, updated_by)
            VALUES (:workspace_id, :connection_id, 1, :now, :actor)
            ON CONFLICT DO NOTHING
            """, key.and(["now": now, "actor": actor])) == 1
    }

    func write(_ mapping: FieldMapping) throws {
        try connection.execute(
            "DELETE FROM mapping_row WHERE workspace_id = :workspace_id AND connection_id = :connection_id", key)
        try connection.executeMany(
            """
            INSERT INTO mapping_row (workspace_id, connection_id, position, \(MappingRow.columns))
            VALUES
                (:workspace_id, :connection_id, :position, :local, :remote, :direction, :rule, :transforms, :fallback,
                 :is_on)
            """, try mapping.rows.enumerated().map { key.and(try $0.element.arguments(at: $0.offset + 1)) })
    }

    private func forgetUnmapped(_ mapping: FieldMapping) throws {
        let rows = mapping.rows.filter(\.isOn)
        let list = SQLValueList("remote", rows.map(\.remote))
        try connection.execute(
            """
            DELETE FROM sync_decision
            WHERE workspace_id = :workspace_id AND connection_id = :connection_id
                AND (\(rows.isEmpty ? "TRUE" : "remote NOT IN \(list.sql)"))
            """, rows.isEmpty ? key : list.arguments(key))
        try forgetConflicts(but: rows)
    }

    /// Another row may name the same field of the CRM: what waited for the one that went is decided by nobody.
    private func forgetConflicts(but rows: [MappingRow]) throws {
        let vocabulary = try SyncVocabulary(connection, in: workspace)
        let mapped = Set(rows.map { vocabulary.resolved($0).agreementKey })
        let waiting = try connection.rows(
            """
            SELECT DISTINCT local, remote FROM sync_conflict
            WHERE workspace_id = :workspace_id AND connection_id = :connection_id
            """, key)
        let gone = try waiting.compactMap { row -> SQLArguments? in
            let (local, remote): (LocalField, String) = (try row.get("local"), try row.get("remote"))
            let isMapped = mapped.contains(MappingRow.agreementKey(remote, local))
            return isMapped ? nil : key.and(["local": local, "remote": remote])
        }
        try connection.executeMany(
            """
            DELETE FROM sync_conflict
            WHERE workspace_id = :workspace_id AND connection_id = :connection_id AND local = :local AND remote = :remote
            """, gone)
    }

    private func check(_ mapping: FieldMapping) throws {
        guard mapping.rows.count <= FieldMapping.maxRows else { throw PuenteError.tooManyMappingRows }
        let vocabulary = try SyncVocabulary(connection, in: workspace)
        let problems = mapping.problems(remote: nil, shape: vocabulary.shape)
        for (index, row) in mapping.rows.enumerated() {
            guard row.isReasonable else { throw PuenteError.mappingRowTooLarge(index + 1) }
            if let problem = problems[index].first { throw PuenteError.mapping(problem, row: index + 1) }
        }
    }
}

extension MappingRow {
    /// No longer than anybody needs.
    fileprivate var isReasonable: Bool {
        guard (1...Self.maxRemoteName).contains(remote.count), (fallback?.count ?? 0) <= Self.maxFallback,
            transforms.count <= 10
        else { return false }
        return transforms.allSatisfy { transform in
            switch transform {
            case .letters, .phone, .date: true
            case .choices(let table, let otherwise):
                table.count <= 200 && table.allSatisfy { $0.ours.count <= 200 && $0.theirs.count <= 200 }
                    && (otherwise?.count ?? 0) <= 200
            case .part(let number, let separator): (1...100).contains(number) && (1...20).contains(separator.count)
            case .template(let text): text.count <= 2000
            }
        }
    }
}

extension PuenteError {
    package static let noConnection = PuenteError(
        .notFound, detail: "no_connection", en: "There is no such connection.", es: "No existe esa conexión.")
    static let tooManyMappingRows = PuenteError(
        .invalid, detail: "mapping", en: "A mapping has at most 200 rows.",
        es: "Una correspondencia tiene 200 filas como máximo.")

    fileprivate static func mappingRowTooLarge(_ row: Int) -> PuenteError {
        PuenteError(
            .invalid, detail: "mapping", en: "Row \(row): the field's name, a fallback or a transform is too long.",
            es: "Fila \(row): el nombre del campo, el valor por defecto o una transformación es demasiado largo.")
    }

    fileprivate static func mapping(_ problem: MappingProblem, row: Int) -> PuenteError {
        PuenteError(
            .invalid, detail: "mapping", en: "Row \(row): \(problem.sentence.en)",
            es: "Fila \(row): \(problem.sentence.es)")
    }
}
