import CRM
package import Domain

/// One step of what was tried with an account before it is kept.
package struct ConnectionTrialStep: Equatable, Sendable {
    package enum State: String, Sendable { case passed, warned, failed }

    package let title: LocalizedText
    package let state: State
    /// What was found; of a step that failed, the cause and what to do.
    package let detail: LocalizedText

    package init(title: LocalizedText, state: State, detail: LocalizedText) {
        self.title = title
        self.state = state
        self.detail = detail
    }
}

extension ConnectionTrialStep {
    init(_ step: CheckStep) {
        switch step.outcome {
        case .passed(let found): self.init(title: step.title, state: .passed, detail: found)
        case .noted(let text): self.init(title: step.title, state: .warned, detail: text)
        case .failed(let cause, let remedy):
            self.init(title: step.title, state: .failed, detail: LocalizedText(cause, then: remedy))
        }
    }
}
