import Proving

/// The figures of all runs of a line: medians, and how far the runs lay apart.
struct LineReport {
    let line: Line
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

    var details: String {
        var text = "line \(line.number): \(line.title)  [target \(line.target)]\n"
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

    static func table(_ reports: [LineReport]) -> String {
        var text = "| line | what | market | target | measured (median) | met |\n|---|---|---|---|---|---|\n"
        for report in reports {
            let measured = (report.runs.first ?? []).filter { $0.target != nil }.map {
                "\($0.name) \(decimal(report.median($0.name))) \($0.unit)"
            }.joined(separator: ", ")
            text += """
                | \(report.line.number) | \(report.line.title) | \(report.line.market) | \(report.line.target) \
                | \(measured) | \(report.isMet ? "yes" : "NO") |\n
                """
        }
        return text
    }
}
