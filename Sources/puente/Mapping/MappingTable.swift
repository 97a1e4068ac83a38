import Domain
import Pipeline
import Store

/// The rows of a mapping for a terminal, and what does not fit.
struct MappingTable {
    let mapping: FieldMapping
    /// Of each row; an empty list where all is well.
    let problems: [[MappingProblem]]
    private let warnings: [[MappingWarning]]
    private let fields: AccountFields?
    private let vocabulary: SyncVocabulary

    init(
        _ mapping: FieldMapping, problems: [[MappingProblem]], warnings: [[MappingWarning]], fields: AccountFields?,
        vocabulary: SyncVocabulary
    ) {
        self.mapping = mapping
        self.problems = problems
        self.warnings = warnings
        self.fields = fields
        self.vocabulary = vocabulary
    }

    var fits: Bool { problems.allSatisfy(\.isEmpty) }

    /// The same rows, those switched off that do not fit.
    var fitting: FieldMapping {
        var rows = mapping.rows
        for index in rows.indices where !problems[index].isEmpty { rows[index].isOn = false }
        return FieldMapping(rows)
    }

    /// As it would be imported with ``fitting``: what does not fit is said all the same.
    var switchedOff: MappingTable {
        MappingTable(fitting, problems: problems, warnings: warnings, fields: fields, vocabulary: vocabulary)
    }

    /// What the CRM's names do not say stands after them: `mobilephone (Mobile)`.
    private func theirs(_ row: MappingRow) -> String {
        let name = Quoting.clipped(row.remote)
        guard let label = fields?[name: row.remote]?.label, label != row.remote else { return name }
        return "\(name) (\(Quoting.clipped(label)))"
    }

    private func ours(_ row: MappingRow, _ language: Language) -> String {
        Quoting.clipped(vocabulary.title(of: row.local)[language])
    }

    // MARK: Lines

    /// ` 3  off  Company  ←  company (Company name)  crm_wins · letters`: rules and transforms by the words of the file.
    func lines(_ language: Language) -> [String] {
        TextTable.lines(
            mapping.rows.enumerated().map { index, row in
                [
                    String(index + 1), row.isOn ? "on" : "off", ours(row, language), row.direction.arrow, theirs(row),
                    Self.summary(of: row),
                ]
            })
    }

    private static func summary(of row: MappingRow) -> String {
        let fallback = row.fallback.map { "“\(Quoting.clipped($0))”" }
        return ([row.rule.rawValue] + row.transforms.map(\.word) + [fallback].compactMap(\.self)).joined(
            separator: " · ")
    }

    /// What does not fit, with its row.
    func faults(_ language: Language) -> [String] { lines(problems.map { $0.map(\.sentence) }, language) }

    /// What works and may not be meant, with its row.
    func doubts(_ language: Language) -> [String] { lines(warnings.map { $0.map(\.sentence) }, language) }

    private func lines(_ sentences: [[LocalizedText]], _ language: Language) -> [String] {
        zip(mapping.rows, sentences).enumerated().flatMap { index, pair in
            pair.1.map { sentence in
                let fields = "\(ours(pair.0, language)) \(pair.0.direction.arrow) \(theirs(pair.0))"
                return "\(index + 1)  \(fields): \(sentence[language])"
            }
        }
    }

    /// Before and after on both sides, and what would become of each row.
    func lines(of trial: SyncTrial, _ language: Language) -> [String] {
        TextTable.lines(
            trial.rows.map { row in
                [
                    ours(row.row, language), Self.text(row.ours), row.row.direction.arrow, theirs(row.row),
                    Self.text(row.theirs), row.verdict.sentence[language],
                ]
            })
    }

    /// `"Ana" ⇒ "Ana María"`; `–` for nothing.
    private static func text(_ value: SyncTrial.Value) -> String {
        let before = quoted(value.before)
        return value.isChanged ? "\(before) ⇒ \(quoted(value.after))" : before
    }

    private static func quoted(_ text: String) -> String {
        text.isEmpty ? "–" : "\"\(Quoting.clipped(text))\""
    }
}

extension FieldTransform {
    /// As files write it.
    fileprivate var word: String {
        switch self {
        case .letters: "letters"
        case .phone: "phone"
        case .date: "date"
        case .choices: "choices"
        case .part: "part"
        case .template: "template"
        }
    }
}
