import Domain

/// Messages per minute (or per quarter of an hour, or per hour) as columns, drawn by the server, with the table they were drawn from.
package struct MinuteChart: Sendable {
    package struct Column: Sendable {
        package let x: String
        package let y: String
        package let width: String
        package let height: String
        /// "16:42: 118 received, 118 in the CRM"
        package let label: String
        package let time: String
        package let received: String
        package let recorded: String
    }

    package struct Line: Sendable {
        package let y: String
        package let textY: String
        package let label: String
    }

    package struct Mark: Sendable {
        package let x: String
        /// Which part of the label stands at `x`, in SVG's words; the last one would stick out at the right.
        package let anchor: String
        package let label: String
    }

    package let title: String
    /// Points of a polyline: what the CRM recorded, over the columns.
    package let recorded: String
    package let columns: [Column]
    package let lines: [Line]
    package let marks: [Mark]
    package let hasData: Bool
    /// "118 a minute at most, 96 on average"
    package let summary: String

    private static let left = 40.0
    private static let right = 712.0
    private static let top = 12.0
    private static let bottom = 164.0

    init(_ minutes: [MinuteFacts], span: LedgerPage.Span = .hour, in context: PageContext) {
        let minutes = minutes.map(Self.bounded)
        let counts = minutes.map(\.received)
        let peak = counts.max() ?? 0
        let scale = Self.roundedUp(max(peak, minutes.map(\.recorded).max() ?? 0))
        let step = (Self.right - Self.left) / Double(max(1, minutes.count))
        self.columns = minutes.enumerated().map { index, minute in
            Self.column(
                minute, at: Self.left + Double(index) * step, step: step, scale: scale,
                time: Self.time(minute.at, span: span, in: context), in: context)
        }
        self.recorded = minutes.enumerated().map { index, minute in
            let x = Self.left + (Double(index) + 0.5) * step
            return Self.decimal(x) + "," + Self.decimal(Self.height(of: minute.recorded, scale: scale))
        }.joined(separator: " ")
        self.lines = [0, scale / 2, scale].map { Self.line($0, scale: scale, in: context) }
        self.marks = Self.marks(minutes, step: step, span: span, in: context)
        self.hasData = peak > 0
        self.title = context.words("ledger.chart.title.\(span.rawValue)")
        self.summary = context.words(
            "ledger.chart.summary.\(span.rawValue)",
            ["peak": context.formats.number(peak), "average": Self.average(of: counts, in: context)])
    }

    /// No chart needs more than a billion, and none less than zero.
    private static func bounded(_ minute: MinuteFacts) -> MinuteFacts {
        let range = 0...1_000_000_000
        return MinuteFacts(
            at: minute.at, received: min(max(minute.received, range.lowerBound), range.upperBound),
            recorded: min(max(minute.recorded, range.lowerBound), range.upperBound))
    }

    private static func column(
        _ minute: MinuteFacts, at x: Double, step: Double, scale: Int, time: String, in context: PageContext
    ) -> Column {
        let y = height(of: minute.received, scale: scale)
        let gap = step > 4 ? 1.5 : 0.4
        let received = context.formats.number(minute.received)
        let recorded = context.formats.number(minute.recorded)
        return Column(
            x: decimal(x + gap / 2), y: decimal(y), width: decimal(max(0.6, step - gap)), height: decimal(bottom - y),
            label: context.words("ledger.chart.column", ["time": time, "received": received, "recorded": recorded]),
            time: time, received: received, recorded: recorded)
    }

    private static func line(_ value: Int, scale: Int, in context: PageContext) -> Line {
        let y = height(of: value, scale: scale)
        return Line(y: decimal(y), textY: decimal(y + 3.5), label: context.formats.number(value))
    }

    /// Six times along the bottom, the first and the last among them.
    private static func marks(
        _ minutes: [MinuteFacts], step: Double, span: LedgerPage.Span, in context: PageContext
    ) -> [Mark] {
        guard minutes.count > 1 else { return [] }
        let last = minutes.count - 1
        return (0...5).map { $0 * last / 5 }.map { index in
            Mark(
                x: index == last ? decimal(right) : decimal(left + (Double(index) + 0.5) * step),
                anchor: index == last ? "end" : "middle",
                label: time(minutes[index].at, span: span, in: context))
        }
    }

    /// Below ten with one place: "0.4"; what is less than a tenth is not nothing.
    private static func average(of counts: [Int], in context: PageContext) -> String {
        let sum = counts.reduce(0, +)
        let tenths = (sum * 20 + counts.count) / max(1, 2 * counts.count)
        guard sum == 0 || tenths > 0 else {
            return context.words("ledger.chart.underATenth", ["least": context.formats.decimal(tenths: 1)])
        }
        guard tenths < 100, tenths % 10 != 0 else { return context.formats.number(tenths / 10) }
        return context.formats.decimal(tenths: Int64(tenths))
    }

    /// "16:42"; over a week "Thu 16:00".
    private static func time(_ moment: Timestamp, span: LedgerPage.Span, in context: PageContext) -> String {
        let clock = MomentText.clock(moment, in: context).short
        guard span == .week else { return clock }
        return context.words("time.weekdayShort.\(context.civil(moment).weekday)") + " " + clock
    }

    private static func height(of value: Int, scale: Int) -> Double {
        bottom - (bottom - top) * Double(value) / Double(scale)
    }

    /// The next even figure with one or two digits that matter: 118 → 120, 1,340 → 1,400.
    static func roundedUp(_ value: Int) -> Int {
        var unit = 2
        while value / unit >= 20 { unit *= 10 }
        return max(2, (value / unit + (value.isMultiple(of: unit) ? 0 : 1)) * unit)
    }

    private static func decimal(_ value: Double) -> String {
        let tenths = Int((value * 10).rounded())
        return tenths % 10 == 0 ? "\(tenths / 10)" : "\(tenths / 10).\(tenths % 10)"
    }
}
