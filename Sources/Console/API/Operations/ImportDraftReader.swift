import ContactFiles
import Domain
import Pipeline
import Store

/// What a program says of a list that is to be checked.
struct ImportDraftReader {
    /// Nil: it is read as it was.
    let choices: ReadingChoices?
    let region: String?
    let options: ImportOptions
    /// By column.
    let uses: [Int: String]

    static func read(_ body: BodyObject) -> ImportDraftReader? {
        body.allow("reading", "region", "columns", "existing", "labels", "consent")
        var options = ImportOptions()
        if let existing = body.has("existing") ? body.choice("existing", of: ImportOptions.Existing.self) : .fill {
            options.existing = existing
        }
        options.labels = body.texts("labels", 0...20, length: 1...60)
        options.consent = body.optionalObject("consent").flatMap(consent)
        let columns = body.objects("columns", 1...500, isOptional: true) { column -> (Int, String)? in
            column.allow("index", "use")
            guard let index = column.integer("index", 0...499), let use = column.text("use", 1...200) else {
                return nil
            }
            guard ImportFormDraft.newKind(use) != nil || ColumnUse(use) != nil else {
                column.note("use", en: "is no use of a column", es: "no es un uso de una columna")
                return nil
            }
            return (Int(index), use)
        }
        return ImportDraftReader(
            choices: body.optionalObject("reading").map(reading), region: region(body), options: options,
            uses: Dictionary(columns) { $1 })
    }

    /// Changes the plan as the program said.
    /// - Returns: the fields that columns are to become.
    func change(_ plan: inout ImportPlan, known: [ImportField]) throws -> [ImportField] {
        if let region { plan.region = region }
        var fields: [ImportField] = []
        for (index, use) in uses.sorted(by: { $0.key < $1.key }) {
            guard plan.columns.indices.contains(index) else { throw PuenteError.noColumn(index) }
            if let kind = ImportFormDraft.newKind(use) {
                let heading = plan.columns[index].heading
                let name = heading.allSatisfy(\.isWhitespace) ? FileColumn.letter(index) : heading
                fields.append(ImportField.named(name, kind: kind, besides: known + fields))
                plan.columns[index].use = .field(fields[fields.count - 1].key)
            } else if let use = ColumnUse(use) {
                plan.columns[index].use = use
            }
        }
        return fields
    }

    private static func region(_ body: BodyObject) -> String? {
        guard let written = body.optionalText("region", 1...60) else { return nil }
        do {
            return try ImportRegion.code(written)
        } catch {
            body.note("region", error.message)
            return nil
        }
    }

    private static func consent(_ object: BodyObject) -> ImportOptions.ConsentClaim? {
        object.allow("of", "words", "source", "date")
        let of = object.choice("of", of: ImportOptions.ConsentClaim.Of.self)
        let words = object.text("words", 1...2000)
        let source = object.text("source", 1...2000)
        let date = object.optionalText("date", 10...10)
        if let date, Timestamp(day: date) == nil {
            object.note("date", en: "must be a day such as 2026-11-26", es: "debe ser un día como 2026-11-26")
        }
        guard let of, let words, let source else { return nil }
        return ImportOptions.ConsentClaim(of: of, words: words, source: source, at: date.flatMap { Timestamp(day: $0) })
    }

    private enum DelimiterWord: String, CaseIterable { case comma, semicolon, tab, bar }

    private static func reading(_ object: BodyObject) -> ReadingChoices {
        object.allow("encoding", "delimiter", "heading_row", "sheet")
        var choices = ReadingChoices()
        if object.has("encoding") { choices.encoding = object.choice("encoding", of: TextEncoding.self) }
        if object.has("delimiter") {
            choices.delimiter = object.choice("delimiter", of: DelimiterWord.self).flatMap {
                Delimiter(formValue: $0.rawValue)
            }
        }
        choices.headings = object.optionalInteger("heading_row", 0...1_000_000).map {
            $0 == 0 ? ReadingChoices.Headings.none : .row(Int($0))
        }
        choices.sheet = object.optionalInteger("sheet", 1...1000).map { Int($0) - 1 }
        return choices
    }
}

extension PuenteError {
    fileprivate static func noColumn(_ index: Int) -> PuenteError {
        PuenteError(
            .invalid, detail: "no_column", en: "The list has no column \(index).",
            es: "La lista no tiene la columna \(index).")
    }
}
