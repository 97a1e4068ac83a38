import AsyncHTTPClient
import Logging

/// What every courier shares.
struct WebhookParts: Sendable {
    let client: HTTPClient
    let clock: SandboxClock
    let timetable: Timetable
    let settings: SandboxConfiguration.Webhooks
    let logger: Logger
}
