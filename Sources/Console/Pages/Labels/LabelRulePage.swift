package import Domain

/// A label rule being made or changed.
package struct LabelRulePage: Page {
    package static let template = "label-rules/edit"

    package struct Option: Sendable {
        package let value: String
        package let name: String
        package let isChosen: Bool
    }

    package let title: String
    package let tabs: ContactsTabs
    package let action: String
    /// Of the rule as the form showed it; empty for a new one.
    package let version: String
    package let name: String
    package let nameError: String?
    package let labels: [Option]
    package let hasLabels: Bool
    package let labelError: String?
    package let isOn: Bool
    package let takesOff: Bool
    package let editor: SegmentEditor
    /// After somebody changed it while the form was open.
    package let now: StandingNow?

    /// - Parameter id: nil of a new one.
    package init(
        _ form: LabelRuleForm, id: LabelRuleID?, _ vocabulary: SegmentVocabulary, count: SegmentCount,
        now: StandingNow? = nil, in context: PageContext
    ) {
        self.now = now
        self.title = id == nil ? context.words("people.labelRules.new") : form.segment.name
        self.tabs = ContactsTabs(.labels, in: context)
        self.action = id.map { "/label-rules/\($0)" } ?? "/label-rules"
        self.version = form.segment.version
        self.name = form.segment.name
        self.nameError = form.segment.nameError?[context.language]
        self.labels = Self.options(form.label, vocabulary, in: context)
        self.hasLabels = !vocabulary.labels.isEmpty
        self.labelError = form.labelError?[context.language]
        self.isOn = form.isOn
        self.takesOff = form.takesOff
        self.editor = SegmentEditor(form.segment, vocabulary, count: count, in: context)
    }

    private static func options(
        _ chosen: String, _ vocabulary: SegmentVocabulary, in context: PageContext
    ) -> [Option] {
        let options = vocabulary.labels.map {
            Option(value: $0.id.description, name: $0.name, isChosen: $0.id.description == chosen)
        }
        guard !options.contains(where: \.isChosen) else { return options }
        let first = context.words(chosen.isEmpty ? "people.segments.choose" : "people.segments.gone")
        return [Option(value: "", name: first, isChosen: true)] + options
    }
}
