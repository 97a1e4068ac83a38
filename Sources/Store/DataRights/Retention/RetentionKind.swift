import Domain

/// Kinds of data that go when their time is over. The raw value is what settings, the API and puente.yaml say.
package enum RetentionKind: String, Codable, CaseIterable, Sendable {
    /// Webhooks as they came. They belong to the installation, so puente.yaml alone says how long.
    case rawBodies = "raw_bodies"
    case messages
    /// Files of messages; the messages stay, and say that there was one.
    case media
    /// Contacts with whom nothing happened for so long, with everything about them.
    case contacts
    /// Who saw, changed and exported what, and what changes wrote.
    case audit
    /// Rows of imported lists, as they were judged.
    case imports
}

extension RetentionKind {
    /// In days; what a rule may say.
    package var range: ClosedRange<Int> {
        switch self {
        case .rawBodies, .imports, .media: 1...3650
        case .messages: 7...3650
        // Shorter, and regular customers would be forgotten between two orders.
        case .contacts: 90...3650
        case .audit: 30...3650
        }
    }

    /// Whether it may be kept for ever.
    package var mayStay: Bool {
        switch self {
        case .messages, .media, .contacts: true
        case .rawBodies, .audit, .imports: false
        }
    }
}

/// What a company says in the console about how long its data is kept.
package struct RetentionRules: Equatable, Codable, Sendable {
    /// In days, by kind; what is missing is kept as long as the configuration says.
    package private(set) var days: [String: Int]

    package init(_ days: [RetentionKind: Int] = [:]) {
        self.days = Dictionary(days.map { ($0.key.rawValue, $0.value) }) { $1 }
    }

    package subscript(kind: RetentionKind) -> Int? { days[kind.rawValue] }
}

/// The rules of one company together with those of puente.yaml, which come first.
package struct EffectiveRetention: Equatable, Sendable {
    private let ages: [RetentionKind: Duration]
    private let written: Set<RetentionKind>

    /// Nil where it is kept for ever.
    package func age(of kind: RetentionKind) -> Duration? { ages[kind] }

    /// Whether puente.yaml says it.
    package func isWritten(_ kind: RetentionKind) -> Bool { written.contains(kind) }

    init(_ rules: RetentionRules, under retention: Retention) {
        written = retention.written
        ages = RetentionKind.allCases.reduce(into: [:]) { ages, kind in
            let isSet = kind != .rawBodies && !retention.written.contains(kind)
            ages[kind] = (isSet ? rules[kind].map { .days($0) } : nil) ?? retention.age(of: kind)
        }
    }
}

extension RetentionRules {
    package func under(_ retention: Retention) -> EffectiveRetention {
        EffectiveRetention(self, under: retention)
    }
}

extension Retention {
    /// Nil where it is kept for ever.
    package func age(of kind: RetentionKind) -> Duration? {
        switch kind {
        case .rawBodies: rawBodies
        case .messages: messages
        case .media: media
        case .contacts: contacts
        case .audit: trail
        case .imports: imports
        }
    }
}
