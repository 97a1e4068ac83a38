import Domain

/// The searches for communications that may be ours, a few conditions each.
enum HubSpotActivitySearch {
    private static let maxGroups = 5
    /// HubSpot may keep whole seconds.
    private static let slack: Duration = .seconds(1)

    private struct Span {
        let from: Timestamp
        var to: Timestamp

        init(around time: Timestamp) {
            from = time - slack
            to = time + slack
        }
    }

    /// Of everybody, around the given times; times that touch are joined.
    static func searches(around times: [Timestamp]) -> [HubSpotSearch] {
        var spans: [Span] = []
        for time in times.sorted() {
            if let last = spans.last, time - slack <= last.to {
                spans[spans.count - 1].to = time + slack
            } else {
                spans.append(Span(around: time))
            }
        }
        return searches(spans.map { .init(filters: filters(of: $0)) })
    }

    /// Of the contact of each activity, around its time.
    static func searches(ofEach activities: [Activity]) -> [HubSpotSearch] {
        searches(
            activities.map { activity in
                // Without a record there is nothing on its timeline: no record has the id 0.
                let contact = HubSpotSearch.Filter(
                    propertyName: "associations.contact", operator: "EQ", value: activity.contact.remoteID ?? "0")
                return .init(filters: filters(of: Span(around: activity.at)) + [contact])
            })
    }

    private static func searches(_ groups: [HubSpotSearch.Group]) -> [HubSpotSearch] {
        stride(from: 0, to: groups.count, by: maxGroups).map { start in
            HubSpotSearch(
                filterGroups: Array(groups[start..<min(start + maxGroups, groups.count)]),
                sorts: [.init(propertyName: "hs_timestamp", direction: "ASCENDING")],
                properties: ["hs_communication_body", "hs_timestamp"], limit: 200)
        }
    }

    private static func filters(of span: Span) -> [HubSpotSearch.Filter] {
        [
            .init(
                propertyName: "hs_timestamp", operator: "BETWEEN", value: String(span.from.milliseconds),
                highValue: String(span.to.milliseconds)),
            .init(propertyName: "hs_communication_channel_type", operator: "EQ", value: "WHATS_APP"),
        ]
    }
}
