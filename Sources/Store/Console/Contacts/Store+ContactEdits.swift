package import Domain

extension Store {
    /// Changes what is known of a contact; of one that was merged, of the one it became. Kept as a change that can be put
    /// back.
    /// - Parameter expected: what the contact must say, one of these; nil: whatever it says.
    /// - Throws: ``PuenteError``: `notFound`; `invalid` for what is too long or no language; `changedMeanwhile`.
    package func editContact(
        _ id: ContactID, _ edit: ContactEdit, expecting expected: Set<EditVersion>? = nil, by actor: String,
        in workspace: WorkspaceID
    ) async throws -> ContactEditOutcome {
        let now = now()
        return try await database.write(on: .work) { connection in
            try ContactEditing(store: self, connection: connection, workspace: workspace, actor: actor, now: now)
                .edit(id, edit, expecting: expected)
        }
    }

    /// Takes somebody in. An address that somebody has already makes nobody new.
    /// - Throws: ``PuenteError`` `invalid`.
    package func createContact(
        _ draft: ContactDraft, by actor: String, in workspace: WorkspaceID
    ) async throws -> ContactEditOutcome {
        let now = now()
        return try await database.write(on: .work) { connection in
            try ContactEditing(store: self, connection: connection, workspace: workspace, actor: actor, now: now)
                .make(draft)
        }
    }

    /// People of the same name, whatever its capitals and accents: whoever is about to be taken in may be one of them.
    package func contacts(named name: String, limit: Int = 5, in workspace: WorkspaceID) async throws -> [PersonSummary]
    {
        let sortName = ContactText(name: name, addresses: []).sortName
        guard sortName.folded.unicodeScalars.count >= 2 else { return [] }
        return try await database.read(on: .console) { connection in
            try connection.rows(
                """
                SELECT \(PersonSummary.columns) FROM contact p
                WHERE p.workspace_id = :workspace_id AND p.merged_into IS NULL AND p.sort_name = :sort_name
                ORDER BY p.id DESC LIMIT :limit
                """, ["workspace_id": workspace, "sort_name": sortName, "limit": limit]
            ).map(PersonSummary.init)
        }
    }

    /// The first of the addresses that somebody has, and who.
    package func owner(
        of addresses: [ContactEdit.Address], in workspace: WorkspaceID
    ) async throws -> (address: ContactEdit.Address, person: PersonSummary)? {
        guard !addresses.isEmpty else { return nil }
        return try await database.read(on: .console) { connection in
            for address in addresses {
                let claim = address.claim(canonicalPhone: canonicalPhone)
                guard let owner = try connection.contact(claimedBy: claim, in: workspace) else { continue }
                if let person = try connection.person(owner, in: workspace) { return (address, person) }
            }
            return nil
        }
    }
}
