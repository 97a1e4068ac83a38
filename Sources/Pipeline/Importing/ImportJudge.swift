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
        let optOut = cleaner.optOut(in: item)
        let written = verdict.isPlain ? "" : cleaner.written(in: item)
        switch verdict {
        case .rejected(let rejection):
            let note = noting(rejection.code, rejection.title, rejection.sentence)
            let named = (optOut ?? cleaner.reach(of: item)).map { ImportedPerson(naming: $0) }
            return JudgedItem(
                item, .rejected, [note], verdict, written, withdrawal: optOut.map { ImportedPerson($0) }, named: named)
        case .duplicate(let contact, let duplicate):
            let note = noting(duplicate.code, duplicate.title, duplicate.sentence)
            return JudgedItem(
                item, .duplicate, [note], verdict, written, withdrawal: optOut.map { ImportedPerson($0) },
                named: ImportedPerson(contact))
        case .accepted(let contact, let marks):
            let (taken, notes) = accepted(contact, marks, item)
            var person = taken
            if let optOut { person.optsOut(beside: optOut) }
            return JudgedItem(
                item, .accepted(person), notes, verdict,
                notes.isEmpty || !written.isEmpty ? written : cleaner.written(in: item))
        }
    }

    private mutating func accepted(
        _ contact: CleanContact, _ marks: [CleaningMark], _ item: FileItem
    ) -> (ImportedPerson, [ImportNote]) {
        var notes = marks.map { noting($0.code, $0.title, $0.sentence) }
        var person = ImportedPerson(contact)
        person.name = contact.name.isEmpty ? nil : contact.name
        // Whose address it is, the earlier row says.
        if marks.contains(where: \.isSharedEmail) { person.email = nil }
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
        _ written: String, withdrawal: ImportedPerson? = nil, named: ImportedPerson? = nil
    ) {
        row = JudgedRow(
            number: item.number, judgement: judgement, notes: notes, cells: item.cells, withdrawal: withdrawal,
            named: named)
        self.verdict = verdict
        self.written = written
    }
}

extension ImportedPerson {
    /// By what the person is found, and nothing else.
    fileprivate init(_ contact: CleanContact) {
        self.init(
            phones: ([contact.phone].compactMap(\.self) + contact.otherPhones).map(\.digits),
            email: contact.email?.text, userID: contact.userID)
    }

    /// Of a row that is not taken nothing counts but that the person opted out.
    fileprivate init(_ optOut: RowReach) {
        self.init(naming: optOut)
        optedOut = true
    }

    /// Everything by which somebody can be found in a row.
    fileprivate init(naming reach: RowReach) {
        self.init(phones: reach.phones.map(\.digits), email: reach.emails.first?.text, userID: reach.userID)
        let rest = Reach(phones: [], emails: reach.emails.dropFirst().map(\.text))
        if !rest.isEmpty { besides = rest }
    }

    /// The no counts for whoever has anything that stands in the row, whatever of it is taken as the person's own.
    fileprivate mutating func optsOut(beside reach: RowReach) {
        optedOut = true
        let rest = Reach(
            phones: reach.phones.map(\.digits).filter { !phones.contains($0) },
            emails: reach.emails.map(\.text).filter { $0 != email })
        if !rest.isEmpty { besides = rest }
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
