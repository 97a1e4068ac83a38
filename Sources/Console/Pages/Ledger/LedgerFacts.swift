package import Domain

/// The counters of a span of time, as the ledger keeps them.
package struct LedgerFacts: Sendable {
    /// `received = interpreted + waiting + unrouted`
    package struct Bodies: Sendable {
        package var received: Int
        package var interpreted: Int
        package var waiting: Int
        package var unrouted: Int

        package init(received: Int, interpreted: Int, waiting: Int, unrouted: Int) {
            self.received = received
            self.interpreted = interpreted
            self.waiting = waiting
            self.unrouted = unrouted
        }
    }

    /// `received = stored + duplicates + unrouted`
    package struct Updates: Sendable {
        package var received: Int
        package var stored: Int
        package var duplicates: Int
        package var unrouted: Int

        package init(received: Int, stored: Int, duplicates: Int, unrouted: Int) {
            self.received = received
            self.stored = stored
            self.duplicates = duplicates
            self.unrouted = unrouted
        }
    }

    /// Messages of both directions: `stored = recorded + waiting + dead + not applicable`
    package struct Connection: Sendable {
        package var id: ConnectionID
        package var name: String
        package var stored: Int
        package var recorded: Int
        package var waiting: Int
        package var dead: Int
        /// By reason.
        package var notApplicable: [(reason: LocalizedText, count: Int)]

        package init(
            id: ConnectionID, name: String, stored: Int, recorded: Int, waiting: Int, dead: Int,
            notApplicable: [(reason: LocalizedText, count: Int)]
        ) {
            self.id = id
            self.name = name
            self.stored = stored
            self.recorded = recorded
            self.waiting = waiting
            self.dead = dead
            self.notApplicable = notApplicable
        }
    }

    package var bodies: Bodies
    package var messages: Updates
    package var statuses: Updates
    /// News of templates, accounts, numbers, preferences, …
    package var others: Updates
    package var connections: [Connection]
    package var delays: [DelayFacts]
    /// Oldest first, without gaps: a minute in which nothing came is zero.
    package var minutes: [MinuteFacts]

    package init(
        bodies: Bodies, messages: Updates, statuses: Updates, others: Updates, connections: [Connection],
        delays: [DelayFacts],
        minutes: [MinuteFacts]
    ) {
        self.bodies = bodies
        self.messages = messages
        self.statuses = statuses
        self.others = others
        self.connections = connections
        self.delays = delays
        self.minutes = minutes
    }
}

/// How long one hop took.
package struct DelayFacts: Sendable {
    package enum Hop: Sendable {
        /// Webhook received → answered.
        case answer
        /// Webhook received → message stored and decided.
        case interpretation
        /// Message stored → in the CRM.
        case record(connection: String)
        /// Agent, API or CRM asked → accepted by WhatsApp.
        case send
    }

    package var hop: Hop
    package var count: Int
    package var p50: Int64
    package var p95: Int64
    package var p99: Int64
    /// All in milliseconds.
    package var target: Int64

    package init(hop: Hop, count: Int, p50: Int64, p95: Int64, p99: Int64, target: Int64) {
        self.hop = hop
        self.count = count
        self.p50 = p50
        self.p95 = p95
        self.p99 = p99
        self.target = target
    }
}

package struct MinuteFacts: Sendable {
    package var at: Timestamp
    /// Messages of both directions.
    package var received: Int
    package var recorded: Int

    package init(at: Timestamp, received: Int, recorded: Int) {
        self.at = at
        self.received = received
        self.recorded = recorded
    }
}
