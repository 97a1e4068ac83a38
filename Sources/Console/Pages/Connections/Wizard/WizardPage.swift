import Domain
import Pipeline

/// Connects a CRM, or gives a connection other credentials: what to click at the vendor, what to paste, tried live, then
/// saved.
package struct WizardPage: Page {
    package static let template = "connections/wizard/page"

    package struct Result: Sendable {
        package let title: String
        package let detail: String
        package let state: String
        package let icon: String
        package let word: String
    }

    package let title: String
    package let vendor: String
    package let lead: String
    package let isNew: Bool
    package let backURL: String
    package let action: String
    package let steps: [WizardStep]
    package let guide: WizardGuide
    package let name: String
    package let nameError: String?
    package let version: String?
    package let fields: [WizardField]
    package let further: [WizardField]
    package let isFurtherOpen: Bool
    /// How fast it is worked.
    package let advanced: [WizardField]
    package let isAdvancedOpen: Bool
    package let error: String?
    /// Above the test: something in the fields is wrong.
    package let hasProblems: Bool
    package let results: [Result]
    package let isTried: Bool
    package let isPassed: Bool
    package let isOn: Bool
    package let switchesURL: String
    package let deletionsURL: String
    package let removeAsk: String

    package init(_ facts: WizardFacts, in context: PageContext) {
        let words = context.words
        let path = facts.connection.map { $0.url() }
        vendor = WizardKind.vendor(facts.kind, in: context)
        isNew = facts.connection == nil
        title = words(isNew ? "wizard.title" : "wizard.changeTitle", ["vendor": vendor])
        lead = words(isNew ? "wizard.lead" : "wizard.changeLead")
        backURL = path ?? "/connections/new"
        action = path.map { $0 + "/credentials" } ?? "/connections/new/\(facts.kind.rawValue)"
        steps = WizardStep.all(facts, in: context)
        guide = WizardGuide(facts, in: context)
        name = facts.name
        nameError = facts.nameProblem?[context.language]
        version = facts.version
        let all = facts.kind.formFields
        let isFurther = facts.kind.furtherFields
        let isAdvanced = Set(facts.kind.advancedFields)
        fields = all.filter { !isFurther.contains($0) && !isAdvanced.contains($0) }.map {
            WizardField($0, facts, in: context)
        }
        advanced = facts.kind.advancedFields.map { WizardField($0, facts, in: context) }
        isAdvancedOpen = advanced.contains { $0.error != nil || !$0.value.isEmpty }
        further = all.filter { isFurther.contains($0) }.map { WizardField($0, facts, in: context) }
        isFurtherOpen = further.contains { $0.error != nil || !$0.value.isEmpty || $0.mayDrop }
        error = facts.isSavedAllTheSame ? words("wizard.savedAllTheSame") : facts.error?[context.language]
        hasProblems = !facts.problems.isEmpty || facts.nameProblem != nil
        results = (facts.trial ?? []).map { Self.result($0, in: context) }
        isTried = facts.trial != nil
        isPassed = facts.isTried
        isOn = facts.isOn
        switchesURL = (path ?? "") + "/switches"
        deletionsURL = (path ?? "") + "/deletions"
        removeAsk = words("wizard.removeAsk", ["name": facts.name])
    }

    static func result(_ step: ConnectionTrialStep, in context: PageContext) -> Result {
        let icon =
            switch step.state {
            case .passed: "circle-check"
            case .warned: "triangle-alert"
            case .failed: "circle-x"
            }
        return Result(
            title: step.title[context.language], detail: step.detail[context.language], state: step.state.rawValue,
            icon: icon, word: context.words("connections.check.\(step.state.rawValue)"))
    }
}
