import Domain

/// Compares contacts with those they share a key with. Reads only: a page of a million people's is compared while others
/// write; what came of it is written in a moment, see ``DuplicateFindings``.
struct DuplicateFinder {
    let connection: any SQLConnection
    let workspace: WorkspaceID

    func compare(_ contacts: [ContactID]) throws -> DuplicateFindings {
        var reach = try self.reach(of: contacts)
        // What was found while only few shared a key is looked at again when it turns out to be everybody's.
        let again = reach.crowded.sorted().prefix(Self.mostAgain)
        if !again.isEmpty { reach = try self.reach(of: contacts + again) }
        let others = Set(reach.pairs.flatMap { [$0.a, $0.b] }).subtracting(reach.subjects.keys)
        let reader = EvidenceReader(connection: connection, workspace: workspace)
        let evidence = try reach.subjects.merging(reader.read(others.sorted())) { own, _ in own }
        var findings = DuplicateFindings(contacts: contacts, again: Array(again))
        for pair in reach.pairs {
            guard let a = evidence[pair.a], let b = evidence[pair.b] else { continue }
            let judgement = DuplicateJudgement(a, b)
            if judgement.isSuggested { findings.suggested[pair] = judgement }
        }
        try noteKeys(reach.keys, of: contacts, in: &findings)
        return findings
    }

    /// Of so many others at most: the next pass over all finds the rest.
    private static let mostAgain = 1000

    /// Whom contacts may have to do with.
    private struct Reach {
        let subjects: [ContactID: ContactEvidence]
        let keys: [ContactID: [Int64]]
        var pairs: Set<DuplicatePair> = []
        /// Others with a key that becomes too frequent with these contacts.
        var crowded: Set<ContactID> = []
    }

    private func reach(of contacts: [ContactID]) throws -> Reach {
        let subjects = try EvidenceReader(connection: connection, workspace: workspace).read(contacts)
        var reach = Reach(subjects: subjects, keys: subjects.mapValues(DuplicateKeys.keys))
        try findSharers(&reach)
        return reach
    }

    private func noteKeys(
        _ keys: [ContactID: [Int64]], of contacts: [ContactID], in findings: inout DuplicateFindings
    ) throws {
        guard !contacts.isEmpty else { return }
        var known: [ContactID: Set<Int64>] = [:]
        let list = SQLValueList("contact", contacts)
        for row in try connection.rows(
            """
            SELECT contact_id, key FROM duplicate_key
            WHERE workspace_id = :workspace_id AND contact_id IN \(list.sql)
            """, list.arguments(["workspace_id": workspace]))
        {
            known[try row.get("contact_id"), default: []].insert(try row.get("key"))
        }
        for contact in contacts {
            let (present, former) = (Set(keys[contact] ?? []), known[contact] ?? [])
            findings.newKeys += present.subtracting(former).sorted().map { (contact, $0) }
            findings.goneKeys += former.subtracting(present).sorted().map { (contact, $0) }
        }
    }

    // MARK: Who shares a key

    /// Keys that one question asks for.
    private static let keysAtOnce = 64

    /// By the keys of these contacts as they are today: those in the table may be older.
    private func findSharers(_ reach: inout Reach) throws {
        let keys = reach.keys
        let owners = keys.reduce(into: [Int64: Set<ContactID>]()) { owners, entry in
            for key in entry.value { owners[key, default: []].insert(entry.key) }
        }
        for part in owners.keys.sorted().chunked(Self.keysAtOnce) {
            let table = try sharers(of: part)
            for key in part {
                let (own, known) = (owners[key] ?? [], table[key] ?? [])
                let sharers = own.union(known.filter { keys[$0] == nil })
                guard sharers.count <= DuplicateKeys.mostShared else {
                    if known.count <= DuplicateKeys.mostShared { reach.crowded.formUnion(sharers.subtracting(own)) }
                    continue
                }
                for owner in own {
                    reach.pairs.formUnion(sharers.filter { $0 != owner }.map { DuplicatePair(owner, $0) })
                }
            }
        }
    }

    /// One contact more than may share a key, so that a key of everybody's costs no more than any other. Those who were
    /// merged make no key everybody's.
    private func sharers(of keys: [Int64]) throws -> [Int64: [ContactID]] {
        guard let last = keys.last else { return [:] }
        // Always as many questions, so that the statement stays prepared; a repeat changes nothing.
        let asked = keys + Array(repeating: last, count: Self.keysAtOnce - keys.count)
        let parts = asked.indices.map { place in
            """
            SELECT key, contact_id FROM (
                SELECT k.key, k.contact_id FROM duplicate_key k
                CROSS JOIN contact c
                WHERE k.workspace_id = :workspace_id AND k.key = :key\(place) AND c.workspace_id = :workspace_id
                    AND c.id = k.contact_id AND c.merged_into IS NULL
                ORDER BY k.contact_id LIMIT \(DuplicateKeys.mostShared + 1)
            ) AS shared\(place)
            """
        }
        let arguments = [("workspace_id", workspace.sqlValue)] + asked.enumerated().map { ("key\($0)", $1.sqlValue) }
        var sharers: [Int64: [ContactID]] = [:]
        for row in try connection.rows(parts.joined(separator: "\nUNION\n"), SQLArguments(arguments)) {
            sharers[try row.get("key"), default: []].append(try row.get("contact_id"))
        }
        return sharers
    }
}
