internal import ContactFiles
internal import Crypto
internal import Domain
internal import PhoneNumbers
internal import Store

/// Judges the rows of a list: as ``ContactCleaner`` does, and with all that an import takes beside.
struct ImportJudge {
    private var cleaner: ContactCleaner
    private let details: RowDetails
    /// What rows with one code have in common, of the codes met so far.
    private(set) var titles: [String: LocalizedText] = [:]

    init(_ plan: ImportPlan, fields: [ImportField]) {
        cleaner = ContactCleaner(
            plan.mapping, region: plan.region.flatMap { PhoneRegion($0) }, key: SymmetricKey(size: .bits256))
        details = RowDetails(plan, fields: fields, habits: plan.habits)
    }

    /// - Returns: the row, its verdict as a cleaning has it, and the cells that it is about.
    mutating func judge(_ item: FileItem) -> JudgedItem {
        let verdict = cleaner.judge(item)
        let written = verdict.isPlain ? "" : cleaner.written(in: item)
        switch verdict {
        case .rejected(let rejection):
            let note = noting(rejection.code, rejection.title, rejection.sentence)
            return JudgedItem(item, .rejected, [note], verdict, written)
        case .duplicate(_, let duplicate):
            let note = noting("duplicate_\(duplicate.handle.rawValue)", duplicate.handle.title, duplicate.sentence)
            return JudgedItem(item, .duplicate, [note], verdict, written)
        case .accepted(let contact, let marks):
            let (person, notes) = accepted(contact, marks, item)
            return JudgedItem(
                item, .accepted(person), notes, verdict,
                notes.isEmpty || !written.isEmpty ? written : cleaner.written(in: item))
        }
    }

    private mutating func accepted(
        _ contact: CleanContact, _ marks: [CleaningMark], _ item: FileItem
    ) -> (ImportedPerson, [ImportNote]) {
        var notes = marks.map { noting($0.code, $0.title, $0.sentence) }
        var person = ImportedPerson(
            phones: ([contact.phone].compactMap(\.self) + contact.otherPhones).map(\.digits),
            // Whose address it is, the earlier row says.
            email: marks.contains(where: \.isSharedEmail) ? nil : contact.email?.text,
            name: contact.name.isEmpty ? nil : contact.name)
        if case .row(let row) = item {
            var own: [ImportMark] = []
            details.read(row, into: &person, &own)
            notes += own.map { noting($0.code, $0.title, $0.sentence) }
        }
        return (person, notes)
    }

    private mutating func noting(
        _ code: String, _ title: @autoclosure () -> LocalizedText, _ sentence: LocalizedText
    ) -> ImportNote {
        if titles[code] == nil { titles[code] = title() }
        return ImportNote(code: code, sentence: sentence)
    }
}

/// A row as it was judged, on its way to the store.
struct JudgedItem: Sendable {
    let row: JudgedRow
    let verdict: CleaningVerdict
    /// The cells that its notes are about.
    let written: String

    init(
        _ item: FileItem, _ judgement: JudgedRow.Judgement, _ notes: [ImportNote], _ verdict: CleaningVerdict,
        _ written: String
    ) {
        row = JudgedRow(number: item.number, judgement: judgement, notes: notes, cells: item.cells)
        self.verdict = verdict
        self.written = written
    }
}

extension CleaningVerdict {
    fileprivate var isPlain: Bool {
        if case .accepted(_, let marks) = self { marks.isEmpty } else { false }
    }
}

extension CleaningMark {
    fileprivate var isSharedEmail: Bool {
        if case .sharedEmail = self { true } else { false }
    }
}
