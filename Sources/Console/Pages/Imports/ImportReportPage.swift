package import Domain
package import Store

/// What a list would do, before anything is written.
package struct ImportReportPage: Page {
    package static let template = "imports/report"

    package let title: String
    package let tabs: ContactsTabs
    package let steps: ImportStepsView
    package let figures: ImportReportView
    package let obstacle: String?
    /// "Import 1,204 rows"
    package let confirm: String?
    /// "1,204 new contacts. 88 changed. The import can be undone for 30 days."
    package let confirmAsk: String
    package let confirmURL: String
    package let reopenURL: String
    package let cancelURL: String
    package let notice: OutcomeNotice?

    package init(
        _ facts: ImportFacts, report: ImportReport, notice: OutcomeNotice? = nil, in context: PageContext
    ) {
        title = facts.fileName
        tabs = ContactsTabs(.imports, in: context)
        steps = ImportStepsView(.report, in: context)
        figures = ImportReportView(report, of: facts, in: context)
        obstacle =
            report.obstacle?[context.language]
            ?? (!report.isOfUse ? context.words("imports.nothingToImport") : nil)
        let rows = report.accepted > 0 ? report.accepted : report.withdrawals
        confirm = obstacle == nil ? context.words.count("imports.confirm", rows) : nil
        confirmAsk = [
            context.words.count("imports.wroteNew", report.new),
            context.words.count("imports.wroteChanged", report.fills + report.changes),
            context.words("imports.confirmAsk"),
        ].joined(separator: " ")
        confirmURL = facts.path + "/confirmations"
        reopenURL = facts.path + "/reopenings"
        cancelURL = facts.path + "/cancellations"
        self.notice = notice
    }
}

/// The figures of a report, and some rows of each kind.
package struct ImportReportView: Sendable {
    package struct Figure: Sendable {
        package let label: String
        package let count: String
        package let share: String
        package let hint: String
        package let url: String?
    }

    package struct Fact: Sendable {
        package let label: String
        package let count: String
        package let hint: String
        package let isWarning: Bool
    }

    package struct Sample: Sendable {
        package let row: String
        package let written: String
        package let sentence: String
    }

    package struct Tally: Sendable {
        package let id: String
        package let title: String
        package let count: String
        package let samples: [Sample]
        package let hasMore: Bool
    }

    package struct Section: Sendable {
        package let id: String
        package let title: String
        package let tallies: [Tally]
    }

    package let verdicts: [Figure]
    package let rows: String
    package let people: [Fact]
    package let sections: [Section]
    package let examples: [ImportExampleView]
    package let hasExamples: Bool
    package let newWords: [String]
    package let countries: String
    package let rejectedURL: String?

    init(_ report: ImportReport, of facts: ImportFacts, in context: PageContext) {
        rows = context.words.count("imports.rows", report.rows)
        verdicts = ImportVerdict.allCases.filter { $0 != .kept || report.kept > 0 }.map {
            Self.figure($0, report, facts, in: context)
        }
        people = Self.people(report, in: context)
        sections = [
            ("rejected", report.rejections), ("duplicates", report.duplicateTallies), ("marks", report.marks),
        ].filter { !$0.1.isEmpty }.map { code, tallies in
            Section(
                id: "section-\(code)", title: context.words("imports.section.\(code)"),
                tallies: tallies.enumerated().map { Self.tally($1, "\(code)-\($0)", in: context) })
        }
        examples = report.examples.map { ImportExampleView($0, in: context) }
        hasExamples = !examples.isEmpty
        newWords = Self.newWords(report, in: context)
        countries = report.countries.prefix(8).map {
            "\($0.title[context.language]) \(context.formats.number($0.count))"
        }.joined(separator: " · ")
        rejectedURL = report.rejected + report.duplicates > 0 ? facts.path + "/rejected.csv" : nil
    }

    private static func figure(
        _ verdict: ImportVerdict, _ report: ImportReport, _ facts: ImportFacts, in context: PageContext
    ) -> Figure {
        let count = report.count(verdict)
        let thousandths = report.rows > 0 ? (count * 1000 + report.rows / 2) / report.rows : 0
        return Figure(
            label: context.words("imports.verdict.\(verdict.rawValue)"), count: context.formats.number(count),
            share: context.formats.percent(hundredths: thousandths * 10),
            hint: context.words("imports.verdictHint.\(verdict.rawValue)"),
            url: count > 0 ? QueryText.url(facts.path + "/rows", [("show", verdict.rawValue)]) : nil)
    }

    private static func people(_ report: ImportReport, in context: PageContext) -> [Fact] {
        let facts: [(String, Int, Bool)] = [
            ("optedOut", report.optedOut, report.optedOut > 0),
            ("withoutConsent", report.withoutConsent, false), ("dead", report.dead, report.dead > 0),
            ("erased", report.erased, report.erased > 0), ("consents", report.consents, false),
            ("withdrawals", report.withdrawals, false),
        ]
        return facts.map { key, count, isWarning in
            Fact(
                label: context.words("imports.people.\(key)"), count: context.formats.number(count),
                hint: context.words("imports.peopleHint.\(key)"), isWarning: isWarning)
        }
    }

    private static func tally(_ tally: ImportReport.Tally, _ id: String, in context: PageContext) -> Tally {
        Tally(
            id: "tally-\(id)", title: tally.title[context.language], count: context.formats.number(tally.count),
            samples: tally.samples.map {
                Sample(row: String($0.row), written: $0.written, sentence: $0.sentence[context.language])
            }, hasMore: tally.count > tally.samples.count)
    }

    private static func newWords(_ report: ImportReport, in context: PageContext) -> [String] {
        let labels = report.newLabels.prefix(20).joined(separator: ", ")
        let fields = report.newFields.joined(separator: ", ")
        return [
            labels.isEmpty ? nil : context.words("imports.newLabels", ["names": labels]),
            fields.isEmpty ? nil : context.words("imports.newFields", ["names": fields]),
        ].compactMap(\.self)
    }
}
