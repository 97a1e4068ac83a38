import Domain

/// How a sandbox is set up. Every default fits Puente's own defaults, so that both find each other out of the box.
package struct SandboxConfiguration: Sendable {
    package var host = "127.0.0.1"
    /// 0 lets the system choose; ``SandboxServer/port`` tells which.
    package var port = 9090
    package var callbacks: [SandboxCallback] = []

    package var appID = "670843887433847"
    package var appSecret = "sandbox-secret"
    package var verifyToken = "sandbox-verify"
    /// The token WhatsApp, HubSpot and the own system accept.
    package var accessToken = "sandbox-token"
    package var wabaID = "102290129340398"
    package var portfolioID = "506914307656634"
    package var numbers = [SandboxNumber()]

    /// HubSpot's client secret, with which its webhooks are signed.
    package var hubSpotSecret = "sandbox-secret"
    /// What HubSpot knows the app by, where it uses OAuth; its secret is ``hubSpotSecret``.
    package var hubSpotClientID = "5a4d8e2c-0b1f-4c63-9e77-3f2a1d6b8c90"
    /// The refresh token of the account where the app is installed from the start.
    package var hubSpotRefreshToken = "sandbox-refresh"
    package var portalID: Int64 = 62515
    /// The app whose writes HubSpot's webhooks name as their source.
    package var hubSpotAppID: Int64 = 54321
    /// How long HubSpot's search takes to see a change.
    package var searchIndexDelay: Duration = .seconds(2)
    /// What Zoho's accounts server knows the app by; its refresh token is ``accessToken``.
    package var zohoClientID = "1000.SANDBOX"
    package var zohoClientSecret = "sandbox-secret"
    /// Standard Webhooks secret of the own system, for both directions: `whsec_` and base64 of
    /// `sandbox-own-system-secret`.
    package var ownSystemSecret = "whsec_c2FuZGJveC1vd24tc3lzdGVtLXNlY3JldA=="

    package var salesforce = Salesforce()

    /// Whether the vendors' rate limits are in force at the start.
    package var enforcesVendorLimits = true
    /// Customers who write by themselves; 0: none.
    package var customers = 0
    /// The mean wait between two messages of one simulated customer.
    package var customerPace: Duration = .seconds(12)
    /// For everything left to chance: the same seed gives the same customers and the same faults.
    package var seed: UInt64 = 20_250_101

    package var statuses = Statuses()
    package var templates = Templates()
    package var webhooks = Webhooks()
    package var bounds = Bounds()
    package var odoo = Odoo()

    package init() {}
}

extension SandboxConfiguration {
    /// When the statuses of a message come, counted from its acceptance (sent) or from the status before.
    package struct Statuses: Sendable {
        package var sent: ClosedRange<Duration> = .milliseconds(60) ... .milliseconds(250)
        package var delivered: ClosedRange<Duration> = .milliseconds(150) ... .milliseconds(900)
        package var read: ClosedRange<Duration> = .seconds(1) ... .seconds(6)
        /// From 0 to 1: how many customers have read receipts on.
        package var readShare = 0.8
        /// `v23.0` and older carry `conversation`; from `v24.0` on it is left out.
        package var webhookVersion = 24
        /// Where a free-form message outside the 24-hour window is refused: by a failed status, as Meta mostly does,
        /// or in the answer.
        package var refusesClosedWindowInAnswer = false
        /// Whether `failed` statuses carry `contacts`. Vendors write that they do not; a widely used client needs them.
        package var failedCarryContacts = false

        package init() {}
    }

    package struct Templates: Sendable {
        package var reviewTakes: Duration = .seconds(2)

        package init() {}
    }

    package struct Webhooks: Sendable {
        /// Connections kept open to each callback.
        package var connections = 16
        /// Updates that may travel in one POST when more wait than there are connections; Meta's own limit is 1,000.
        package var updatesPerPost = 20
        /// Updates that may wait per callback.
        package var queueCapacity = 200_000
        /// Waits before the second, third, … attempt; the last one repeats.
        package var retryDelays: [Duration] = [
            .zero, .seconds(1), .seconds(2), .seconds(4), .seconds(8), .seconds(15), .seconds(30), .seconds(60),
        ]

        package init() {}
    }

    /// What is kept at most; the oldest goes first.
    package struct Bounds: Sendable {
        package var customers = 200_000
        package var sentMessages = 500_000
        package var crmRecords = 2_000_000
        package var ownItems = 1_000_000
        package var mediaBytes = 512 << 20

        package init() {}
    }
}
