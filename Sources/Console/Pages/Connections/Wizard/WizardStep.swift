import Domain

/// One line of the list at the left: where whoever connects a CRM has come to.
package struct WizardStep: Sendable {
    package enum State: String, Sendable { case done, doing, waiting, needsYou, failed }

    package let label: String
    package let anchor: String
    package let state: State
    package let word: String
    package let icon: String
    package let isCurrent: Bool

    private enum Place: String, CaseIterable {
        case choose, vendor, paste, test, save
    }

    static func all(_ facts: WizardFacts, in context: PageContext) -> [WizardStep] {
        let isNew = facts.connection == nil
        return Place.allCases.filter { isNew || $0 != .choose }.map { place in
            let state = state(of: place, facts)
            return WizardStep(
                label: context.words("wizard.step.\(place.rawValue)"),
                anchor: place == .choose ? "/connections/new" : "#\(place.rawValue)", state: state,
                word: context.words("wizard.state.\(state.rawValue)"), icon: icon(of: state),
                isCurrent: state == .doing || state == .needsYou || state == .failed)
        }
    }

    /// Nobody sees what is done at the vendor: that step is over when something was pasted.
    private static func state(of place: Place, _ facts: WizardFacts) -> State {
        switch place {
        case .choose: .done
        case .vendor: facts.trial == nil && !facts.hasProblem && facts.connection == nil ? .doing : .done
        case .paste: facts.hasProblem ? .needsYou : facts.trial == nil ? .waiting : .done
        case .test: facts.isTrialFailed ? .failed : facts.isTried ? .done : .waiting
        case .save: facts.isTried ? .doing : .waiting
        }
    }

    private static func icon(of state: State) -> String {
        switch state {
        case .done: "circle-check"
        case .doing: "chevron-right"
        case .waiting: "circle-dashed"
        case .needsYou: "hand"
        case .failed: "circle-x"
        }
    }
}
