import Domain
import Proving

/// The figures of all runs of a line: medians, and how far the runs lay apart.
struct LineReport {
    let line: Line
    /// Nil where the line is run once, whichever CRMs were chosen.
    let crm: ConnectorKind?
    let runs: [[Figure]]

    private func values(_ name: String) -> [Double] {
        runs.compactMap { run in run.first { $0.name == name }?.value }.sorted()
    }

    private func median(_ name: String) -> Double {
        let values = values(name)
        guard !values.isEmpty else { return 0 }
        let middle = values.count / 2
        return values.count % 2 == 1 ? values[middle] : (values[middle - 1] + values[middle]) / 2
    }

    var isMet: Bool {
        runs.first?.allSatisfy { $0.isMet(by: median($0.name)) } ?? false
    }

    private var name: String { crm.map { "\(line.number) \($0.rawValue)" } ?? "\(line.number)" }

    var details: String {
        var text = "line \(name): \(line.title)  [target \(line.target)]\n"
        for figure in runs.first ?? [] {
            let values = values(figure.name)
            text += "  \(figure.name): \(decimal(median(figure.name))) \(figure.unit)"
            if values.count > 1, let least = values.first, let most = values.last {
                text += "  (\(values.count) runs, \(decimal(least)) to \(decimal(most)))"
            }
            text += figure.isMet(by: median(figure.name)) ? "\n" : "  MISSED\n"
        }
        return text
    }

    // MARK: Tables

    /// The targets, and what the vendors let through.
    static func tables(_ reports: [LineReport]) -> String {
        let targets = reports.filter { $0.line.table == .targets }
        let limits = reports.filter { $0.line.table == .limits }
        return [targets.isEmpty ? nil : table(targets), limits.isEmpty ? nil : limitsTable(limits)]
            .compactMap(\.self).joined(separator: "\n")
    }

    private static func table(_ reports: [LineReport]) -> String {
        var text = "| line | what | market | target | measured (median) | met |\n|---|---|---|---|---|---|\n"
        for report in reports {
            let measured = (report.runs.first ?? []).filter { $0.target != nil }.map {
                "\($0.name) \(decimal(report.median($0.name))) \($0.unit)"
            }.joined(separator: ", ")
            text += """
                | \(report.name) | \(report.line.title) | \(report.line.market) | \(report.line.target) \
                | \(measured) | \(report.isMet ? "yes" : "NO") |\n
                """
        }
        return text
    }

    /// A column for each figure: these lines have the same ones.
    private static func limitsTable(_ reports: [LineReport]) -> String {
        let names = reports.first?.runs.first?.map(\.name) ?? []
        let heads = ["line", "what"] + names
        var text = row(heads) + row(heads.map { _ in "---" })
        for report in reports {
            let figures = report.runs.first ?? []
            text += row(
                [report.name, report.line.title]
                    + names.map { name in
                        let unit = figures.first { $0.name == name }?.unit ?? ""
                        return "\(decimal(report.median(name))) \(unit)"
                    })
        }
        return text
    }

    private static func row(_ cells: [String]) -> String { "| \(cells.joined(separator: " | ")) |\n" }
}
