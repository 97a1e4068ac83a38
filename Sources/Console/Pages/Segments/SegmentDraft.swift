package import Domain

/// The editor's form: conditions as they are being written, complete or not.
package struct SegmentDraft: Sendable {
    package struct Row: Sendable {
        /// What it is about, as the form says it: `name`, `field:ID`, `label`, `state:blocked`, `consent:marketing`, …
        package var subject: String
        package var test: SegmentTest
        package var value: String
        package var error: LocalizedText?
        /// A button has just added it: the keyboard goes there.
        package var isNew = false

        package init(subject: String, test: SegmentTest, value: String = "", error: LocalizedText? = nil) {
            self.subject = subject
            self.test = test
            self.value = value
            self.error = error
        }
    }

    package struct Group: Sendable {
        package var match: SegmentConditions.Match
        package var rows: [Row]

        package init(match: SegmentConditions.Match, rows: [Row]) {
            self.match = match
            self.rows = rows
        }
    }

    package var name: String
    package var nameError: LocalizedText?
    /// Of the whole: no row, or too many.
    package var error: LocalizedText?
    package var top: Group
    package var groups: [Group]
    /// Of the segment as the editor showed it; empty for a new one.
    package var version = ""

    package init(name: String = "", top: Group = Group(match: .all, rows: []), groups: [Group] = []) {
        self.name = name
        self.top = top
        self.groups = groups
    }

    /// Whether a row asks for a label or field that is gone.
    func isBroken(_ vocabulary: SegmentVocabulary) -> Bool {
        (top.rows + groups.flatMap(\.rows)).contains { row in
            if row.subject.hasPrefix("field:") { return vocabulary.field(row.subject) == nil }
            guard row.subject == "label", !row.value.isEmpty else { return false }
            return !vocabulary.labels.contains { "\($0.id)" == row.value }
        }
    }

    var count: Int { top.rows.count + groups.reduce(0) { $0 + $1.rows.count } }
}

/// What conditions may speak of: the workspace's labels and fields.
package struct SegmentVocabulary: Sendable {
    package var labels: [LabelFacts]
    /// Also those that were put away: a condition may speak of them.
    package var fields: [FieldFacts]
    /// How the company writes numbers.
    package var habits: WritingHabits

    package init(labels: [LabelFacts], fields: [FieldFacts], habits: WritingHabits) {
        self.labels = labels
        self.fields = fields
        self.habits = habits
    }

    /// What conditions may speak of.
    package var references: SegmentReferences {
        SegmentReferences(labels: Set(labels.map(\.id)), fields: Set(fields.map(\.id)))
    }

    func field(_ subject: String) -> FieldFacts? {
        guard subject.hasPrefix("field:") else { return nil }
        return fields.first { "field:\($0.id)" == subject }
    }

    /// A number as the company writes it.
    func written(_ number: String) -> String {
        habits.decimalMark == .comma ? String(number.map { $0 == "." ? "," : $0 }) : number
    }
}
