import Domain
import OutboundHTTP

/// `X-Business-Use-Case-Usage`: how much of a management limit is used, and in how many minutes it opens again.
/// Shape: `{"<business id>":[{"type", "call_count", …, "estimated_time_to_regain_access": minutes}]}`.
enum UsageHeader {
    /// The longest wait that the header names; nil when it names none. At most a day.
    static func wait(in response: OutboundResponse) -> Duration? {
        guard let header = response.header("X-Business-Use-Case-Usage"),
            // A header that is no JSON only costs us a better guess of the wait.
            let json = try? JSONParser.parse(Array(header.utf8)), case .object(let members) = json
        else { return nil }
        let minutes = members.flatMap(\.value.items).compactMap { $0["estimated_time_to_regain_access"].integer }
        guard let longest = minutes.max(), longest > 0 else { return nil }
        return .minutes(Int(min(longest, 24 * 60)))
    }
}

extension JSON {
    /// The body of an answer; null when it is no JSON, which every reader takes for an answer without what it wants.
    init(answer: OutboundResponse) {
        // What went wrong in it does not matter: the classifier decides by the status.
        self = (try? JSONParser.parse(answer.body)) ?? .null
    }
}
