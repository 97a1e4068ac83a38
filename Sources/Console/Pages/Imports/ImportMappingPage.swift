package import ContactFiles
package import Domain
package import Pipeline
package import Store

/// What the columns of a list mean, for a person to confirm or change.
package struct ImportMappingPage: Page {
    package static let template = "imports/mapping"

    package struct Option: Sendable {
        package let value: String
        package let label: String
        package let isChosen: Bool
    }

    package struct OptionGroup: Sendable {
        package let label: String
        package let options: [Option]
    }

    package struct Column: Sendable {
        /// `column.3`
        package let name: String
        package let heading: String
        package let examples: String
        package let groups: [OptionGroup]
        package let isLeftOut: Bool
    }

    package struct Row: Sendable {
        package let number: String
        package let cells: [String]
    }

    package let title: String
    package let tabs: ContactsTabs
    package let steps: ImportStepsView
    package let fileName: String
    /// "CSV, UTF-8, 14 columns; an export of Kommo"
    package let kind: String
    package let isText: Bool
    package let isDelimited: Bool
    package let isWorkbook: Bool
    package let encodings: [Option]
    package let delimiters: [Option]
    package let sheets: [Option]
    package let headingRow: String
    package let columns: [Column]
    package let headings: [String]
    package let rows: [Row]
    package let form: ImportFormView
    package let path: String
    package let checkURL: String
    package let cancelURL: String
    package let error: String?

    /// - Parameters:
    ///   - draft: as the person left the form; what was recognised at first.
    ///   - fields: of the company.
    package init(
        _ facts: ImportFacts, _ inspection: FileInspection, draft: ImportFormDraft, fields: [ImportField],
        regions: [RegionFacts], error: LocalizedText? = nil, in context: PageContext
    ) {
        title = facts.fileName
        tabs = ContactsTabs(.imports, in: context)
        steps = ImportStepsView(.columns, in: context)
        fileName = facts.fileName
        kind = Self.kind(inspection, in: context)
        let plan = inspection.plan
        isText = plan.kind != .excel
        isDelimited = plan.kind == .delimited
        isWorkbook = plan.kind == .excel && inspection.sheets.count > 1
        encodings = TextEncoding.allCases.map {
            Option(value: $0.rawValue, label: $0.name, isChosen: $0 == plan.encoding)
        }
        delimiters = Delimiter.allCases.map {
            Option(
                value: $0.formValue, label: context.words("imports.delimiter.\($0.formValue)"),
                isChosen: $0 == plan.delimiter)
        }
        sheets = inspection.sheets.enumerated().map {
            Option(value: String($0.offset), label: $0.element.name, isChosen: $0.offset == plan.sheet)
        }
        headingRow = String(plan.headingRow ?? 0)
        columns = inspection.columns.map { Self.column($0, draft, fields, in: context) }
        headings = inspection.columns.prefix(Self.shownColumns).map(\.title)
        rows = inspection.sample.prefix(Self.shownRows).map { item in
            Row(
                number: String(item.number),
                cells: (0..<min(Self.shownColumns, inspection.columns.count)).map { index in
                    item.cells.indices.contains(index) ? Self.cut(item.cells[index]) : ""
                })
        }
        form = ImportFormView(draft, regions: regions, in: context)
        path = facts.path
        checkURL = facts.path + "/checks"
        cancelURL = facts.path + "/cancellations"
        self.error = error?[context.language]
    }

    private static let shownRows = 6
    private static let shownColumns = 12

    private static func cut(_ text: String) -> String {
        text.count > 60 ? "\(text.prefix(60))…" : text
    }

    private static func kind(_ inspection: FileInspection, in context: PageContext) -> String {
        let plan = inspection.plan
        let parts = [
            context.words("imports.kind.\(plan.kind.rawValue)"), plan.kind == .excel ? nil : plan.encoding.name,
            context.words.count("imports.columns", inspection.columns.count),
            inspection.format.map { context.words("imports.exportOf", ["program": $0.name]) },
        ]
        return parts.compactMap(\.self).joined(separator: " · ")
    }

    private static func column(
        _ column: FileColumn, _ draft: ImportFormDraft, _ fields: [ImportField], in context: PageContext
    ) -> Column {
        let chosen = draft.uses[column.index] ?? ColumnUse.leftOut.description
        let option = { (value: String, label: String) in
            Option(value: value, label: label, isChosen: value == chosen)
        }
        let meanings = ColumnMeaning.allCases.filter { $0 != .other }.map {
            option($0.rawValue, $0.title[context.language])
        }
        let own = fields.map { option(ColumnUse.field($0.key).description, $0.name) }
        let new = ImportFormDraft.newKinds.map {
            option(
                ImportFormDraft.newField($0),
                context.words("imports.newField", ["kind": context.words("imports.fieldKind.\($0.word)")]))
        }
        let groups = [
            OptionGroup(
                label: context.words("imports.group.none"),
                options: [option(ColumnUse.leftOut.description, context.words("imports.leaveOut"))]),
            OptionGroup(label: context.words("imports.group.contact"), options: meanings),
            OptionGroup(label: context.words("imports.group.fields"), options: own),
            OptionGroup(label: context.words("imports.group.new"), options: new),
        ]
        return Column(
            name: "column.\(column.index)", heading: column.title,
            examples: column.examples.prefix(3).map(cut).joined(separator: " · "),
            groups: groups.filter { !$0.options.isEmpty }, isLeftOut: chosen == ColumnUse.leftOut.description)
    }
}

extension Delimiter {
    /// In forms and words, where signs cannot stand.
    var formValue: String {
        switch self {
        case .comma: "comma"
        case .semicolon: "semicolon"
        case .tab: "tab"
        case .bar: "bar"
        }
    }

    init?(formValue: String) {
        guard let found = Delimiter.allCases.first(where: { $0.formValue == formValue }) else { return nil }
        self = found
    }
}

extension FieldKind {
    /// As keys of words are written.
    var word: String {
        switch self {
        case .text, .number, .date, .choice: rawValue
        case .yesNo: "yesNo"
        }
    }
}
