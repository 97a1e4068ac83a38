package import Domain

extension Store {
    /// Asks for all that is held of a person. One that is under way is not begun a second time.
    /// - Throws: `notFound`.
    package func requestExport(
        of contact: ContactID, language: Language, by actor: String, in workspace: WorkspaceID
    ) async throws -> PersonExport {
        let now = now()
        let store = self
        return try await database.write(on: .work) { connection in
            guard let person = try PersonContacts.of(contact, on: connection, in: workspace) else {
                throw PuenteError.noPerson
            }
            if let open = try connection.openExport(of: person.listed, in: workspace) { return open }
            let id = store.ids.next(PersonExportRow.self)
            try connection.execute(
                """
                INSERT INTO person_export
                    (id, workspace_id, contact_id, state, language, actor, requested_at, expires_at)
                VALUES (:id, :workspace_id, :contact_id, 'waiting', :language, :actor, :now, :expires_at)
                """,
                [
                    "id": id, "workspace_id": workspace, "contact_id": person.listed, "language": language.rawValue,
                    "actor": actor, "now": now, "expires_at": now + PersonExport.lifetime,
                ])
            try connection.note(
                .contactExported, of: person.listed.rawValue, by: actor, in: workspace, store: store, at: now)
            guard let made = try connection.export(id, in: workspace) else { throw PuenteError.noPerson }
            return made
        }
    }

    /// Nil when there is none, or its file has gone.
    package func export(_ id: PersonExportID, in workspace: WorkspaceID) async throws -> PersonExport? {
        let now = now()
        return try await database.read(on: .console) { connection in
            try connection.export(id, in: workspace).flatMap { $0.expiresAt > now ? $0 : nil }
        }
    }

    /// Those whose files are still there, and those under way; the newest first.
    package func exports(of contact: ContactID, in workspace: WorkspaceID) async throws -> [PersonExport] {
        let now = now()
        return try await database.read(on: .console) { connection in
            try connection.rows(
                """
                SELECT \(PersonExport.columns) FROM person_export
                WHERE workspace_id = :workspace_id AND contact_id = :contact_id AND expires_at > :now
                ORDER BY id DESC LIMIT 20
                """, ["workspace_id": workspace, "contact_id": contact, "now": now]
            ).map(PersonExport.init)
        }
    }

    // MARK: For whoever makes the files

    /// Those that are to be made, over all workspaces, the oldest first; also one that a restart interrupted.
    package func openExports() async throws -> [PersonExport] {
        try await database.read(on: .work) { connection in
            try connection.rows(
                """
                SELECT \(PersonExport.columns) FROM person_export WHERE state IN ('waiting', 'running')
                ORDER BY id LIMIT 50
                """, [:]
            ).map(PersonExport.init)
        }
    }

    /// - Returns: how many messages there are to write; nil when the export is not wanted any more.
    package func begin(_ export: PersonExport) async throws -> Int? {
        try await database.write(on: .work) { connection in
            guard let person = try PersonContacts.of(export.contact, on: connection, in: export.workspace) else {
                return nil
            }
            let list = person.list
            let messages =
                try connection.value(
                    """
                    SELECT COUNT(*) AS n FROM message
                    WHERE workspace_id = :workspace_id AND contact_id IN \(list.sql)
                    """, list.arguments(["workspace_id": export.workspace]), as: Int.self) ?? 0
            let isWanted = try connection.execute(
                """
                UPDATE person_export SET state = 'running', messages = :messages, done = 0
                WHERE workspace_id = :workspace_id AND id = :id AND state IN ('waiting', 'running')
                """, ["messages": messages, "workspace_id": export.workspace, "id": export.id])
            return isWanted == 1 ? messages : nil
        }
    }

    /// - Returns: false when the export is not wanted any more: the person was erased meanwhile.
    package func note(done: Int, of export: PersonExport) async throws -> Bool {
        try await database.write(on: .work, .inOrder) { connection in
            try connection.execute(
                """
                UPDATE person_export SET done = :done
                WHERE workspace_id = :workspace_id AND id = :id AND state = 'running'
                """, ["done": done, "workspace_id": export.workspace, "id": export.id]) == 1
        }
    }

    /// - Parameter size: of the file; nil when it could not be made.
    /// - Returns: false when the export is not wanted any more: then neither is the file.
    package func finish(_ export: PersonExport, size: Int?) async throws -> Bool {
        let expires = now() + PersonExport.lifetime
        return try await database.write(on: .work) { connection in
            try connection.execute(
                """
                UPDATE person_export
                SET state = :state, size = :size, expires_at = :expires_at,
                    done = CASE WHEN :state = 'ready' THEN messages ELSE done END
                WHERE workspace_id = :workspace_id AND id = :id AND state = 'running'
                """,
                [
                    "state": size == nil ? PersonExport.State.failed : .ready, "size": size, "expires_at": expires,
                    "workspace_id": export.workspace, "id": export.id,
                ]) == 1
        }
    }

    /// Whose files are to go: their time is over, or their person was erased.
    package func expiredExports() async throws -> [PersonExport] {
        let now = now()
        return try await database.read(on: .work) { connection in
            try connection.rows(
                "SELECT \(PersonExport.columns) FROM person_export WHERE expires_at <= :now ORDER BY id LIMIT 200",
                ["now": now]
            ).map(PersonExport.init)
        }
    }

    /// Its file is gone.
    package func forget(_ export: PersonExport) async throws {
        try await database.write(on: .work) { connection in
            try connection.execute(
                "DELETE FROM person_export WHERE workspace_id = :workspace_id AND id = :id",
                ["workspace_id": export.workspace, "id": export.id])
        }
    }
}

extension SQLConnection {
    fileprivate func export(_ id: PersonExportID, in workspace: WorkspaceID) throws -> PersonExport? {
        try row(
            "SELECT \(PersonExport.columns) FROM person_export WHERE workspace_id = :workspace_id AND id = :id",
            ["workspace_id": workspace, "id": id]
        ).map(PersonExport.init)
    }

    fileprivate func openExport(of contact: ContactID, in workspace: WorkspaceID) throws -> PersonExport? {
        try row(
            """
            SELECT \(PersonExport.columns) FROM person_export
            WHERE workspace_id = :workspace_id AND contact_id = :contact_id AND state IN ('waiting', 'running')
            ORDER BY id DESC LIMIT 1 \(dialect.forUpdate)
            """, ["workspace_id": workspace, "contact_id": contact]
        ).map(PersonExport.init)
    }
}

extension PuenteError {
    package static let noPerson = PuenteError(
        .notFound, detail: "no_contact", en: "There is no such contact. They may have been erased.",
        es: "No existe ese contacto. Puede que se haya borrado.")
}
