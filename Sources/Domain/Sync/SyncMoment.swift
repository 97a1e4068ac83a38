import FoundationEssentials

/// A moment as two systems write it, to the second: CRMs keep no more, and round in their own ways.
struct SyncMoment: Equatable {
    /// Since 1970.
    let seconds: Int64

    /// Reads ISO 8601 with any offset, with or without fractions; nil for anything else.
    init?(_ text: String) {
        let plain = Date.ISO8601FormatStyle()
        let precise = Date.ISO8601FormatStyle(includingFractionalSeconds: true)
        // Either form is right; a text that is neither gives nil.
        guard let date = (try? precise.parse(text)) ?? (try? plain.parse(text)) else { return nil }
        let seconds = date.timeIntervalSince1970.rounded(.down)
        guard seconds.magnitude < 1e12 else { return nil }
        self.seconds = Int64(seconds)
    }
}

extension Timestamp {
    /// Reads what a CRM and Puente tell each other of a moment: ISO 8601, to the second; nil for anything else.
    package init?(iso text: String) {
        guard let moment = SyncMoment(text) else { return nil }
        self.init(milliseconds: moment.seconds * 1000)
    }
}
