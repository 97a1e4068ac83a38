import ContactFiles
import Domain
import Foundation
import Pipeline

/// The files that a cleaning writes, those that were asked for. None has its name before all of them are whole.
struct CleaningOutputs {
    struct Options {
        let mayReplace: Bool
        let isForSpreadsheets: Bool
        let language: Language
    }

    let clean: OutputFile?
    let rejected: OutputFile?
    let report: OutputFile?
    private let cleanRows: CleanRowsWriter?
    private let rejectedRows: RejectedRowsWriter?
    private let language: Language

    /// - Throws: before anything is read, when one of the files cannot be written.
    init(clean: String?, rejected: String?, report: String?, of source: CleaningSource, options: Options) throws {
        try Self.checkNames([clean, rejected, report].compactMap(\.self))
        func open(_ path: String?) throws -> OutputFile? {
            try path.map { try OutputFile($0, mayReplace: options.mayReplace, source: source.path) }
        }
        self.clean = try open(clean)
        self.rejected = try open(rejected)
        self.report = try open(report)
        language = options.language
        let columns = source.inspection.columns
        // A spreadsheet program opens what it opened before.
        var forPeople = CSVStyle.spreadsheet
        if source.inspection.plan.kind == .delimited { forPeople.delimiter = source.inspection.plan.delimiter }
        cleanRows = try self.clean.map {
            try CleanRowsWriter(
                columns, language: options.language, to: $0.descriptor,
                style: options.isForSpreadsheets ? forPeople : .plain)
        }
        rejectedRows = try self.rejected.map {
            try RejectedRowsWriter(
                headings: columns.map(\.heading), language: options.language, to: $0.descriptor, style: forPeople)
        }
    }

    var all: [OutputFile] { [clean, rejected, report].compactMap(\.self) }

    func write(_ row: CleaningRun.Row) throws {
        switch row.verdict {
        case .accepted(let contact, let marks): try cleanRows?.write(contact, marks: marks, from: row.item)
        case .duplicate(_, let duplicate): try rejectedRows?.write(row.item, reason: duplicate.sentence)
        case .rejected(let rejection): try rejectedRows?.write(row.item, reason: row.reason(rejection))
        }
    }

    /// Writes what is still to be written, and gives the files their names.
    func publish(_ result: CleaningResult) throws {
        try cleanRows?.flush()
        try rejectedRows?.flush()
        try report?.write(CleaningReport(result, language: language).html)
        for file in all { try file.sync() }
        var published: [OutputFile] = []
        do {
            for file in all {
                try file.publish()
                published.append(file)
            }
        } catch {
            for file in published { file.takeBack() }
            throw error
        }
    }

    private static func checkNames(_ paths: [String]) throws {
        let names = paths.map { URL(filePath: $0).standardizedFileURL.path }
        guard Set(names).count < names.count else { return }
        throw CommandFailure(
            status: CommandEnding.wrongUse, en: "--out, --rejected and --report have to be different files.",
            es: "--out, --rejected y --report tienen que ser archivos distintos.")
    }
}
