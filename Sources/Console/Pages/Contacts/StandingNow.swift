package import Domain

/// What a label, a field, a segment, a rule or a webhook says now that somebody changed it while its form was open. It
/// stands beside what was written, so that nobody saves over it unseen.
package struct StandingNow: Sendable {
    /// Whose change it was; nil where that is not known any more.
    package struct Author: Sendable {
        package var name: String
        package var at: Timestamp

        package init(name: String, at: Timestamp) {
            self.name = name
            self.at = at
        }
    }

    package struct Line: Sendable {
        package let label: String
        package let text: String
    }

    package let lead: String
    package let lines: [Line]

    private init(_ lines: [Line], by author: Author?, in context: PageContext) {
        self.lines = lines
        lead =
            if let author {
                context.words(
                    "people.now.leadBy",
                    ["actor": author.name, "time": MomentText.sentence(author.at, in: context).short])
            } else {
                context.words("people.now.lead")
            }
    }

    private static func name(_ name: String, in context: PageContext) -> Line {
        Line(label: context.words("people.name"), text: name)
    }

    private static func conditions(
        _ conditions: SegmentConditions, _ vocabulary: SegmentVocabulary, in context: PageContext
    ) -> Line {
        Line(
            label: context.words("people.segments.conditions"),
            text: ConditionWords(context: context, vocabulary: vocabulary).sentence(conditions))
    }

    static func label(_ label: LabelFacts, by author: Author?, in context: PageContext) -> StandingNow {
        let color = Line(
            label: context.words("people.labels.colorLabel"),
            text: context.words("people.labels.color.\(label.color.rawValue)"))
        return StandingNow([name(label.name, in: context), color], by: author, in: context)
    }

    static func field(_ field: FieldFacts, by author: Author?, in context: PageContext) -> StandingNow {
        var lines = [name(field.name, in: context)]
        if field.kind == .choice {
            lines.append(
                Line(
                    label: context.words("people.fields.choices"), text: field.choices.joined(separator: "; ")))
        }
        return StandingNow(lines, by: author, in: context)
    }

    static func webhook(_ webhook: WebhookFacts, in context: PageContext) -> StandingNow {
        let types = webhook.types.map { context.words("webhooks.type.\($0.word)") }
        return StandingNow(
            [
                Line(label: context.words("webhooks.url"), text: webhook.url),
                Line(label: context.words("webhooks.description"), text: webhook.description),
                Line(label: context.words("webhooks.types"), text: types.joined(separator: "; ")),
            ], by: nil, in: context)
    }

    package static func segment(
        _ segment: SegmentFacts, _ vocabulary: SegmentVocabulary, by author: Author?, in context: PageContext
    ) -> StandingNow {
        StandingNow(
            [name(segment.name, in: context), conditions(segment.conditions, vocabulary, in: context)], by: author,
            in: context)
    }

    package static func rule(
        _ rule: LabelRuleFacts, _ vocabulary: SegmentVocabulary, by author: Author?, in context: PageContext
    ) -> StandingNow {
        func said(_ key: String, _ isSo: Bool) -> Line {
            Line(label: context.words(key), text: context.words("people.yesNo.\(isSo ? "yes" : "no")"))
        }
        let label = vocabulary.labels.first { $0.id == rule.label }?.name
        return StandingNow(
            [
                name(rule.name, in: context),
                Line(
                    label: context.words("people.labelRules.label"),
                    text: label ?? context.words("people.segments.gone")),
                conditions(rule.conditions, vocabulary, in: context),
                said("people.labelRules.takesOff", rule.takesOff), said("people.labelRules.on", rule.isOn),
            ], by: author, in: context)
    }
}
