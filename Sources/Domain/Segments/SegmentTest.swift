/// How a condition compares: the word for it in forms, in the API and in the database.
package enum SegmentTest: String, Codable, CaseIterable, Sendable {
    case contains, starts, ends, filled, empty, has, before, after, since, granted, double, single, withdrawn, unknown
    case within, silent, longer, past, next, never, open, phone, nothing
    case equals = "is"
    case differs = "is_not"
    case startsNot = "starts_not"
    case atLeast = "at_least"
    case atMost = "at_most"
    case hasNot = "has_not"
    case notGranted = "not_granted"
    case noneOpen = "none_open"
    case userIDOnly = "user_id_only"

    /// What must stand behind the word.
    package enum Value: Sendable {
        case nothing, text, number, date, days, choice, yesNo, language, prefixes, source, numberKind
    }

    package func value(of about: SegmentSubject, kind: FieldKind?) -> Value {
        switch self {
        case .contains, .ends: .text
        case .starts: about == .phone ? .prefixes : .text
        case .startsNot: .prefixes
        case .within, .silent, .longer, .past, .next: .days
        case .before, .after, .since: .date
        case .atLeast, .atMost: .number
        case .equals, .differs: Self.compared(about, kind: kind)
        case .filled, .empty, .has, .hasNot, .granted, .double, .single, .withdrawn, .unknown, .notGranted, .never,
            .open, .noneOpen, .phone, .nothing, .userIDOnly:
            .nothing
        }
    }

    private static func compared(_ about: SegmentSubject, kind: FieldKind?) -> Value {
        switch about {
        case .language: .language
        case .source: .source
        case .numberKind: .numberKind
        case .field:
            switch kind {
            case .number: .number
            case .date: .date
            case .choice: .choice
            case .yesNo: .yesNo
            case .text, nil: .text
            }
        case .name, .email, .phone, .reach, .unreachable, .label, .state, .consent, .activity, .created: .text
        }
    }
}

/// What a condition is about.
package enum SegmentSubject: String, Codable, CaseIterable, Sendable {
    case name, phone, email, language, reach, unreachable, field, label, state, consent, activity, created, source
    case numberKind = "number_kind"

    /// The comparisons that make sense, the usual one first.
    /// - Parameter kind: of the field.
    package func tests(kind: FieldKind? = nil) -> [SegmentTest] {
        switch self {
        case .name: [.contains, .starts, .equals, .differs, .filled, .empty]
        case .phone: [.starts, .startsNot]
        case .email: [.contains, .ends, .starts, .equals, .filled, .empty]
        case .language: [.equals, .differs, .filled, .empty]
        case .reach: [.phone, .userIDOnly, .nothing]
        case .field: Self.tests(ofFieldOf: kind ?? .text)
        case .label, .state, .unreachable: [.has, .hasNot]
        case .consent: [.granted, .double, .single, .notGranted, .withdrawn, .unknown]
        case .activity: [.within, .silent, .never, .open, .noneOpen]
        case .created: [.within, .longer, .since, .before]
        case .source, .numberKind: [.equals, .differs]
        }
    }

    private static func tests(ofFieldOf kind: FieldKind) -> [SegmentTest] {
        switch kind {
        case .text: [.contains, .starts, .equals, .differs, .filled, .empty]
        case .number: [.equals, .differs, .atLeast, .atMost, .filled, .empty]
        case .date: [.equals, .before, .after, .past, .next, .filled, .empty]
        case .choice: [.equals, .differs, .filled, .empty]
        case .yesNo: [.equals, .differs, .filled, .empty]
        }
    }
}
