package import Domain

/// Which unrouted entries are shown.
package struct UnroutedFilter: Equatable, Sendable {
    /// Where an entry stands.
    package enum State: String, CaseIterable, Sendable { case open, dismissed, routed }
    /// What it is: a whole body, or one update in it.
    package enum Kind: String, CaseIterable, Sendable { case body, message, status, other }

    package var state: State
    /// Nil: all.
    package var reason: UnroutedReason?
    /// Nil: all.
    package var kind: Kind?

    package init(state: State = .open, reason: UnroutedReason? = nil, kind: Kind? = nil) {
        self.state = state
        self.reason = reason
        self.kind = kind
    }

    package func url(_ path: String = "/unrouted", _ extra: [(String, String?)] = []) -> String {
        QueryText.url(
            path,
            [
                ("state", state == .open ? nil : state.rawValue), ("reason", reason?.rawValue),
                ("kind", kind?.rawValue),
            ] + extra)
    }
}
