package import Domain

/// The customer-service window: how long free messages are still allowed.
package struct WindowView: Sendable {
    package enum State: Sendable {
        case open
        /// Less than two hours left.
        case closing
        case closed
        /// The customer never wrote.
        case never
    }

    package static let warning: Duration = .hours(2)

    package let state: State
    /// "21 h 14 min"; empty once closed.
    package let left: String
    /// "21 h", or "Window closed": for lists.
    package let brief: String
    package let icon: String
    /// When it ends or ended, in milliseconds since 1970; empty when there is none.
    package let endsAt: String
    /// "Open for 21 h 14 min more, until tomorrow at 09:12."
    package let sentence: String

    package init(ends: Timestamp?, in context: PageContext) {
        let words = context.words
        guard let ends else {
            (state, left, endsAt) = (.never, "", "")
            (brief, icon) = (words("window.closed"), "lock")
            sentence = words("window.never")
            return
        }
        let rest = ends - context.now
        let moment = MomentText.sentence(ends, in: context).short
        self.endsAt = String(ends.milliseconds)
        guard rest > .zero else {
            (state, left) = (.closed, "")
            (brief, icon) = (words("window.closed"), "lock")
            sentence = words("window.closedSince", ["when": moment])
            return
        }
        self.left = context.formats.span(milliseconds: rest.wholeMilliseconds)
        self.brief = context.formats.roundedSpan(milliseconds: rest.wholeMilliseconds)
        self.icon = "clock"
        self.state = rest < Self.warning ? .closing : .open
        self.sentence = words("window.openUntil", ["left": left, "when": moment])
    }
}
