internal import ContactFiles
internal import Domain
internal import Store

/// Reads what a row says beside names, numbers and addresses: language, note, labels, the company's fields, consent.
struct RowDetails {
    private static let maxNote = 5000
    private static let maxLabels = 50
    private static let maxLabel = 60

    private let languageColumn: Int?
    private let noteColumns: [Int]
    private let labelColumns: [Int]
    private let consentColumn: Int?
    private let optedOutColumn: Int?
    private let fields: [(column: Int, reader: FieldReader)]

    /// - Parameters:
    ///   - fields: that the company has and that the list brings along.
    ///   - habits: as in ``FieldReader``.
    init(_ plan: ImportPlan, fields: [ImportField], habits: WritingHabits) {
        let mapping = plan.mapping
        languageColumn = mapping.columns(for: .language).first
        noteColumns = mapping.columns(for: .notes)
        labelColumns = mapping.columns(for: .labels)
        consentColumn = mapping.columns(for: .consent).first
        optedOutColumn = mapping.columns(for: .optedOut).first
        self.fields = plan.fieldColumns.compactMap { column, key in
            fields.first { $0.key == key }.map { (column, FieldReader(field: $0, habits: habits)) }
        }
    }

    /// What the row says goes into the person; what cannot be understood is noted and left out.
    func read(_ row: FileRow, into person: inout ImportedPerson, _ notes: inout [ImportMark]) {
        if let languageColumn { readLanguage(row[languageColumn], into: &person, &notes) }
        if !noteColumns.isEmpty { readNote(row, into: &person) }
        if !labelColumns.isEmpty { readLabels(row, into: &person, &notes) }
        if let consentColumn { readConsent(row[consentColumn], into: &person, &notes) }
        if let optedOutColumn { readOptOut(row[optedOutColumn], into: &person, &notes) }
        for (column, reader) in fields {
            do {
                guard let value = try reader.read(row[column]) else { continue }
                person.fields = (person.fields ?? []) + [value]
            } catch {
                notes.append(.fieldLeftOut(reader.field, error.message))
            }
        }
    }

    private func readLanguage(_ cell: String, into person: inout ImportedPerson, _ notes: inout [ImportMark]) {
        guard !cell.isBlankText else { return }
        person.language = LanguageTag(ContactName.tidied(cell))?.text
        if person.language == nil { notes.append(.languageUnknown) }
    }

    private func readNote(_ row: FileRow, into person: inout ImportedPerson) {
        let texts = noteColumns.map { CellText.lines(row[$0], atMost: Self.maxNote) }.filter { !$0.isEmpty }
        guard !texts.isEmpty else { return }
        person.note = String(texts.joined(separator: "\n").prefix(Self.maxNote))
    }

    private func readLabels(_ row: FileRow, into person: inout ImportedPerson, _ notes: inout [ImportMark]) {
        var labels: [String] = []
        var isCut = false
        for cell in labelColumns.map({ row[$0] }) {
            for part in LabelList.labels(in: cell) {
                let whole = CellText.line(part, atMost: .max)
                let label = CellText.line(whole, atMost: Self.maxLabel)
                isCut = isCut || label != whole
                // Two labels do not differ by capitals or accents alone.
                let folded = PeopleName.folded(label)
                guard !label.isEmpty, !labels.contains(where: { PeopleName.folded($0) == folded }) else { continue }
                labels.append(label)
            }
        }
        if isCut { notes.append(.labelCut(max: Self.maxLabel)) }
        if labels.count > Self.maxLabels { notes.append(.labelsLeftOut(max: Self.maxLabels)) }
        if !labels.isEmpty { person.labels = Array(labels.prefix(Self.maxLabels)) }
    }

    /// What is neither yes nor no is no consent: a guess would make one out of nothing. Who unsubscribed says more than
    /// that they never agreed.
    private func readConsent(_ cell: String, into person: inout ImportedPerson, _ notes: inout [ImportMark]) {
        guard !cell.isBlankText else { return }
        if OptOutWords.saysLeft(cell) { person.optedOut = true }
        let answer = YesOrNo.answer(cell)
        person.agreed = answer ?? false
        if answer == nil, person.optedOut == nil { notes.append(.consentUnclear) }
    }

    private func readOptOut(_ cell: String, into person: inout ImportedPerson, _ notes: inout [ImportMark]) {
        let answer = OptOutAnswer(cell)
        if answer.isOptOut { person.optedOut = true }
        if answer == .unclear { notes.append(.optOutAssumed) }
    }
}

extension String {
    /// No characters, or nothing but spaces of any kind.
    var isBlankText: Bool { unicodeScalars.allSatisfy { $0.properties.isWhitespace || $0 == "\u{FEFF}" } }
}
