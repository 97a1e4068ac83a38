extension SegmentCondition {
    /// A condition in words, as forms and programs write it and the database keeps it.
    package struct Words: Hashable, Codable, Sendable {
        package var about: SegmentSubject
        /// The id of a field or label; a state; a purpose of consent.
        package var of: String?
        /// Of the field.
        package var kind: FieldKind?
        package var test: SegmentTest
        package var value: String?

        package init(
            _ about: SegmentSubject, of: String? = nil, kind: FieldKind? = nil, _ test: SegmentTest,
            _ value: String? = nil
        ) {
            self.about = about
            self.of = of
            self.kind = kind
            self.test = test
            self.value = value
        }

        private enum CodingKeys: String, CodingKey {
            case about, of, kind, value
            case test = "is"
        }
    }

    package var words: Words {
        switch self {
        case .name(let test): Words(.name, test)
        case .email(let test): Words(.email, test)
        case .phone(let prefixes, let isSo):
            Words(.phone, isSo ? .starts : .startsNot, prefixes.map { "+" + $0 }.joined(separator: ", "))
        case .language(nil, let isSo): Words(.language, isSo ? .empty : .filled)
        case .language(let code?, let isSo): Words(.language, isSo ? .equals : .differs, code)
        case .reach(let reach): Words(.reach, reach.test)
        case .numberKind(let kind, let isSo): Words(.numberKind, isSo ? .equals : .differs, kind.code)
        case .unreachable(let isSo): Words(.unreachable, isSo ? .has : .hasNot)
        case .field(let id, let kind, let test): Words(.field, of: "\(id)", kind: kind, test)
        case .number(let id, let test): Words(.field, of: "\(id)", number: test)
        case .date(let id, let test): Words(.field, of: "\(id)", date: test)
        case .label(let id, let isSo): Words(.label, of: "\(id)", isSo ? .has : .hasNot)
        case .state(let state, let isSo): Words(.state, of: state.rawValue, isSo ? .has : .hasNot)
        case .consent(let purpose, let consent): Words(.consent, of: purpose.rawValue, consent.test)
        case .activity(let activity): Words(activity)
        case .created(let age): Words(age)
        case .source(let source, let isSo): Words(.source, isSo ? .equals : .differs, source.rawValue)
        }
    }
}

extension SegmentCondition.Words {
    fileprivate init(
        _ about: SegmentSubject, of: String? = nil, kind: FieldKind? = nil, _ test: SegmentCondition.TextTest
    ) {
        switch test {
        case .contains(let text): self.init(about, of: of, kind: kind, .contains, text)
        case .starts(let text): self.init(about, of: of, kind: kind, .starts, text)
        case .ends(let text): self.init(about, of: of, kind: kind, .ends, text)
        case .equals(let text): self.init(about, of: of, kind: kind, .equals, text)
        case .differs(let text): self.init(about, of: of, kind: kind, .differs, text)
        // With their type named: else they are tests of a text again, and this is called without end.
        case .filled: self.init(about, of: of, kind: kind, SegmentTest.filled)
        case .empty: self.init(about, of: of, kind: kind, SegmentTest.empty)
        }
    }

    fileprivate init(_ about: SegmentSubject, of: String, number test: SegmentCondition.NumberTest) {
        let (word, value): (SegmentTest, Double?) =
            switch test {
            case .equals(let value): (.equals, value)
            case .differs(let value): (.differs, value)
            case .atLeast(let value): (.atLeast, value)
            case .atMost(let value): (.atMost, value)
            case .filled: (.filled, nil)
            case .empty: (.empty, nil)
            }
        self.init(about, of: of, kind: .number, word, value.map(\.written))
    }

    fileprivate init(_ about: SegmentSubject, of: String, date test: SegmentCondition.DateTest) {
        switch test {
        case .on(let date): self.init(about, of: of, kind: .date, .equals, "\(date)")
        case .before(let date): self.init(about, of: of, kind: .date, .before, "\(date)")
        case .after(let date): self.init(about, of: of, kind: .date, .after, "\(date)")
        case .past(let days): self.init(about, of: of, kind: .date, .past, "\(days)")
        case .next(let days): self.init(about, of: of, kind: .date, .next, "\(days)")
        case .filled: self.init(about, of: of, kind: .date, .filled)
        case .empty: self.init(about, of: of, kind: .date, .empty)
        }
    }

    fileprivate init(_ activity: SegmentCondition.Activity) {
        switch activity {
        case .within(let days): self.init(.activity, .within, "\(days)")
        case .silent(let days): self.init(.activity, .silent, "\(days)")
        case .never: self.init(.activity, .never)
        case .open: self.init(.activity, .open)
        case .noneOpen: self.init(.activity, .noneOpen)
        }
    }

    fileprivate init(_ age: SegmentCondition.Age) {
        switch age {
        case .within(let days): self.init(.created, .within, "\(days)")
        case .longer(let days): self.init(.created, .longer, "\(days)")
        case .before(let date): self.init(.created, .before, "\(date)")
        case .since(let date): self.init(.created, .since, "\(date)")
        }
    }
}

extension SegmentCondition.Reach {
    fileprivate var test: SegmentTest {
        switch self {
        case .phone: .phone
        case .userIDOnly: .userIDOnly
        case .nothing: .nothing
        }
    }
}

extension SegmentCondition.Consent {
    fileprivate var test: SegmentTest {
        switch self {
        case .granted: .granted
        case .double: .double
        case .single: .single
        case .withdrawn: .withdrawn
        case .unknown: .unknown
        case .notGranted: .notGranted
        }
    }
}

extension Double {
    /// `1234.5`, `12` rather than `12.0`, and `0.00001` rather than `1e-05`, which no reader of numbers takes.
    package var written: String {
        Int64(exactly: self).map(String.init) ?? Self.withoutPower(description)
    }

    /// - Parameter text: `-1.25e-07` of a number that is no whole one.
    private static func withoutPower(_ text: String) -> String {
        let parts = text.split(separator: "e")
        guard parts.count == 2, let power = Int(parts[1]), power < 0 else { return text }
        let digits = parts[0].filter(\.isNumber)
        return (text.hasPrefix("-") ? "-0." : "0.") + String(repeating: "0", count: -power - 1) + digits
    }
}
