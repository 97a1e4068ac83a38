import Domain
import Synchronization

/// `/sandbox/crm/hubspot/{codes|tokens|app}`: what people and time do to an app with OAuth.
extension Controls {
    /// - Parameter call: its path begins behind `hubspot`.
    func hubSpotApp(_ call: Call) throws(ControlError) -> Answer {
        let now = world.clock.now.milliseconds
        switch (call.method, call.segments.first) {
        case (.post, "codes"):
            guard let url = try Self.body(call)["redirect_uri"]?.text, !url.isEmpty else {
                throw ControlError("'redirect_uri' is where the code is sent to.")
            }
            let code = world.hubSpot.state.withLock { state in state.tokens.code(for: url, at: now) }
            return .json(["code": JSON(code)], status: 201)
        case (.delete, "tokens"):
            world.hubSpot.state.withLock { state in state.tokens.endAccess(at: now) }
            return .noContent
        case (.delete, "app"):
            world.hubSpot.state.withLock { state in state.tokens.uninstall(at: now) }
            return .noContent
        default: throw ControlError("POST codes, DELETE tokens or DELETE app.", status: 405)
        }
    }
}
