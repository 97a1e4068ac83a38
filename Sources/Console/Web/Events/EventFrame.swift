/// What is written to one open page at once.
package enum EventFrame: Equatable, Sendable {
    case events([String])
    /// Keeps proxies from closing a quiet connection, and finds out about pages that are gone.
    case heartbeat

    /// By the HTML standard, "Server-sent events". An event without data would not be dispatched.
    var text: String {
        switch self {
        case .events(let names): names.map { "event: \($0)\ndata: 1\n\n" }.joined()
        case .heartbeat: ": still here\n\n"
        }
    }
}
