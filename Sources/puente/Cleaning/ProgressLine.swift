import Domain

/// How far a file is read, in a line that replaces the one before.
struct ProgressLine {
    let rows: Int
    /// 0 to 1.
    let share: Double
    let elapsed: Duration

    var text: LocalizedText {
        LocalizedText(en: line(.english), es: line(.spanish))
    }

    private var seconds: Double { Double(elapsed.wholeMilliseconds) / 1000 }

    private func line(_ language: Language) -> String {
        let figures = Figures(language)
        let word = LocalizedText(en: "rows", es: "filas")[language]
        var parts = ["\(figures.number(rows)) \(word)", figures.percent(share)]
        if seconds > 0 { parts.append("\(figures.number(Int(Double(rows) / seconds))) \(word)/s") }
        if let left { parts.append(LocalizedText(en: "\(left) left", es: "quedan \(left)")[language]) }
        return parts.joined(separator: " · ")
    }

    /// Nil when too little is read to tell.
    private var left: String? {
        guard share > 0.01, seconds > 0 else { return nil }
        let left = Int((seconds / share - seconds).rounded(.up))
        return left < 60 ? "\(left) s" : "\(left / 60) min \(left % 60) s"
    }
}
