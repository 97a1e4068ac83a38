import Domain

/// "May I write to this person now, with this template?" – and why not.
package struct VerdictView: Sendable {
    package struct Choice: Sendable {
        package let id: String
        package let label: String
        package let isSelected: Bool
    }

    package struct Answer: Sendable {
        package let label: String
        package let isAllowed: Bool
        package let icon: String
        package let tone: String
        package let sentence: String
    }

    package let numbers: [Choice]
    package let hasNumbers: Bool
    package let templates: [Choice]
    package let hasTemplates: Bool
    /// Of the chosen template, or of a free-form answer when none is chosen.
    package let chosen: Answer
    /// A free-form answer, then every template.
    package let all: [Answer]
    package let allLabel: String

    init(_ facts: VerdictFacts, selected: TemplateID?, in context: PageContext) {
        self.numbers = facts.numbers.map {
            Choice(id: $0.id.description, label: $0.name, isSelected: $0.id == facts.number)
        }
        self.hasNumbers = facts.numbers.count > 1
        self.templates = facts.templates.map {
            Choice(id: $0.id.description, label: Self.label(of: $0, in: context), isSelected: $0.id == selected)
        }
        self.hasTemplates = !facts.templates.isEmpty
        let free = Self.answer(context.words("consent.may.answer"), facts.answer, facts, in: context)
        let answers = facts.templates.map {
            ($0.id, Self.answer(Self.label(of: $0, in: context), $0.refusal, facts, in: context))
        }
        self.chosen = answers.first { $0.0 == selected }?.1 ?? free
        self.all = [free] + answers.map(\.1)
        let allowed = answers.count(where: \.1.isAllowed)
        self.allLabel = context.words(
            "consent.may.all", ["allowed": "\(allowed)", "count": "\(answers.count)"])
    }

    private static func label(of template: VerdictFacts.Template, in context: PageContext) -> String {
        let category =
            context.words.optional("template.category.\(template.category.lowercased())") ?? template.category
        return "\(template.name) · \(template.language) · \(category)"
    }

    private static func answer(
        _ label: String, _ refusal: SendRefusal?, _ facts: VerdictFacts, in context: PageContext
    ) -> Answer {
        switch refusal {
        case nil:
            Answer(
                label: label, isAllowed: true, icon: "circle-check", tone: "is-done",
                sentence: context.words("consent.may.yes"))
        case .senderNotNamed:
            // A free-form answer that was not written yet: what it must say can still be said.
            Answer(
                label: label, isAllowed: true, icon: "circle-check", tone: "is-done",
                sentence: facts.senderLine.map { context.words("consent.may.yesAdding", ["line": $0]) }
                    ?? context.words("consent.may.yesNaming", ["name": facts.sender.shown]))
        case .some(let refusal):
            Answer(
                label: label, isAllowed: false, icon: "ban", tone: "is-failure",
                sentence: refusal.sentence(naming: facts.sender)[context.language])
        }
    }
}
