import Domain
import Store

extension NavigationCounts {
    init(_ summary: NavigationSummary) {
        self.init(
            unreadConversations: summary.unreadConversations.value, deadLetters: summary.deadLetters.value,
            unrouted: summary.unrouted.value, alarms: summary.alarms.count)
    }
}

extension AlarmFacts {
    /// Worst first, the newest of them first.
    static func all(of summary: NavigationSummary) -> [AlarmFacts] {
        let all = summary.alarms.map(AlarmFacts.init)
        return all.filter { $0.severity == .failure } + all.filter { $0.severity == .warning }
    }

    private init(_ alarm: AlarmSummary) {
        switch alarm.kind {
        // Work that waits for a person, as opposed to work that has stopped.
        case "dead_letters_due":
            self.init(severity: .warning, sentence: alarm.text, url: "/dead-letters?view=overdue")
        case Pause.byPerson: self.init(severity: .warning, sentence: alarm.text, url: "/connections")
        default: self.init(severity: .failure, sentence: alarm.text, url: "/connections")
        }
    }
}
