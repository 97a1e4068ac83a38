import Domain

/// Steps that follow each other, are of one table, alike and of different rows are read, judged and written together: an
/// import of many people is put back by few statements.
extension ChangeUndo {
    private static let longestRun = 100

    static func runs(of steps: [Step]) -> [[Step]] {
        var runs: [[Step]] = []
        var keys: Set<RowImage> = []
        for step in steps {
            if let run = runs.last, let last = run.last, run.count < longestRun, step.goesTogether(with: last),
                !keys.contains(step.key)
            {
                runs[runs.count - 1].append(step)
                keys.insert(step.key)
            } else {
                runs.append([step])
                keys = [step.key]
            }
        }
        return runs
    }

    /// - Returns: the positions that stay as they are, and who is called by something else now.
    func putBack(_ run: [Step]) throws -> (kept: [Int], named: Set<ContactID>) {
        let rows = try current(run)
        let stays = try keysThatStay(run)
        let owners = try presentOwners(of: run)
        var restored: [Step] = []
        var named: Set<ContactID> = []
        for step in run {
            let row = rows[step.key]
            guard step.isAsWritten(row), !stays.contains(step.key), owners.haveAll(of: step),
                try isFree(step), try comesBack(step)
            else { continue }
            restored.append(step)
            named.formUnion(step.whoseNames)
            if step.relation == .handle, let owner = row?.columns["contact_id"].flatMap(ContactID.from) {
                named.insert(owner)
            }
        }
        try delete(restored)
        try update(restored, rows)
        let positions = Set(restored.map(\.position))
        return (run.map(\.position).filter { !positions.contains($0) }, named)
    }

    /// The rows as they are today, as far as the steps speak of them, by their keys.
    private func current(_ run: [Step]) throws -> [RowImage: RowImage] {
        guard let first = run.first else { return [:] }
        let relation = first.relation
        var names = Set(relation.key).union(first.after?.names ?? [])
        if relation == .handle { names.insert("contact_id") }
        let select = "SELECT \(names.sorted().joined(separator: ", ")) FROM \(relation.rawValue)"
        let rows: [SQLRow]
        if let column = relation.manyFoundBy {
            let list = SQLValueList("found", run.map { $0.key.columns[column] ?? .null })
            rows = try connection.rows(
                """
                \(select) WHERE workspace_id = :workspace_id AND \(column) IN \(list.sql)
                \(connection.dialect.forUpdate)
                """, list.arguments(["workspace_id": workspace]))
        } else {
            rows = try connection.rows(
                "\(select) WHERE \(relation.condition) \(connection.dialect.forUpdate)", scoped(first.key))
        }
        let images = rows.map { RowImage($0) }
        return Dictionary(images.map { ($0.keeping(relation.key), $0) }) { first, _ in first }
    }

    // MARK: Writing

    /// What is taken away again, or changed, is written for the whole run; what comes back by itself: it may turn out that
    /// somebody else has put a row there.
    /// - Returns: whether it is, or will be.
    private func comesBack(_ step: Step) throws -> Bool {
        guard let before = step.before, step.after == nil else { return true }
        let names = ["workspace_id"] + before.names
        let inserted = try connection.execute(
            """
            INSERT INTO \(step.relation.rawValue) (\(names.joined(separator: ", ")))
            VALUES (\(names.map { ":\($0)" }.joined(separator: ", ")))
            ON CONFLICT DO NOTHING
            """, scoped(before))
        return inserted == 1
    }

    private func delete(_ steps: [Step]) throws {
        let gone = steps.filter { $0.before == nil && $0.after != nil }
        guard let relation = gone.first?.relation else { return }
        if relation == .contact { try deleteBelongings(of: gone.compactMap { $0.key.columns["id"] }) }
        try connection.executeMany(
            "DELETE FROM \(relation.rawValue) WHERE \(relation.condition)", gone.map { scoped($0.key) })
    }

    private func update(_ steps: [Step], _ rows: [RowImage: RowImage]) throws {
        var images: [[String]: [(step: Step, image: RowImage)]] = [:]
        for step in steps {
            guard let before = step.before, let after = step.after else { continue }
            // Whoever changed the row otherwise has said when; that stays.
            let isWhole = rows[step.key]?.keeping(after.names) == after
            let image = isWhole ? before : before.essential
            images[image.names, default: []].append((step, image))
        }
        for (names, changed) in images {
            guard !names.isEmpty, let relation = changed.first?.step.relation else { continue }
            let sets = names.map { "\($0) = :set_\($0)" }.joined(separator: ", ")
            try connection.executeMany(
                "UPDATE \(relation.rawValue) SET \(sets) WHERE \(relation.condition)",
                changed.map { step, image in
                    SQLArguments(names.map { ("set_\($0)", image.columns[$0] ?? .null) } + scoped(step.key).pairs)
                })
        }
    }

    func scoped(_ row: RowImage) -> SQLArguments {
        row.arguments.adding("workspace_id", workspace)
    }
}

extension ChangeUndo.Step {
    fileprivate func goesTogether(with other: Self) -> Bool {
        relation == other.relation && relation.manyFoundBy != nil && !mayCollide
            && before?.columns.keys == other.before?.columns.keys && after?.columns.keys == other.after?.columns.keys
    }

    /// Where something unique comes back, one step makes room for the next.
    private var mayCollide: Bool {
        switch relation {
        case .handle, .conversation, .label, .segment, .optIn, .labelRule: before != nil
        case .contact, .field, .message, .duplicate, .contactLabel, .contactField, .contactState, .remoteRef,
            .consentEntry, .consent, .firstContact, .labelRuleExemption:
            false
        }
    }

    fileprivate func isAsWritten(_ row: RowImage?) -> Bool {
        guard let after else { return row == nil }
        return row?.keeping(after.names).essential == after.essential
    }
}

extension JournalRelation {
    /// A column by which many rows are found at once, each key among few others; nil where there is none.
    fileprivate var manyFoundBy: String? {
        switch self {
        case .contact, .handle, .label, .field, .segment, .conversation, .message, .duplicate, .consentEntry, .optIn,
            .labelRule:
            "id"
        case .contactLabel, .contactField, .contactState, .consent, .labelRuleExemption: "contact_id"
        case .remoteRef, .firstContact: nil
        }
    }
}
