package import Domain

/// What a row of the editor is about.
struct RowSubject {
    let about: SegmentSubject
    /// The id of a field, a state, a purpose.
    let of: String?
    let kind: FieldKind?

    /// - Parameter text: as the form says it; nil for what no form of ours says.
    init?(_ text: String, _ vocabulary: SegmentVocabulary) {
        let parts = text.split(separator: ":", maxSplits: 1).map(String.init)
        guard let first = parts.first, let about = SegmentSubject(rawValue: first) else { return nil }
        self.about = about
        of = parts.count == 2 ? parts[1] : nil
        kind = vocabulary.field(text)?.kind
        if about == .field, kind == nil { return nil }
    }

    var tests: [SegmentTest] { about.tests(kind: kind) }
}

extension SegmentDraft.Row {
    /// A row of a condition that was saved.
    init(_ condition: SegmentCondition, _ vocabulary: SegmentVocabulary) {
        let words = condition.words
        let value = words.value ?? ""
        switch words.about {
        case .label: self.init(subject: "label", test: words.test, value: words.of ?? "")
        case .field:
            self.init(
                subject: "field:\(words.of ?? "")", test: words.test,
                value: words.kind == .number ? vocabulary.written(value) : value)
        case .state, .consent: self.init(subject: "\(words.about.rawValue):\(words.of ?? "")", test: words.test)
        case .name, .phone, .numberKind, .unreachable, .email, .language, .reach, .activity, .created, .source:
            self.init(subject: words.about.rawValue, test: words.test, value: value)
        }
    }

    /// The condition in words; nil while the row is about nothing that there is.
    func words(_ vocabulary: SegmentVocabulary) -> SegmentCondition.Words? {
        guard let subject = RowSubject(self.subject, vocabulary) else { return nil }
        if subject.about == .label { return SegmentCondition.Words(.label, of: value, test) }
        return SegmentCondition.Words(subject.about, of: subject.of, kind: subject.kind, test, value)
    }
}

extension SegmentDraft {
    package init(name: String, _ conditions: SegmentConditions, _ vocabulary: SegmentVocabulary) {
        var top = Group(match: conditions.match, rows: [])
        var groups: [Group] = []
        for part in conditions.parts {
            switch part {
            case .condition(let condition): top.rows.append(Row(condition, vocabulary))
            case .group(let match, let conditions):
                groups.append(Group(match: match, rows: conditions.map { Row($0, vocabulary) }))
            }
        }
        self.init(name: name, top: top, groups: groups)
    }

    /// A row to begin with.
    static func firstRow(_ vocabulary: SegmentVocabulary) -> Row {
        guard vocabulary.labels.isEmpty else { return Row(subject: "label", test: .has) }
        return Row(subject: "activity", test: .within, value: "30")
    }
}
