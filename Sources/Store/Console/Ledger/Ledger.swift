package import Domain

/// Where everything is that was ever received: the sums of all times, kept as facts are written, never counted on
/// reading. What a company looks at when it asks whether anything was lost.
package struct Ledger: Equatable, Sendable {
    /// Webhook bodies of the whole installation: `received = interpreted + waiting + unrouted`.
    package struct Bodies: Equatable, Sendable {
        package var received = 0
        package var interpreted = 0
        package var unrouted = 0
        package var waiting: Int { received - interpreted - unrouted }
    }

    /// Updates of one kind: `received = duplicates + stored + unrouted`. What found no workspace is in every
    /// workspace's ledger.
    package struct Updates: Equatable, Sendable {
        package var received = 0
        package var duplicates = 0
        package var stored = 0
        package var unrouted = 0

        package var isBalanced: Bool { received == duplicates + stored + unrouted }
    }

    /// Messages towards one CRM: `stored = recorded + waiting + dead + notApplicable`.
    package struct Records: Equatable, Sendable {
        package let connection: ConnectionID
        /// Its name in the configuration.
        package let name: String
        /// `hubspot`, `own`, …
        package let kind: String
        package var stored = 0
        package var recorded = 0
        package var dead = 0
        package var notApplicable = 0
        package var waiting: Int { stored - recorded - dead - notApplicable }
    }

    /// Messages of ours: accepted by Meta, failed, and those whose outcome could not be known at first.
    package struct Sends: Equatable, Sendable {
        package var accepted = 0
        package var failed = 0
        package var uncertain = 0
    }

    package var bodies = Bodies()
    package var messages = Updates()
    package var statuses = Updates()
    package var others = Updates()
    package var sends = Sends()
    /// In the order in which the connections were made; disabled ones are among them.
    package var connections: [Records] = []
}
