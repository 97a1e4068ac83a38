internal import Domain
internal import Store

/// The state of an import as a pill.
package struct ImportStateView: Sendable {
    package let label: String
    package let icon: String
    package let isDone: Bool
    package let isFailed: Bool
    package let isWaiting: Bool

    init(_ facts: ImportFacts, in context: PageContext) {
        let key = Self.key(facts)
        label = context.words("imports.state.\(key)")
        switch key {
        case "done":
            (icon, isDone, isFailed, isWaiting) = ("circle-check", true, false, false)
        case "failed":
            (icon, isDone, isFailed, isWaiting) = ("circle-alert", false, true, false)
        case "checking", "importing", "undoing":
            (icon, isDone, isFailed, isWaiting) = ("loader", false, false, true)
        case "checked", "uploaded":
            (icon, isDone, isFailed, isWaiting) = ("hourglass", false, false, true)
        case "undone":
            (icon, isDone, isFailed, isWaiting) = ("undo-2", false, false, false)
        default:
            (icon, isDone, isFailed, isWaiting) = ("ban", false, false, false)
        }
    }

    private static func key(_ facts: ImportFacts) -> String {
        switch facts.undo {
        case .running: "undoing"
        case .done: "undone"
        case .nothing, .possible, .over: facts.state.rawValue
        }
    }
}

/// Where an import stands on its way: file, columns, report, import.
package struct ImportStepsView: Sendable {
    package enum Step: Int, CaseIterable, Sendable { case file, columns, report, result }

    package struct Item: Sendable {
        package let label: String
        package let isCurrent: Bool
        package let isPast: Bool
    }

    package let items: [Item]

    init(_ current: Step, in context: PageContext) {
        items = Step.allCases.map { step in
            Item(
                label: context.words("imports.step.\(step)"), isCurrent: step == current,
                isPast: step.rawValue < current.rawValue)
        }
    }
}
