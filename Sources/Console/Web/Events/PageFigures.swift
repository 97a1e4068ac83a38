import Domain
import Store

/// What every page shows beside its places, and what follows when it changes.
struct PageFigures: Equatable, Sendable {
    let unread: ListCount
    let deadLetters: ListCount
    let unrouted: ListCount
    let alarms: [AlarmID]
    let isHeld: Bool

    init(_ summary: NavigationSummary) {
        unread = summary.unreadConversations
        deadLetters = summary.deadLetters
        unrouted = summary.unrouted
        alarms = summary.alarms.map(\.id)
        isHeld = summary.isHeld
    }

    /// The events that tell it; against nothing known, the counts alone: pages were drawn a moment ago.
    func changes(since old: PageFigures?) -> Set<String> {
        guard let old else { return ["counts"] }
        guard self != old else { return [] }
        var names: Set<String> = ["counts"]
        if deadLetters != old.deadLetters { names.insert("dead-letters") }
        if unrouted != old.unrouted { names.insert("unrouted") }
        if alarms != old.alarms || isHeld != old.isHeld { names.formUnion(["alarms", "connections"]) }
        return names
    }
}
