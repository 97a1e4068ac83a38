/// All rows of one connection.
package struct FieldMapping: Equatable, Sendable {
    package static let maxRows = 200

    package var rows: [MappingRow]

    package init(_ rows: [MappingRow]) {
        self.rows = rows
    }

    /// What is wrong, for each row in order; an empty list where all is well.
    /// - Parameters:
    ///   - remote: the CRM's fields; nil while they could not be read: then nothing is said of them.
    ///   - shape: of a field of ours; nil for one that is not there any more.
    package func problems(
        remote: [RemoteField]?, shape: (LocalField) -> FieldShape?
    ) -> [[MappingProblem]] {
        let fields = remote.map { Dictionary($0.map { ($0.name, $0) }, uniquingKeysWith: { first, _ in first }) }
        return rows.indices.map { index in
            let row = rows[index]
            guard row.isOn else { return [] }
            guard let ours = shape(row.local) else { return [.noSuchLocalField] }
            var found = ownProblems(of: row)
            if isTwice(index) { found.append(.twice) }
            if let fields { found += Self.problems(of: row, ours: ours, with: fields[row.remote]) }
            return found
        }
    }

    private func ownProblems(of row: MappingRow) -> [MappingProblem] {
        var found: [MappingProblem] = []
        if row.direction.takesTheirs, !row.local.canBeTaken { found.append(.notTaken) }
        if row.direction.takesTheirs, !row.transforms.allSatisfy(\.isReversible) { found.append(.notReversible) }
        for case .template(let text) in row.transforms {
            for name in MappingTemplate(text).variables where TemplateVariable(name) == nil {
                found.append(.unknownVariable(name))
            }
        }
        return found
    }

    /// Whether a row before it writes where it writes. The same field may be told to several of the CRM's.
    private func isTwice(_ index: Int) -> Bool {
        let row = rows[index]
        return rows[..<index].contains { other in
            guard other.isOn else { return false }
            if row.direction.givesOurs, other.direction.givesOurs, row.remote == other.remote { return true }
            return row.direction.takesTheirs && other.direction.takesTheirs && row.local == other.local
        }
    }

    private static func problems(
        of row: MappingRow, ours: FieldShape, with field: RemoteField?
    ) -> [MappingProblem] {
        guard let field else { return [.noSuchField] }
        var found: [MappingProblem] = []
        if row.direction.givesOurs, !field.isWritable { found.append(.notWritable) }
        if !row.passes(ours: ours, theirs: field.shape) {
            found.append(row.transforms.isEmpty ? .kinds(ours: ours, theirs: field.shape) : .rewriting(field.shape))
        }
        guard field.shape == .choice, row.direction.givesOurs, !field.choices.isEmpty else { return found }
        for word in row.writtenWords where !field.choices.contains(word) { found.append(.noSuchChoice(word)) }
        return found
    }
}

extension MappingRow {
    /// Every fixed word that it may write into the CRM.
    fileprivate var writtenWords: [String] {
        let tables = transforms.flatMap { transform -> [String] in
            guard case .choices(let table, let otherwise) = transform else { return [] }
            return table.map(\.theirs) + (otherwise.map { [$0] } ?? [])
        }
        return tables + (fallback.map { [$0] } ?? [])
    }
}
