/// What the rules of a label do with one contact.
package enum LabelRuleDecision: Hashable, Sendable {
    case nothing
    case putOn(by: LabelRuleID)
    case takeOff(by: LabelRuleID)

    /// How a contact carries a label.
    package enum Carried: Hashable, Sendable {
        case no
        /// Put on by a person, an import or a CRM.
        case byOthers
        case byRule(LabelRuleID)
    }

    /// - Parameters:
    ///   - rules: those of the label that are on, in the order in which they were made.
    ///   - holding: those of them whose conditions hold for the contact.
    ///   - exempt: those of them that somebody overruled for this contact.
    package static func of(
        _ rules: [LabelRule], holding: Set<LabelRuleID>, exempt: Set<LabelRuleID>, carried: Carried
    ) -> LabelRuleDecision {
        switch carried {
        case .byOthers: return .nothing
        case .no:
            let rule = rules.first { holding.contains($0.id) && !exempt.contains($0.id) }
            return rule.map { .putOn(by: $0.id) } ?? .nothing
        case .byRule(let id):
            // As long as any of them holds the label stays, whoever put it on.
            guard holding.isEmpty, let rule = rules.first(where: { $0.id == id }), rule.takesOff else {
                return .nothing
            }
            return .takeOff(by: id)
        }
    }
}
