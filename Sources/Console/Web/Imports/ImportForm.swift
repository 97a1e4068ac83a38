import ContactFiles
import Domain
import Pipeline
import Store

/// The form of a list's columns and options: how the file is read, what is done with it.
struct ImportForm {
    let choices: ReadingChoices
    let draft: ImportFormDraft

    /// - Parameter value: of a field of the form, or of an address.
    init(_ value: (String) -> String?, columns: [(name: String, value: String)], region: String) {
        choices = Self.choices(value)
        var draft = ImportFormDraft()
        for (name, use) in columns {
            guard name.hasPrefix("column."), let column = Int(name.dropFirst("column.".count)) else { continue }
            draft.uses[column] = use
        }
        draft.region = value("region") ?? region
        draft.existing = value("existing").flatMap { ImportOptions.Existing(rawValue: $0) } ?? .fill
        draft.labels = String((value("labels") ?? "").prefix(2000))
        draft.consent = value("consent").flatMap { ImportFormDraft.Consent(rawValue: $0) } ?? .none
        draft.words = (value("words") ?? "").replacing("\r\n", with: "\n")
        draft.source = value("source") ?? ""
        draft.date = value("date") ?? ""
        self.draft = draft
    }

    private static func choices(_ value: (String) -> String?) -> ReadingChoices {
        var choices = ReadingChoices()
        choices.encoding = value("encoding").flatMap { TextEncoding(rawValue: $0) }
        choices.delimiter = value("delimiter").flatMap { Delimiter(formValue: $0) }
        choices.headings = value("heading").flatMap { Int($0) }.map {
            $0 <= 0 ? ReadingChoices.Headings.none : .row($0)
        }
        choices.sheet = value("sheet").flatMap { Int($0) }
        return choices
    }

    /// The plan that the form asks for, over the file as it is read now, and the fields that columns are to become.
    /// - Parameter known: fields of the company.
    /// - Throws: one sentence when the form cannot be followed.
    func plan(
        _ inspection: FileInspection, known: [ImportField]
    ) throws -> (plan: ImportPlan, fields: [ImportField]) {
        var plan = ImportPlan(inspection, region: try Self.region(draft.region))
        var fields: [ImportField] = []
        for index in plan.columns.indices {
            guard let use = draft.uses[index] else {
                plan.columns[index].use = .leftOut
                continue
            }
            if let kind = ImportFormDraft.newKind(use) {
                let field = ImportField.named(
                    inspection.columns[index].title, kind: kind, besides: known + fields)
                fields.append(field)
                plan.columns[index].use = .field(field.key)
            } else {
                plan.columns[index].use = ColumnUse(use) ?? .leftOut
            }
        }
        return (plan, fields)
    }

    /// - Throws: one sentence when the form cannot be followed.
    func options() throws -> ImportOptions {
        var options = ImportOptions()
        options.existing = draft.existing
        options.labels = draft.labels.split(whereSeparator: { ",;\n".contains($0) }).map {
            $0.split(whereSeparator: \.isWhitespace).joined(separator: " ")
        }.filter { !$0.isEmpty }
        guard draft.consent != .none else { return options }
        if !draft.date.isEmpty, Timestamp(day: draft.date) == nil { throw PuenteError.wrongDay }
        options.consent = ImportOptions.ConsentClaim(
            of: draft.consent == .everybody ? .everybody : .column, words: draft.words, source: draft.source,
            at: Timestamp(day: draft.date))
        return options
    }

    /// Nil when nothing is written.
    private static func region(_ written: String) throws -> String? {
        guard !written.allSatisfy(\.isWhitespace) else { return nil }
        return try ImportRegion.code(written)
    }
}

extension PuenteError {
    fileprivate static let wrongDay = PuenteError(
        .invalid, detail: "date", en: "Write the day as year-month-day, for example 2026-11-26.",
        es: "Escriba el día como año-mes-día, por ejemplo 2026-11-26.")
}
