/// How many people a company may write to first (outside the service window) in any 24 hours. Meta sets it for a whole
/// portfolio, and raises it by itself.
package enum MessagingLimit: Hashable, Sendable {
    case people(Int)
    case unlimited

    /// Meta's own words: `TIER_250`, `TIER_2K`, `TIER_UNLIMITED`, `2000`, `-1`. Nil for what says nothing, `TIER_NOT_SET`.
    package init?(_ text: String) {
        let word = text.hasPrefix("TIER_") ? text.dropFirst(5) : text[...]
        if word == "UNLIMITED" || word == "-1" {
            self = .unlimited
        } else if word.last == "K", let thousands = Int(word.dropLast()), (1...1_000_000).contains(thousands) {
            self = .people(thousands * 1000)
        } else if let people = Int(word), people >= 0 {
            self = .people(people)
        } else {
            return nil
        }
    }

    package var text: String {
        switch self {
        case .people(let count): "\(count)"
        case .unlimited: "-1"
        }
    }
}
