import Domain
import Store

/// What every page shows beside its places, and what follows when it changes.
struct PageFigures: Equatable, Sendable {
    let unread: ListCount
    let deadLetters: ListCount
    let unrouted: ListCount
    let alarms: [AlarmSummary]
    let standing: [StandingAlarm]
    let isHeld: Bool
    let conflicts: [OpenConflicts]
    let newestSyncChange: SyncChangeID?

    init(_ summary: NavigationSummary, standing: [StandingAlarm]) {
        unread = summary.unreadConversations
        deadLetters = summary.deadLetters
        unrouted = summary.unrouted
        alarms = summary.alarms
        self.standing = standing
        isHeld = summary.isHeld
        conflicts = summary.conflicts
        newestSyncChange = summary.newestSyncChange
    }

    /// The events that tell it; against nothing known, all of them: nobody can say what came after a page was drawn.
    func changes(since old: PageFigures?) -> Set<String> {
        guard let old else { return ["counts", "dead-letters", "unrouted", "alarms", "connections", "sync"] }
        guard self != old else { return [] }
        var names: Set<String> = ["counts"]
        if newestSyncChange != old.newestSyncChange { names.insert("sync") }
        if conflicts != old.conflicts { names.formUnion(["alarms", "sync"]) }
        if deadLetters != old.deadLetters { names.insert("dead-letters") }
        if unrouted != old.unrouted { names.insert("unrouted") }
        if alarms != old.alarms || standing != old.standing || isHeld != old.isHeld {
            names.formUnion(["alarms", "connections"])
        }
        return names
    }
}
