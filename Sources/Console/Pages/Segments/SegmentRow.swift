package import Domain

/// A condition in the editor: what it is about, how it compares, with what.
package struct SegmentRow: Sendable {
    package struct Option: Sendable {
        package let value: String
        package let label: String
        package let isChosen: Bool
    }

    package struct OptionGroup: Sendable {
        package let label: String
        package let options: [Option]
    }

    /// How the value is written.
    package enum Control: Sendable {
        case nothing
        case text
        case days
        case date
        case choice
    }

    /// Of the elements: `0-2`.
    package let key: String
    /// As the form's fields name it: `0.2`.
    package let place: String
    package let subjects: [OptionGroup]
    package let tests: [Option]
    package let control: Control
    package let value: String
    package let options: [Option]
    package let hint: String?
    package let error: String?
    package let isNew: Bool
    /// "Condition 3", for who cannot see where it stands.
    package let label: String

    init(
        _ row: SegmentDraft.Row, group: Int, index: Int, _ vocabulary: SegmentVocabulary, in context: PageContext
    ) {
        let words = ConditionWords(context: context, vocabulary: vocabulary)
        let subject = RowSubject(row.subject, vocabulary)
        let about = subject?.about ?? .name
        self.key = "\(group)-\(index)"
        self.place = "\(group).\(index)"
        self.subjects = Self.subjects(row.subject, vocabulary, words)
        self.tests = (subject?.tests ?? []).map {
            Option(value: $0.rawValue, label: words.test($0, of: about), isChosen: $0 == row.test)
        }
        let kind = about == .label ? SegmentTest.Value.choice : row.test.value(of: about, kind: subject?.kind)
        self.control = Self.control(kind)
        self.value = row.value
        self.options = Self.options(kind, row, about, vocabulary, context)
        self.hint = Self.hint(kind, in: context)
        self.error = row.error?[context.language]
        self.isNew = row.isNew
        self.label = context.words("people.segments.condition", ["number": "\(index + 1)"])
    }

    private static func control(_ value: SegmentTest.Value) -> Control {
        switch value {
        case .nothing: .nothing
        case .text, .number, .language, .prefixes: .text
        case .date: .date
        case .days: .days
        case .choice, .yesNo, .source, .numberKind: .choice
        }
    }

    private static func hint(_ value: SegmentTest.Value, in context: PageContext) -> String? {
        switch value {
        case .prefixes: context.words("people.segments.hint.prefixes")
        case .language: context.words("people.segments.hint.language")
        case .nothing, .text, .number, .date, .days, .choice, .yesNo, .source, .numberKind: nil
        }
    }

    private static func options(
        _ value: SegmentTest.Value, _ row: SegmentDraft.Row, _ about: SegmentSubject,
        _ vocabulary: SegmentVocabulary, _ context: PageContext
    ) -> [Option] {
        let pairs: [(String, String)] =
            switch value {
            case .choice where about == .label: vocabulary.labels.map { ("\($0.id)", $0.name) }
            case .choice: (vocabulary.field(row.subject)?.choices ?? []).map { ($0, $0) }
            case .yesNo: ["yes", "no"].map { ($0, context.words("people.yesNo.\($0)")) }
            case .source:
                SegmentCondition.Source.allCases.map {
                    ($0.rawValue, context.words("people.segments.source.\($0.rawValue)"))
                }
            case .numberKind: PhoneNumberKind.allCases.map { ($0.code, $0.title[context.language]) }
            case .nothing, .text, .number, .date, .days, .language, .prefixes: []
            }
        let options = pairs.map { Option(value: $0.0, label: $0.1, isChosen: $0.0 == row.value) }
        guard value.isOfList, !options.contains(where: \.isChosen) else { return options }
        // Nobody has chosen yet. Or a label that was deleted, a choice that was renamed: shown, so that saving says what
        // is wrong.
        let first = context.words(row.value.isEmpty ? "people.segments.choose" : "people.segments.gone")
        return [Option(value: row.value, label: first, isChosen: true)] + options
    }

    private static func subjects(
        _ chosen: String, _ vocabulary: SegmentVocabulary, _ words: ConditionWords
    ) -> [OptionGroup] {
        // In a sentence it is the contact that wrote; in a list of what a contact has, nobody would look for it there.
        func title(of subject: String) -> String {
            subject == SegmentSubject.activity.rawValue
                ? words.context.words("people.segments.activity") : words.subject(subject)
        }
        func group(_ name: String, _ subjects: [String]) -> OptionGroup {
            OptionGroup(
                label: words.context.words("people.segments.subjects.\(name)"),
                options: subjects.map { Option(value: $0, label: title(of: $0), isChosen: $0 == chosen) })
        }
        let fields = vocabulary.fields.filter { !$0.isArchived || "field:\($0.id)" == chosen }
        let groups = [
            group("company", ["label"] + fields.map { "field:\($0.id)" }),
            group("states", ContactState.allCases.map { "state:\($0.rawValue)" }),
            group("consent", SegmentCondition.Purpose.allCases.reversed().map { "consent:\($0.rawValue)" }),
            group("activity", ["activity", "created", "source"]),
            group("person", ["name", "phone", "number_kind", "unreachable", "email", "language", "reach"]),
        ]
        guard !groups.contains(where: { $0.options.contains(where: \.isChosen) }) else { return groups }
        let gone = Option(value: chosen, label: words.subject(chosen), isChosen: true)
        return [OptionGroup(label: words.context.words("people.segments.gone"), options: [gone])] + groups
    }
}

extension SegmentTest.Value {
    fileprivate var isOfList: Bool {
        switch self {
        case .choice, .yesNo, .source, .numberKind: true
        case .nothing, .text, .number, .date, .days, .language, .prefixes: false
        }
    }
}
