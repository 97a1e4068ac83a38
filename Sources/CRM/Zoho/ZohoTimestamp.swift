import Domain

extension Timestamp {
    /// As Zoho writes moments: `2026-11-20T10:30:02+01:00`, with the organisation's offset and without fractions.
    init?(zoho text: String) {
        let offset = text.dropFirst(19)
        guard text.utf8.count == 25, let sign = offset.first, sign == "+" || sign == "-",
            let local = Timestamp(iso8601: "\(text.prefix(19))Z"), let hours = Int(offset.dropFirst().prefix(2)),
            let minutes = Int(offset.suffix(2)), (0...23).contains(hours), (0...59).contains(minutes)
        else {
            guard let other = Timestamp(iso8601: text) else { return nil }
            self = other
            return
        }
        let ahead = Duration.minutes(hours * 60 + minutes)
        self = sign == "+" ? local - ahead : local + ahead
    }

    /// `2026-11-20T09:30:02+00:00`: Zoho knows whole seconds only.
    var zoho: String { "\(iso8601.prefix(19))+00:00" }
}
