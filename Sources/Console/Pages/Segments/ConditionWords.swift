import Domain

/// Conditions as sentences.
struct ConditionWords {
    let context: PageContext
    let vocabulary: SegmentVocabulary

    /// By themselves: "Label is “VIP” and the contact never wrote". Groups stand in brackets.
    func sentence(_ conditions: SegmentConditions) -> String { text(conditions, hasCapital: true) }

    /// Inside a sentence: "label is “VIP” and the contact never wrote".
    func clause(_ conditions: SegmentConditions) -> String { text(conditions, hasCapital: false) }

    private func text(_ conditions: SegmentConditions, hasCapital: Bool) -> String {
        var isFirst = hasCapital
        func next(_ condition: SegmentCondition) -> String {
            defer { isFirst = false }
            return text(condition, hasCapital: isFirst)
        }
        let parts = conditions.parts.map { part in
            switch part {
            case .condition(let condition): next(condition)
            case .group(let match, let conditions): "(\(joined(conditions.map(next), match)))"
            }
        }
        return joined(parts, conditions.match)
    }

    private func joined(_ sentences: [String], _ match: SegmentConditions.Match) -> String {
        sentences.joined(separator: " \(context.words("people.segments.join.\(match.rawValue)")) ")
    }

    private func text(_ condition: SegmentCondition, hasCapital: Bool) -> String {
        let row = SegmentDraft.Row(condition, vocabulary)
        let words = condition.words
        let name = self.subject(row.subject)
        // The company's own names are written as the company writes them.
        let subject = hasCapital || words.about == .field ? name : name.beginningSmall
        let parts = [subject, test(words.test, of: words.about), value(row, words)]
        return parts.filter { !$0.isEmpty }.joined(separator: " ")
    }

    /// What the row is about, as the editor's list says it.
    func subject(_ text: String) -> String {
        let parts = text.split(separator: ":", maxSplits: 1).map(String.init)
        guard let about = parts.first else { return "" }
        switch (about, parts.count == 2 ? parts[1] : "") {
        case ("field", _): return vocabulary.field(text)?.name ?? context.words("people.segments.gone")
        case ("state", let state): return context.words.optional("people.states.\(Self.key(state))") ?? state
        case ("consent", let purpose): return context.words.optional("people.segments.consent.\(purpose)") ?? purpose
        default: return context.words.optional("people.segments.about.\(Self.key(about))") ?? about
        }
    }

    func test(_ test: SegmentTest, of about: SegmentSubject) -> String {
        let own = context.words.optional("people.segments.testOf.\(Self.key(about.rawValue)).\(test)")
        return own ?? context.words("people.segments.test.\(test)")
    }

    private func value(_ row: SegmentDraft.Row, _ words: SegmentCondition.Words) -> String {
        if words.about == .label {
            guard let label = vocabulary.labels.first(where: { "\($0.id)" == words.of }) else {
                return context.words("people.segments.gone")
            }
            return quoted(label.name)
        }
        switch words.test.value(of: words.about, kind: words.kind) {
        case .nothing: return ""
        case .days: return days(row.value)
        case .yesNo: return context.words("people.yesNo.\(row.value)")
        case .source: return context.words("people.segments.source.\(row.value)")
        case .numberKind: return PhoneNumberKind(code: row.value)?.title[context.language] ?? row.value
        case .text, .choice: return quoted(row.value)
        case .number: return FieldText(vocabulary.habits).shown(words.value ?? "", .number, in: context)
        case .date, .language, .prefixes: return row.value
        }
    }

    private func quoted(_ text: String) -> String {
        context.words("people.segments.quoted", ["text": text])
    }

    private func days(_ text: String) -> String {
        context.words.count("people.segments.days", Int(text) ?? 0)
    }

    /// `do_not_call` is `doNotCall` in the catalogue.
    static func key(_ word: String) -> String {
        let parts = word.split(separator: "_")
        return parts.enumerated().map { $0.offset == 0 ? String($0.element) : $0.element.capitalized }.joined()
    }
}

extension String {
    fileprivate var beginningSmall: String { prefix(1).lowercased() + dropFirst() }
}

extension Substring {
    fileprivate var capitalized: String { prefix(1).uppercased() + dropFirst() }
}
