package import Domain

/// What is known of the two sides of a merge.
package struct MergeFacts: Sendable {
    package struct Side: Sendable {
        package var person: PersonFacts
        package var handles: [String]
        package var labels: [String]
        package var states: [String]
        /// `granted`, `withdrawn`; nil when nothing is known.
        package var marketing: String?
        package var records: [String]
        package var createdAt: Timestamp
        package var lastInboundAt: Timestamp?
        package var conversations: Int
        package var messages: Int

        package init(
            person: PersonFacts, handles: [String], labels: [String] = [], states: [String] = [],
            marketing: String? = nil, records: [String] = [], createdAt: Timestamp, lastInboundAt: Timestamp? = nil,
            conversations: Int = 0, messages: Int = 0
        ) {
            self.person = person
            self.handles = handles
            self.labels = labels
            self.states = states
            self.marketing = marketing
            self.records = records
            self.createdAt = createdAt
            self.lastInboundAt = lastInboundAt
            self.conversations = conversations
            self.messages = messages
        }
    }

    /// A value that both may have and of which one stays.
    package struct Value: Sendable {
        /// As forms name it: `column.name`, `field.01H…`.
        package var field: String
        package var label: LocalizedText
        package var a: String
        package var b: String
        /// Of one of the company's own fields, whose values are as they are kept.
        package var kind: FieldKind?

        package init(field: String, label: LocalizedText, a: String, b: String, kind: FieldKind? = nil) {
            self.field = field
            self.label = label
            self.a = a
            self.b = b
            self.kind = kind
        }
    }

    package var a: Side
    package var b: Side
    package var values: [Value]
    package var score: Int?
    package var reasons: [DuplicateReason]
    /// CRMs in which each has a record.
    package var conflictingCRMs: [String]

    package init(
        a: Side, b: Side, values: [Value], score: Int? = nil, reasons: [DuplicateReason] = [],
        conflictingCRMs: [String] = []
    ) {
        self.a = a
        self.b = b
        self.values = values
        self.score = score
        self.reasons = reasons
        self.conflictingCRMs = conflictingCRMs
    }
}

/// Two contacts side by side, field by field, before they become one.
package struct MergePage: Page {
    package static let template = "duplicates/merge"

    package struct Side: Sendable {
        package let view: DuplicateView.Side
        package let isStaying: Bool
        package let facts: [Line]
    }

    package struct Line: Sendable {
        package let label: String
        package let values: [String]
    }

    package struct Value: Sendable {
        package let field: String
        package let label: String
        /// Nil where there is nothing.
        package let a: String?
        package let b: String?
        /// There is something to choose between.
        package let isChoice: Bool
        package let isBChosen: Bool
        package let isNote: Bool
        package let isBothChosen: Bool
    }

    package struct Together: Sendable {
        package let label: String
        package let values: [String]
        package let hint: String?
    }

    package let title: String
    package let tabs: ContactsTabs
    package let a: Side
    package let b: Side
    package let values: [Value]
    package let together: [Together]
    /// "72 % sure"; nil for two that somebody chose.
    package let score: String?
    package let sureness: String
    package let reasons: [DuplicateView.Reason]
    package let warnings: [String]
    package let mergeURL: String
    package let dismissURL: String
    package let error: String?
    package let notice: OutcomeNotice?

    /// - Parameters:
    ///   - winner: who stays unless somebody says otherwise.
    ///   - choices: what a form that came back had chosen, by the names of its fields; the value is `a`, `b` or `both`.
    package init(
        _ facts: MergeFacts, winner: ContactID, choices: [String: String] = [:], error: LocalizedText? = nil,
        notice: OutcomeNotice? = nil, in context: PageContext
    ) {
        let isBStaying = winner == facts.b.person.id
        self.title = context.words("duplicates.merge.title")
        self.tabs = ContactsTabs(.duplicates, in: context)
        self.a = Side(facts.a, isStaying: !isBStaying, in: context)
        self.b = Side(facts.b, isStaying: isBStaying, in: context)
        self.values = facts.values.map { value in
            Self.value(value, chosen: choices[value.field], isBStaying: isBStaying, in: context)
        }
        self.together = Self.together(facts, in: context)
        self.score = facts.score.map { DuplicateView.score($0, in: context) }
        self.sureness = facts.score.map(DuplicateView.sureness) ?? ""
        self.reasons = facts.reasons.map { DuplicateView.Reason($0, in: context) }
        self.warnings = Self.warnings(facts, in: context)
        let path = Self.url(facts.a.person.id, facts.b.person.id)
        self.mergeURL = path + "/merges"
        self.dismissURL = path + "/dismissals"
        self.error = error?[context.language]
        self.notice = notice
    }

    package static func url(_ a: ContactID, _ b: ContactID) -> String { "/duplicates/\(min(a, b))/\(max(a, b))" }

    private static func value(
        _ value: MergeFacts.Value, chosen: String?, isBStaying: Bool, in context: PageContext
    ) -> Value {
        let (a, b) = (value.a.trimmedOfSpace, value.b.trimmedOfSpace)
        let isNote = value.field == "column.note"
        let usual = b.isEmpty ? "a" : a.isEmpty ? "b" : isNote && a != b ? "both" : isBStaying ? "b" : "a"
        let choice = chosen ?? usual
        let shown = { (text: String) -> String? in
            text.isEmpty ? nil : value.kind.map { FieldText(context.habits).shown(text, $0, in: context) } ?? text
        }
        return Value(
            field: value.field, label: value.label[context.language], a: shown(a), b: shown(b),
            isChoice: a != b,
            isBChosen: choice == "b", isNote: isNote && !a.isEmpty && !b.isEmpty, isBothChosen: choice == "both")
    }

    /// What needs no choice: all of it is the person's afterwards.
    private static func together(_ facts: MergeFacts, in context: PageContext) -> [Together] {
        func line(_ key: String, _ values: [String], hint: String? = nil) -> Together? {
            let values = values.reduce(into: [String]()) { if !$0.contains($1) { $0.append($1) } }
            return values.isEmpty
                ? nil : Together(label: context.words("duplicates.merge.\(key)"), values: values, hint: hint)
        }
        let consents = [facts.a.marketing, facts.b.marketing].compactMap(\.self)
        let consent = consents.contains("withdrawn") ? "withdrawn" : consents.first
        let conversations = facts.a.conversations + facts.b.conversations
        let messages = facts.a.messages + facts.b.messages
        return [
            line("handles", facts.a.handles + facts.b.handles), line("labels", facts.a.labels + facts.b.labels),
            line(
                "states", (facts.a.states + facts.b.states).map { context.words("duplicates.state.\($0.stateKey)") }),
            line(
                "consent", consent.map { [context.words("duplicates.consent.\($0)")] } ?? [],
                hint: Set(consents).count > 1 ? context.words("duplicates.merge.strictest") : nil),
            line("records", facts.a.records + facts.b.records),
            line(
                "conversations",
                conversations == 0
                    ? []
                    : [
                        context.words.count("duplicates.merge.conversationCount", conversations),
                        context.words.count("duplicates.merge.messageCount", messages),
                    ]),
        ].compactMap(\.self)
    }

    private static func warnings(_ facts: MergeFacts, in context: PageContext) -> [String] {
        facts.conflictingCRMs.map { context.words("duplicates.merge.twoRecords", ["crm": $0]) }
    }
}

extension MergePage.Side {
    fileprivate init(_ facts: MergeFacts.Side, isStaying: Bool, in context: PageContext) {
        func line(_ key: String, _ values: [String]) -> MergePage.Line? {
            values.isEmpty ? nil : MergePage.Line(label: context.words("duplicates.merge.\(key)"), values: values)
        }
        self.init(
            view: DuplicateView.Side(facts.person, in: context), isStaying: isStaying,
            facts: [
                line("handles", facts.handles), line("labels", facts.labels),
                line("states", facts.states.map { context.words("duplicates.state.\($0.stateKey)") }),
                line("consent", facts.marketing.map { [context.words("duplicates.consent.\($0)")] } ?? []),
                line("records", facts.records),
                line(
                    "conversations",
                    facts.conversations == 0
                        ? [] : [context.words.count("duplicates.merge.messageCount", facts.messages)]),
                line(
                    "lastWrote",
                    facts.lastInboundAt.map { [MomentText.sentence($0, in: context).short] } ?? []),
                line("since", [MomentText.sentence(facts.createdAt, in: context).short]),
            ].compactMap(\.self))
    }
}

extension String {
    /// `do_not_call` → `doNotCall`.
    fileprivate var stateKey: String { self == "do_not_call" ? "doNotCall" : self }

    fileprivate var trimmedOfSpace: String {
        String(drop(while: \.isWhitespace).reversed().drop(while: \.isWhitespace).reversed())
    }
}
