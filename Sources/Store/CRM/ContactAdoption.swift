import Domain
import Secrets

/// Takes over what a CRM says of contacts, inside one transaction. Nobody is made: people come into being here when they
/// write or are written to.
struct ContactAdoption {
    let store: Store
    let connection: any SQLConnection
    let crm: ConnectionID
    let workspace: WorkspaceID
    let now: Timestamp

    /// Takes the locks of all whom the records may be, in one order on all nodes.
    func lock(_ identities: [RemoteIdentity]) throws {
        let keys = identities.flatMap(claims).map { "\($0.kind)\($0.scope)\($0.value)" }
        try connection.lock(Array(Set(keys)), in: workspace)
    }

    /// - Returns: the contact, when anything about it changed here. What we wrote ourselves, and what was read before,
    ///   changes nothing.
    func adopt(_ identity: RemoteIdentity) throws -> ContactID? {
        try follow(identity)
        if identity.isDeleted {
            try connection.unlink([identity.remoteID], connection: crm, in: workspace)
            return nil
        }
        guard let contact = try contact(of: identity) else { return nil }
        guard try link(identity, with: contact) else { return nil }
        let isRenamed = try takeName(identity, of: contact)
        let isReachable = try takeHandles(identity, of: contact)
        return isRenamed || isReachable ? contact : nil
    }

    // MARK: Who it is

    /// Records that were merged live on in this one.
    private func follow(_ identity: RemoteIdentity) throws {
        try connection.executeMany(
            """
            UPDATE remote_ref SET remote_id = :remote_id, content_hash = NULL
            WHERE workspace_id = :workspace_id AND connection_id = :connection_id AND entity = 'contact'
                AND remote_id = :former
            """,
            identity.formerIDs.filter { $0 != identity.remoteID }.map {
                [
                    "remote_id": identity.remoteID, "workspace_id": workspace, "connection_id": crm, "former": $0,
                ]
            })
    }

    /// By our own id, by the link, then by any handle.
    private func contact(of identity: RemoteIdentity) throws -> ContactID? {
        if let id = identity.contact {
            let known = try connection.value(
                "SELECT id FROM contact WHERE workspace_id = :workspace_id AND id = :id",
                ["workspace_id": workspace, "id": id], as: ContactID.self)
            if let known { return known }
        }
        let linked = try connection.value(
            """
            SELECT local_id FROM remote_ref
            WHERE workspace_id = :workspace_id AND connection_id = :connection_id AND entity = 'contact'
                AND remote_id = :remote_id
            ORDER BY local_id LIMIT 1
            """,
            ["workspace_id": workspace, "connection_id": crm, "remote_id": identity.remoteID], as: ContactID.self)
        if let linked { return linked }
        return try claims(identity).lazy.compactMap { try connection.contact(claimedBy: $0, in: workspace) }.first
    }

    private func claims(_ identity: RemoteIdentity) -> [HandleClaim] {
        identity.phones.map {
            HandleClaim(kind: "phone", scope: "", value: store.canonicalPhone($0), address: $0)
        }
            + [identity.email].compactMap(\.self).map {
                HandleClaim(kind: "email", scope: "", value: $0.lowercased(), address: $0)
            }
    }

    // MARK: What it says

    /// - Returns: whether the record says anything that it did not say when it was last read.
    private func link(_ identity: RemoteIdentity, with contact: ContactID) throws -> Bool {
        let hash = fingerprint(of: identity)
        return try connection.execute(
            """
            INSERT INTO remote_ref
                (workspace_id, connection_id, entity, local_id, remote_id, content_hash, linked_at, seen_at)
            VALUES (:workspace_id, :connection_id, 'contact', :local_id, :remote_id, :content_hash, :now, :now)
            ON CONFLICT (workspace_id, connection_id, entity, local_id)
            DO UPDATE SET remote_id = excluded.remote_id, content_hash = excluded.content_hash,
                seen_at = excluded.seen_at
            WHERE remote_ref.remote_id <> excluded.remote_id OR remote_ref.content_hash IS NULL
                OR remote_ref.content_hash <> excluded.content_hash
            """,
            [
                "workspace_id": workspace, "connection_id": crm, "local_id": contact, "remote_id": identity.remoteID,
                "content_hash": hash, "now": now,
            ]) == 1
    }

    private func fingerprint(of identity: RemoteIdentity) -> String {
        let phones = Set(identity.phones.map(store.canonicalPhone)).sorted().joined(separator: " ")
        let bytes = store.remoteContacts.hash(identity.name, phones, identity.userID ?? "", identity.email ?? "")
        return bytes.map { String($0, radix: 16) }.joined(separator: ".")
    }

    /// A person's name in the CRM is the company's word for that person. The name that the customer chose on WhatsApp is
    /// what we ourselves wrote there when we made the record.
    private func takeName(_ identity: RemoteIdentity, of contact: ContactID) throws -> Bool {
        guard !identity.name.isEmpty else { return false }
        return try connection.execute(
            """
            UPDATE contact
            SET name = :name, updated_at = :now, search_text = search_text || ' ' || :folded
            WHERE workspace_id = :workspace_id AND id = :id AND name <> :name
                AND NOT (name = '' AND profile_name = :name)
            """,
            [
                "name": identity.name, "now": now, "folded": identity.name.lowercased(), "workspace_id": workspace,
                "id": contact,
            ]) == 1
    }

    /// Only a kind of handle that the contact lacks, and never one that another holds: to move a number from one person
    /// to another takes Meta's evidence.
    private func takeHandles(_ identity: RemoteIdentity, of contact: ContactID) throws -> Bool {
        var taken = 0
        for claim in claims(identity) {
            taken += try connection.execute(
                """
                INSERT INTO handle (id, workspace_id, contact_id, kind, scope, value, address, valid_from, evidence)
                SELECT :handle, workspace_id, id, :kind, :scope, :value, :address, :now, 'crm' FROM contact
                WHERE workspace_id = :workspace_id AND id = :contact AND NOT EXISTS (
                    SELECT 1 FROM handle h
                    WHERE h.workspace_id = :workspace_id AND h.contact_id = :contact AND h.kind = :kind
                        AND h.valid_to IS NULL
                )
                ON CONFLICT DO NOTHING
                """,
                [
                    "handle": store.ids.next(HandleRow.self), "kind": claim.kind, "scope": claim.scope,
                    "value": claim.value, "address": claim.address, "now": now, "workspace_id": workspace,
                    "contact": contact,
                ])
        }
        return taken > 0
    }
}

extension SQLConnection {
    /// The records are gone there: found or made again at the next job.
    func unlink(_ remoteIDs: [String], connection crm: ConnectionID, in workspace: WorkspaceID) throws {
        try executeMany(
            """
            DELETE FROM remote_ref
            WHERE workspace_id = :workspace_id AND connection_id = :connection_id AND entity = 'contact'
                AND remote_id = :remote_id
            """,
            remoteIDs.map { ["workspace_id": workspace, "connection_id": crm, "remote_id": $0] })
    }
}
