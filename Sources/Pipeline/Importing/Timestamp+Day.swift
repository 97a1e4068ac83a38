package import Domain

extension Timestamp {
    /// The first moment (UTC) of a day as forms send it: `2026-11-26`.
    package init?(day text: String) {
        guard let date = CivilDate(reading: text, .machine), date.description == text else { return nil }
        self = date.start
    }

    /// The day in UTC, as ``init(day:)`` reads it; empty beyond the calendar.
    package var day: String { CivilDate(self)?.description ?? "" }
}
