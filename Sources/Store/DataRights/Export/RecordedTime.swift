package import Domain
internal import FoundationEssentials

/// A moment in a file for people and programs: ISO 8601 in UTC with milliseconds.
package struct RecordedTime: Encodable, Hashable, Sendable, SQLConvertible {
    private static let lastWritable: Int64 = 253_402_300_799_999

    package let moment: Timestamp

    package init(_ moment: Timestamp) {
        self.moment = moment
    }

    /// Moments before 1970 and after 9999 are written as those.
    package var text: String {
        let bounded = min(max(0, moment.milliseconds), Self.lastWritable)
        // Whole seconds are exact in floating point, thousandths are not: they are written by hand.
        let seconds = Date(timeIntervalSince1970: Double(bounded / 1000)).formatted(Date.ISO8601FormatStyle())
        let fraction = String(bounded % 1000 + 1000).dropFirst()
        return "\(seconds.dropLast()).\(fraction)Z"
    }

    package func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(text)
    }

    package var sqlValue: SQLValue { moment.sqlValue }

    package static func from(_ value: SQLValue) -> RecordedTime? {
        Timestamp.from(value).map(RecordedTime.init)
    }
}
