import Domain
package import Store

/// How fast a connection of people's own making is worked, where it is not as usual: kept beside what its kind keeps, as it was
/// typed. What is nil is left out.
package struct StoredPace: Codable, Equatable, Sendable {
    package enum Tier: String, CaseIterable, Sendable {
        case standard, enterprise

        /// Messages and contacts that are written in a minute (R7).
        package var recordsPerMinute: Int {
            switch self {
            case .standard: 300
            case .enterprise: 1500
            }
        }
    }

    static let sweepSpans: ClosedRange<Duration> = .seconds(10) ... .hours(24)
    static let compareSpans: ClosedRange<Duration> = .seconds(10) ... .hours(24 * 90)
    static let callsPerSecond = 1...1000

    private var tier: String?
    private var sweepEvery: String?
    private var compareEvery: String?

    /// Of a connection that is worked as usual.
    package init() {}

    init(_ values: [ConnectionField: String]) {
        tier = values[.tier]
        sweepEvery = values[.sweepEvery]
        compareEvery = values[.compareEvery]
    }

    package init(of account: ConnectionAccount) {
        // Settings that cannot be read say nothing of the pace; that they cannot, the connector book says.
        self = (try? JSONText.decode(StoredPace.self, from: account.settings)) ?? StoredPace()
    }

    package var recordsPerMinute: Int? { tier.flatMap(Tier.init(rawValue:))?.recordsPerMinute }
    package var sweepSpan: Duration? { sweepEvery.flatMap { Self.span($0, in: Self.sweepSpans) } }
    package var compareSpan: Duration? { compareEvery.flatMap { Self.span($0, in: Self.compareSpans) } }

    var values: [ConnectionField: String] {
        let all: [ConnectionField: String?] = [
            .tier: tier, .sweepEvery: sweepEvery, .compareEvery: compareEvery,
        ]
        return all.compactMapValues { $0 }
    }

    // MARK: Reading

    /// `30s`, `5m`, `12h`, `7d`; nil for what is written otherwise, and for what is outside.
    static func span(_ text: String, in range: ClosedRange<Duration>) -> Duration? {
        guard let unit = text.last, let count = number(String(text.dropLast()), in: 1...10_000_000) else { return nil }
        let span: Duration
        switch unit {
        case "s": span = .seconds(count)
        case "m": span = .minutes(count)
        case "h": span = .hours(count)
        case "d": span = .days(count)
        default: return nil
        }
        return range.contains(span) ? span : nil
    }

    static func number(_ text: String, in range: ClosedRange<Int>) -> Int? {
        guard !text.isEmpty, text.utf8.allSatisfy({ (0x30...0x39).contains($0) }), let number = Int(text) else {
            return nil
        }
        return range.contains(number) ? number : nil
    }
}

/// What a kind keeps, and the pace, in one object.
struct PacedSettings: Encodable {
    let settings: any Encodable
    let pace: StoredPace

    func encode(to encoder: any Encoder) throws {
        try settings.encode(to: encoder)
        try pace.encode(to: encoder)
    }
}
