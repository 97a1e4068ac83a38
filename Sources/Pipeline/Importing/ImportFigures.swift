internal import Domain
internal import PhoneNumbers
internal import Store

/// Counts what the check of a list finds, in bounded memory.
struct ImportFigures {
    private static let maxSamples = CleaningTally.maxSamples
    private static let maxExamples = 8
    /// A column of something else, mapped to labels by mistake, would make a label of each row.
    private static let maxNewLabels = 200

    private(set) var report = ImportReport()
    private var rejections: [String: ImportReport.Tally] = [:]
    private var duplicates: [String: ImportReport.Tally] = [:]
    private var marks: [String: ImportReport.Tally] = [:]
    private var countries: [String: Int] = [:]
    private var kinds: [PhoneNumberKind: Int] = [:]
    private var newLabels: [String: String] = [:]
    /// By key: fields that a row says anything in.
    private var filledFields: Set<String> = []
    private let knownLabels: Set<String>
    private let options: ImportOptions

    /// - Parameter knownLabels: of the company, folded.
    init(_ options: ImportOptions, knownLabels: Set<String>) {
        self.options = options
        self.knownLabels = knownLabels
    }

    /// - Parameter titles: of the codes that the judge met.
    mutating func add(_ planned: PlannedRow, _ judged: JudgedItem, titles: [String: LocalizedText]) {
        report.add(planned.verdict)
        count(planned, judged, titles)
        report.withdrawals += planned.withdrawals
        guard planned.verdict.isAccepted else {
            if planned.verdict == .rejected, planned.isOfErased { report.erased += 1 }
            return
        }
        if !planned.notes.isEmpty { report.marked += 1 }
        if planned.isOptedOut { report.optedOut += 1 }
        if planned.lacksConsent { report.withoutConsent += 1 }
        if planned.isDead { report.dead += 1 }
        if planned.grants { report.consents += 1 }
        countContact(judged)
        filledFields.formUnion(planned.changes.compactMap(\.field))
        addExample(planned, judged)
    }

    /// The whole, once every row was added.
    func finished() -> ImportReport {
        var report = report
        report.rejections = Self.sorted(rejections)
        report.duplicateTallies = Self.sorted(duplicates)
        report.marks = Self.sorted(marks)
        report.countries = countries.sorted { ($1.value, $0.key) < ($0.value, $1.key) }.map { code, count in
            let title = code.isEmpty ? Self.noCountry : PhoneRegion(code)?.name ?? .same(code)
            return ImportReport.Tally(code: code, title: title, count: count, samples: [])
        }
        report.kinds = kinds.sorted { ($1.value, $0.key.rawValue) < ($0.value, $1.key.rawValue) }.map {
            ImportReport.Tally(code: $0.key.rawValue, title: $0.key.title, count: $0.value, samples: [])
        }
        report.newLabels = newLabels.values.sorted()
        report.newFields = options.newFields.filter { filledFields.contains($0.key) }.map(\.name)
        let isTooMuch = newLabels.count > Self.maxNewLabels
        if isTooMuch || knownLabels.count + newLabels.count > LabelSummary.maxLabels {
            report.obstacle = Self.tooManyLabels
        }
        return report
    }

    // MARK: Tallies

    private mutating func count(_ planned: PlannedRow, _ judged: JudgedItem, _ titles: [String: LocalizedText]) {
        for note in planned.notes {
            let title = titles[note.code] ?? ImportNote.title(of: note.code) ?? note.sentence
            let sample = {
                ImportReport.Tally.Sample(
                    row: planned.row.number, written: planned.isOfErased ? "" : judged.sampled,
                    sentence: note.sentence)
            }
            switch planned.verdict {
            case .rejected where note.code == ImportNote.optOutCountsCode,
                .duplicate where note.code == ImportNote.optOutCountsCode:
                Self.add(note.code, title, sample, to: &marks)
            case .rejected: Self.add(note.code, title, sample, to: &rejections)
            case .duplicate: Self.add(note.code, title, sample, to: &duplicates)
            case .new, .fills, .changes, .same, .kept: Self.add(note.code, title, sample, to: &marks)
            }
        }
    }

    private static func add(
        _ code: String, _ title: LocalizedText, _ sample: () -> ImportReport.Tally.Sample,
        to tallies: inout [String: ImportReport.Tally]
    ) {
        var tally = tallies[code] ?? ImportReport.Tally(code: code, title: title, count: 0, samples: [])
        tally.count += 1
        if tally.samples.count < maxSamples { tally.samples.append(sample()) }
        tallies[code] = tally
    }

    private mutating func countContact(_ judged: JudgedItem) {
        guard case .accepted(let person) = judged.row.judgement, case .accepted(let contact, _) = judged.verdict else {
            return
        }
        if let phone = contact.phone {
            countries[phone.region ?? "", default: 0] += 1
            kinds[phone.kind, default: 0] += 1
        }
        for label in options.labels + (person.labels ?? []) {
            let folded = PeopleName.folded(label)
            guard !knownLabels.contains(folded), newLabels[folded] == nil else { continue }
            // Beyond what there can be they are not kept, only that there are more.
            if newLabels.count <= LabelSummary.maxLabels { newLabels[folded] = label }
        }
    }

    private mutating func addExample(_ planned: PlannedRow, _ judged: JudgedItem) {
        guard [.new, .fills, .changes].contains(planned.verdict),
            report.examples.count(where: { $0.verdict == planned.verdict }) < Self.maxExamples
        else { return }
        report.examples.append(
            ImportReport.Example(
                row: planned.row.number, verdict: planned.verdict, person: judged.person, contact: planned.contact,
                changes: planned.changes))
    }

    private static func sorted(_ tallies: [String: ImportReport.Tally]) -> [ImportReport.Tally] {
        tallies.values.sorted { ($1.count, $0.code) < ($0.count, $1.code) }
    }

    private static let noCountry = LocalizedText(en: "No country", es: "Sin país")

    private static let tooManyLabels = LocalizedText(
        en: "The list would make too many new labels. Choose another column for labels, or leave it out.",
        es: "La lista crearía demasiadas etiquetas nuevas. Elija otra columna para las etiquetas o déjela fuera."
    )
}

extension PlannedRow {
    /// Nothing of it is kept.
    fileprivate var isOfErased: Bool { notes.contains { $0.code == ImportNote.erasedCode } }
}

extension JudgedItem {
    private static let maxWritten = 100

    /// The cells that a note is about, or who the row is, cut.
    fileprivate var sampled: String {
        let text = written.isEmpty ? person : written
        return text.count > Self.maxWritten ? "\(text.prefix(Self.maxWritten))…" : text
    }

    /// A name, else a number or an address.
    fileprivate var person: String {
        guard case .accepted(let person) = row.judgement else { return written }
        return person.name ?? person.phones.first.map { "+\($0)" } ?? person.email ?? ""
    }
}
