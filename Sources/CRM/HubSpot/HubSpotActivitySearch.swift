import Domain

/// The searches for communications around given times, a few times each.
struct HubSpotActivitySearch {
    private static let maxGroups = 5
    /// HubSpot may keep whole seconds.
    private static let slack: Duration = .seconds(1)

    let times: [Timestamp]

    var searches: [HubSpotSearch] {
        let spans = self.spans
        return stride(from: 0, to: spans.count, by: Self.maxGroups).map { start in
            HubSpotSearch(
                filterGroups: spans[start..<min(start + Self.maxGroups, spans.count)].map(Self.group),
                sorts: [.init(propertyName: "hs_timestamp", direction: "ASCENDING")],
                properties: ["hs_communication_body", "hs_timestamp"], limit: 200)
        }
    }

    /// Times with their slack, joined where they touch.
    private var spans: [(from: Timestamp, to: Timestamp)] {
        var spans: [(from: Timestamp, to: Timestamp)] = []
        for time in times.sorted() {
            if let last = spans.last, time - Self.slack <= last.to {
                spans[spans.count - 1].to = time + Self.slack
            } else {
                spans.append((time - Self.slack, time + Self.slack))
            }
        }
        return spans
    }

    private static func group(_ span: (from: Timestamp, to: Timestamp)) -> HubSpotSearch.Group {
        .init(filters: [
            .init(
                propertyName: "hs_timestamp", operator: "BETWEEN", value: String(span.from.milliseconds),
                highValue: String(span.to.milliseconds)),
            .init(propertyName: "hs_communication_channel_type", operator: "EQ", value: "WHATS_APP"),
        ])
    }
}
