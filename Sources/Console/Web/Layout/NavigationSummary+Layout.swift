import Domain
import Store

extension NavigationCounts {
    init(_ summary: NavigationSummary, standing: [StandingAlarm]) {
        self.init(
            unreadConversations: summary.unreadConversations.value, deadLetters: summary.deadLetters.value,
            unrouted: summary.unrouted.value, alarms: summary.alarms.count + standing.count + summary.conflicts.count)
    }
}

extension AlarmFacts {
    /// Worst first: what stops this process, then the newest.
    static func all(of summary: NavigationSummary, standing: [StandingAlarm]) -> [AlarmFacts] {
        let all =
            standing.map(AlarmFacts.init) + summary.alarms.map(AlarmFacts.init)
            + summary.conflicts.map(AlarmFacts.init)
        return all.filter { $0.severity == .failure } + all.filter { $0.severity == .warning }
    }

    /// Both sides go on with what they say until somebody decides.
    private init(_ conflicts: OpenConflicts) {
        let crm = CRMName.shown(conflicts.name, kind: conflicts.kind)
        let count = "\(conflicts.count.value)" + (conflicts.count.isMore ? "+" : "")
        let isOne = conflicts.count.value == 1
        self.init(
            severity: .warning,
            sentence: LocalizedText(
                en: isOne
                    ? "1 field says different things in Puente and \(crm). Decide which is right."
                    : "\(count) fields say different things in Puente and \(crm). Decide which are right.",
                es: isOne
                    ? "1 campo dice cosas distintas en Puente y en \(crm). Decida cuál es correcta."
                    : "\(count) campos dicen cosas distintas en Puente y en \(crm). Decida cuáles son correctas."),
            url: "/connections/\(conflicts.name)/conflicts")
    }

    private init(_ alarm: AlarmSummary) {
        switch alarm.kind {
        // Work that waits for a person, as opposed to work that has stopped.
        case "dead_letters_due":
            self.init(severity: .warning, sentence: alarm.text, url: "/dead-letters?view=overdue")
        // What waits for it leaves by itself.
        case "portfolio_limit":
            self.init(severity: .warning, sentence: alarm.text, url: "/connections#numbers-title")
        case RestoreHold.alarmKind:
            self.init(severity: .failure, sentence: alarm.text, url: "/connections#hold-title")
        case AccountAlarm.kind:
            self.init(severity: .failure, sentence: alarm.text, url: "/connections#news-title")
        case AwayAlarm.kind:
            self.init(
                severity: .failure, sentence: alarm.text, url: Self.card(of: alarm.subject), since: alarm.raisedAt)
        // Nothing stands still yet.
        case PushAlarm.kind, CredentialAlarm.kind, FieldAlarm.kind:
            self.init(severity: .warning, sentence: alarm.text, url: Self.card(of: alarm.subject))
        case WebhookAlarm.kind:
            self.init(severity: .warning, sentence: alarm.text, url: "/hooks/\(alarm.subject)")
        case Pause.byPerson: self.init(severity: .warning, sentence: alarm.text, url: Self.place(of: alarm.subject))
        default: self.init(severity: .failure, sentence: alarm.text, url: Self.place(of: alarm.subject))
        }
    }

    /// Of the number or CRM whose lane it is.
    private static func card(of subject: String) -> String {
        switch AwayAlarm.lane(of: subject) {
        case .number(let id), .media(let id): "/connections#connection-\(id)"
        case .connection(let id): "/connections#connection-\(id)"
        case .subscriber, .clock, nil: "/connections"
        }
    }

    /// A pause's subject is `SCOPE:KEY`: that of one CRM leads to its card, all others stand with the numbers.
    private static func place(of subject: String) -> String {
        let crm = "\(PauseScope.connection.rawValue):"
        return subject.hasPrefix(crm)
            ? "/connections#connection-\(subject.dropFirst(crm.count))" : "/connections#numbers-title"
    }
}
