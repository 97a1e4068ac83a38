import Domain
import FoundationEssentials

extension Timestamp {
    /// The last moment that four digits of a year can write.
    private static let lastWritable: Int64 = 253_402_300_799_999
    /// What is further away is no time: whoever counts with it would count too far.
    private static let farthest: Int64 = 1_000_000_000_000_000

    /// `2026-11-20T09:30:00.000Z`; moments before 1970 and after 9999 are written as those.
    var iso8601: String {
        let bounded = min(max(0, milliseconds), Self.lastWritable)
        // Whole seconds are exact in floating point, thousandths are not: they are written by hand.
        let seconds = Date(timeIntervalSince1970: Double(bounded / 1000)).formatted(Date.ISO8601FormatStyle())
        let fraction = String(bounded % 1000 + 1000).dropFirst()
        return "\(seconds.dropLast()).\(fraction)Z"
    }

    /// Reads ISO 8601 with or without fractions, and Unix milliseconds.
    init?(iso8601 text: String) {
        if text.utf8.allSatisfy({ (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }), let value = Int64(text) {
            guard value < Self.farthest else { return nil }
            self.init(milliseconds: value)
            return
        }
        let withFraction = try? Date.ISO8601FormatStyle(includingFractionalSeconds: true).parse(text)
        // Either form is right; a text that is neither gives nil.
        guard let date = withFraction ?? (try? Date.ISO8601FormatStyle().parse(text)) else { return nil }
        let milliseconds = (date.timeIntervalSince1970 * 1000).rounded()
        guard milliseconds.magnitude < Double(Self.farthest) else { return nil }
        self.init(milliseconds: Int64(milliseconds))
    }
}
