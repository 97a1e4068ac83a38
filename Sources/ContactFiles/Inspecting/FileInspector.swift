internal import Domain

/// Looks at a file's beginning and decides how it is read.
struct FileInspector {
    private static let sampleRows = 200

    private let source: ByteSource
    private let choices: ReadingChoices
    private let limits: FileLimits
    private let spillFolder: String

    init(_ source: ByteSource, choices: ReadingChoices, limits: FileLimits, spillFolder: String) {
        self.source = source
        self.choices = choices
        self.limits = limits
        self.spillFolder = spillFolder
    }

    func inspect() throws(PuenteError) -> FileInspection {
        switch FileSignature(try source.bytes(at: 0, count: FileSignature.sampleBytes)) {
        case .wrong(let kind): throw .wrongKindOfFile(kind)
        case .zip: return try inspectWorkbook()
        case nil:
            let plan = try TextInspector(source, choices: choices, limits: limits).plan()
            return try inspection(plan, items: try items(plan))
        }
    }

    private func inspectWorkbook() throws(PuenteError) -> FileInspection {
        let workbook = try Workbook(source, limits: limits, spillFolder: spillFolder)
        guard !workbook.sheets.isEmpty else { throw .workbookHasNoSheet }
        let sheets = workbook.sheets.map { FileInspection.Sheet(name: $0.name, isHidden: $0.isHidden) }
        if let chosen = choices.sheet {
            let plan = ReadingPlan(kind: .excel, sheet: chosen)
            return try inspection(plan, items: try items(plan, workbook), sheets)
        }
        // The first sheet that is shown and holds anything.
        let shown = sheets.indices.filter { !sheets[$0].isHidden }
        var hasHeadings = false
        for index in shown.isEmpty ? Array(sheets.indices) : shown {
            let plan = ReadingPlan(kind: .excel, sheet: index)
            let items = try items(plan, workbook)
            guard !items.isEmpty else { continue }
            do throws(PuenteError) {
                return try inspection(plan, items: items, sheets)
            } catch  where error == .noRows {
                hasHeadings = true
            }
        }
        throw hasHeadings ? .noRows : .contactFileEmpty
    }

    /// A workbook's sheets, whatever they hold; none of a file of another kind.
    func sheets() throws(PuenteError) -> [FileInspection.Sheet] {
        guard case .zip = FileSignature(try source.bytes(at: 0, count: FileSignature.sampleBytes)) else { return [] }
        return try Workbook(source, limits: limits, spillFolder: spillFolder).sheets.map {
            FileInspection.Sheet(name: $0.name, isHidden: $0.isHidden)
        }
    }

    private func items(_ plan: ReadingPlan, _ workbook: Workbook? = nil) throws(PuenteError) -> [FileItem] {
        let reader = try RowReader(
            source, plan: plan, limits: limits, spillFolder: spillFolder, from: .start, workbook: workbook)
        var items: [FileItem] = []
        while items.count < Self.sampleRows, let item = try reader.next() { items.append(item) }
        return items
    }

    private func inspection(
        _ plan: ReadingPlan, items: [FileItem], _ sheets: [FileInspection.Sheet] = []
    ) throws(PuenteError) -> FileInspection {
        guard !items.isEmpty else { throw .contactFileEmpty }
        if case .fault(let fault) = items.first, case .tooManyCells(let max) = fault.kind {
            throw .tooManyColumns(max: max)
        }
        let rows = items.compactMap { item in if case .row(let row) = item { row } else { nil } }
        var plan = plan
        var headings = fixedHeadings(plan.kind)
        if headings == nil {
            plan.headingRow = headingRow(rows)
            headings = plan.headingRow.flatMap { number in rows.first { $0.number == number }?.cells } ?? []
        }
        let below = items.filter { $0.number > plan.headingRow ?? 0 }
        guard !below.isEmpty else { throw .noRows }
        return FileInspection(
            plan: plan, columns: columns(plan.kind, headings ?? [], rows.filter { $0.number > plan.headingRow ?? 0 }),
            sample: below, sheets: sheets, format: ExportFormat(headings: headings ?? []))
    }

    private func headingRow(_ rows: [FileRow]) -> Int? {
        switch choices.headings {
        case .some(.none): nil
        case .row(let number): number
        case nil: HeadingRowGuess.index(in: rows).map { rows[$0].number }
        }
    }

    /// Of vCards and pasted lines, whose columns are ours.
    private func fixedHeadings(_ kind: FileKind) -> [String]? {
        fixedColumns(kind)?.map(\.heading)
    }

    private func fixedColumns(_ kind: FileKind) -> [(heading: String, meaning: ColumnMeaning)]? {
        switch kind {
        case .vCard: VCard.columns
        case .lines: LooseRows.headings
        case .delimited, .excel: nil
        }
    }

    private func columns(_ kind: FileKind, _ headings: [String], _ rows: [FileRow]) -> [FileColumn] {
        let count = max(headings.count, rows.map(\.cells.count).max() ?? 0)
        let found = ColumnRecognizer(headings: headings).columns(rows, count: count)
        guard let fixed = fixedColumns(kind) else { return found }
        return zip(found, fixed).map { column, fixed in
            FileColumn(
                index: column.index, heading: column.heading, examples: column.examples,
                guess: ColumnGuess(meaning: fixed.meaning, confidence: 1, basis: .format))
        }
    }
}
