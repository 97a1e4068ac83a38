import Domain
import Secrets

/// Takes over what a CRM says of contacts, inside one transaction. Nobody is made: people come into being here when they
/// write or are written to.
struct ContactAdoption {
    let store: Store
    let connection: any SQLConnection
    let crm: ConnectionID
    let workspace: WorkspaceID
    /// The scopes of user ids.
    let portfolios: [String]
    /// Whether a mapping says what is taken over: then this only finds out who it is.
    let isMapped: Bool
    let now: Timestamp

    /// As far apart as two clocks may be.
    private static let clockTolerance: Duration = .minutes(5)

    /// Takes the locks of all whom the records may be, in one order on all nodes.
    func lock(_ identities: [RemoteIdentity]) throws {
        let keys =
            identities.flatMap(findingClaims).map { "\($0.kind)\($0.scope)\($0.value)" }
            + identities.flatMap { [$0.remoteID] + $0.formerIDs }.map { RecordOwnership.lockKey($0, of: crm) }
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
        guard let match = try match(of: identity), try mayLink(identity, with: match) else { return nil }
        let contact = match.contact
        let isNews = try link(identity, with: match)
        try keepUnreadable(identity, of: contact)
        guard isNews, !isMapped else { return nil }
        let isRenamed = try takeName(identity, of: contact)
        let isReachable = try takeHandles(identity, of: contact)
        if isReachable { try connection.touch(contact, in: workspace, at: now) }
        guard isRenamed || isReachable else { return nil }
        try connection.writeSearchText(of: contact, in: workspace)
        return contact
    }

    // MARK: Who it is

    /// Records that were merged live on in this one.
    private func follow(_ identity: RemoteIdentity) throws {
        try connection.relink(identity.formerIDs, to: identity.remoteID, connection: crm, in: workspace)
    }

    private struct Match {
        let contact: ContactID
        /// By our own id, which the record says.
        var isNamed = false
        /// By a handle alone. A phone or an address may stand on several records: a duplicate, a spouse, a switchboard.
        var isByHandle = false
        /// By a contact that was merged into this one.
        var isByFormer = false
    }

    /// By our own id, by the link, then by any handle that the contact is known by.
    private func match(of identity: RemoteIdentity) throws -> Match? {
        if let id = identity.contact {
            let known = try connection.value(
                "SELECT id FROM contact WHERE workspace_id = :workspace_id AND id = :id",
                ["workspace_id": workspace, "id": id], as: ContactID.self)
            if let known {
                var match = try living(known)
                match.isNamed = true
                return match
            }
        }
        if let linked = try connection.contact(withRecord: identity.remoteID, of: crm, in: workspace) {
            return try living(linked)
        }
        guard try !isOfErased(identity) else { return nil }
        for claim in findingClaims(identity) {
            guard let contact = try connection.contact(knownBy: claim, in: workspace) else { continue }
            return Match(contact: contact, isByHandle: true)
        }
        return nil
    }

    /// Whether the record is somebody's who had their data erased here, by the number or user id that it is known by: an
    /// address that they share with another makes it nobody else's.
    private func isOfErased(_ identity: RemoteIdentity) throws -> Bool {
        let phone = identity.phones.first.map { HandleKey(kind: "phone", value: store.canonicalPhone($0)) }
        let user = identity.userID.map { HandleKey(kind: "bsuid", value: $0) }
        return try !connection.erasedHandles(
            among: Set([phone, user].compactMap(\.self)), in: workspace, store: store
        ).isEmpty
    }

    private func living(_ contact: ContactID) throws -> Match {
        let living = try connection.living(contact, in: workspace)
        return Match(contact: living, isByFormer: living != contact)
    }

    /// A person who was two contacts may have two records: until people merge them there, the second says nothing of the
    /// person, so that the two do not take turns.
    private func mayLink(_ identity: RemoteIdentity, with match: Match) throws -> Bool {
        guard match.isByFormer else { return true }
        return try ownRecord(of: match.contact).map { $0 == identity.remoteID } ?? true
    }

    private func ownRecord(of contact: ContactID) throws -> String? {
        try connection.value(
            """
            SELECT remote_id FROM remote_ref
            WHERE workspace_id = :workspace_id AND connection_id = :connection_id AND entity = 'contact'
                AND local_id = :local_id
            """,
            ["workspace_id": workspace, "connection_id": crm, "local_id": contact], as: String.self)
    }

    /// A user id finds somebody, since Meta gave it; that it is somebody's takes Meta's word as well.
    private func findingClaims(_ identity: RemoteIdentity) -> [HandleClaim] {
        guard let userID = identity.userID, !userID.isEmpty else { return claims(identity) }
        return portfolios.map { HandleClaim(kind: "bsuid", scope: $0, value: userID, address: userID) }
            + claims(identity)
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

    /// Whoever has a record keeps it, whatever handles another record shares with it: which of them the person is,
    /// people decide in the CRM, by merging them.
    /// - Returns: whether the record is the contact's, and says anything that it did not say when it was last read.
    ///   What it said before that is no news, however late it comes.
    private func link(_ identity: RemoteIdentity, with match: Match) throws -> Bool {
        let changedAt = changedAt(identity)
        let former = isMapped ? try ownRecord(of: match.contact) : nil
        if match.isNamed { try connection.share(identity.remoteID, of: crm, with: match.contact, in: workspace) }
        let written = try connection.execute(
            """
            INSERT INTO remote_ref
                (workspace_id, connection_id, entity, local_id, remote_id, is_shared, content_hash, changed_at,
                 linked_at, seen_at)
            VALUES
                (:workspace_id, :connection_id, 'contact', :local_id, :remote_id, \(RecordOwnership.isShared),
                 :content_hash, :changed_at, :now, :now)
            ON CONFLICT (workspace_id, connection_id, entity, local_id)
            DO UPDATE SET remote_id = excluded.remote_id, is_shared = excluded.is_shared,
                content_hash = excluded.content_hash,
                seen_at = excluded.seen_at, changed_at = CASE
                    WHEN remote_ref.remote_id = excluded.remote_id
                    THEN COALESCE(excluded.changed_at, remote_ref.changed_at) ELSE excluded.changed_at
                END
            WHERE (remote_ref.remote_id = excluded.remote_id OR :is_by_handle = 0 OR remote_ref.remote_id = :own_id)
                AND (remote_ref.remote_id <> excluded.remote_id OR remote_ref.content_hash IS NULL
                    OR (remote_ref.content_hash <> excluded.content_hash
                        AND COALESCE(excluded.changed_at >= remote_ref.changed_at, TRUE)))
            """,
            [
                "workspace_id": workspace, "connection_id": crm, "local_id": match.contact,
                "remote_id": identity.remoteID, "content_hash": fingerprint(of: identity), "changed_at": changedAt,
                // A system that names no id of its own is known by ours until it does.
                "is_by_handle": match.isByHandle, "own_id": "\(match.contact)", "now": now,
            ])
        if written == 0, let changedAt { try note(changedAt, of: identity, match.contact) }
        if written == 1, let former, former != identity.remoteID, former != "\(match.contact)" {
            try connection.forgetAgreements(of: [match.contact], with: crm, in: workspace)
        }
        return written == 1
    }

    /// A clock that is far ahead must not shut out everything that comes later.
    private func changedAt(_ identity: RemoteIdentity) -> Timestamp? {
        identity.changedAt.map { min($0, now + Self.clockTolerance) }
    }

    /// The record said the same as before, later: what it said in between is not taken over any more.
    private func note(_ changedAt: Timestamp, of identity: RemoteIdentity, _ contact: ContactID) throws {
        try connection.execute(
            """
            UPDATE remote_ref SET changed_at = :changed_at
            WHERE workspace_id = :workspace_id AND connection_id = :connection_id AND entity = 'contact'
                AND local_id = :local_id AND remote_id = :remote_id
                AND (changed_at IS NULL OR changed_at < :changed_at)
            """,
            [
                "changed_at": changedAt, "workspace_id": workspace, "connection_id": crm, "local_id": contact,
                "remote_id": identity.remoteID,
            ])
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
            SET name = :name, updated_at = :now
            WHERE workspace_id = :workspace_id AND id = :id AND name <> :name
                AND NOT (name = '' AND profile_name = :name)
            """,
            ["name": identity.name, "now": now, "workspace_id": workspace, "id": contact]) == 1
    }

    /// Only a kind of handle that the contact lacks, and never one that another holds: to move a number from one person
    /// to another takes Meta's evidence. Nor one of somebody who had their data erased.
    private func takeHandles(_ identity: RemoteIdentity, of contact: ContactID) throws -> Bool {
        var taken = 0
        let claims = claims(identity)
        let erased = try connection.erasedHandles(
            among: Set(claims.map { HandleKey(kind: $0.kind, value: $0.value) }), in: workspace, store: store)
        for claim in claims where !erased.contains(HandleKey(kind: claim.kind, value: claim.value)) {
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
        try forgetAgreements(on: remoteIDs, of: crm, in: workspace)
        try executeMany(
            """
            DELETE FROM remote_ref
            WHERE workspace_id = :workspace_id AND connection_id = :connection_id AND entity = 'contact'
                AND remote_id = :remote_id
            """,
            remoteIDs.map { ["workspace_id": workspace, "connection_id": crm, "remote_id": $0] })
    }
}
