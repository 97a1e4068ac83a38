import CRM
package import Domain
import Store

/// What only the connectors know of a CRM; the console and the API ask here.
package struct CRMKnowledge: Sendable {
    /// Fields that values may be written to. Asks the CRM.
    package let writableFields: @Sendable (ConnectionID) async throws -> WritableFields
    /// As ``CRM/Connector/knownUsers``.
    package let knownUsers: @Sendable (ConnectionID) -> Set<String>?
    /// The same, once the CRM was asked who its people are.
    package let readUsers: @Sendable (ConnectionID) async -> Set<String>?
    /// Nil where the CRM has said nothing yet, or has no limits.
    package let rateLeft: @Sendable (ConnectionID) -> RateLeft?
    /// How often changes are asked for; nil where they are not.
    package let sweepEvery: @Sendable (ConnectionID) -> Duration?
    /// How often everything is compared.
    package let compareEvery: @Sendable (ConnectionID) -> Duration

    package init(
        writableFields: @escaping @Sendable (ConnectionID) async throws -> WritableFields,
        rateLeft: @escaping @Sendable (ConnectionID) -> RateLeft?,
        sweepEvery: @escaping @Sendable (ConnectionID) -> Duration?,
        compareEvery: @escaping @Sendable (ConnectionID) -> Duration,
        knownUsers: @escaping @Sendable (ConnectionID) -> Set<String>? = { _ in nil },
        readUsers: @escaping @Sendable (ConnectionID) async -> Set<String>? = { _ in nil }
    ) {
        self.writableFields = writableFields
        self.rateLeft = rateLeft
        self.sweepEvery = sweepEvery
        self.compareEvery = compareEvery
        self.knownUsers = knownUsers
        self.readUsers = readUsers
    }

    /// - Parameters:
    ///   - sweepEvery: by the name of a connection of puente.yaml, where it is not what the settings say.
    ///   - compareEvery: the same.
    package init(
        of book: ConnectorBook, _ settings: CRMCourier.Settings, sweepEvery: [String: Duration],
        compareEvery: [String: Duration]
    ) {
        self.init(
            writableFields: { id in
                guard let connector = book.entry(id)?.connector else { return .unknown }
                if connector.capabilities.takesAnyField { return .any }
                return .these(Set(try await connector.fields().filter(\.isWritable).map(\.name)))
            },
            rateLeft: { id in book.entry(id)?.connector.headroom.map { RateLeft($0, now: .now) } },
            sweepEvery: { id in
                guard let entry = book.entry(id), entry.connector.capabilities.changesByPull else { return nil }
                return sweepEvery[entry.account.slug] ?? StoredPace(of: entry.account).sweepSpan ?? settings.sweepEvery
            },
            compareEvery: { id in
                guard let account = book.entry(id)?.account else { return settings.compareEvery }
                return compareEvery[account.slug] ?? StoredPace(of: account).compareSpan ?? settings.compareEvery
            },
            knownUsers: { id in book.entry(id)?.connector.knownUsers },
            readUsers: { id in
                guard let connector = book.entry(id)?.connector else { return nil }
                // Where it cannot be asked, those count who were known before.
                _ = try? await connector.users()
                return connector.knownUsers
            })
    }
}

/// Where values may be written in a CRM.
package enum WritableFields: Equatable, Sendable {
    case any
    /// By the CRM's names.
    case these(Set<String>)
    /// The CRM could not be asked.
    case unknown

    /// As the store takes them: nil where nothing is ruled out. What the CRM then refuses is found when it is written.
    package var names: Set<String>? {
        switch self {
        case .these(let names): names
        case .any, .unknown: nil
        }
    }
}

/// How many calls a CRM takes before it asks for patience.
package struct RateLeft: Equatable, Sendable {
    package let remaining: Int
    package let limit: Int
    package let interval: Duration
    /// Nil where the vendor does not say.
    package let dailyRemaining: Int?
    package let dailyLimit: Int?

    package init(remaining: Int, limit: Int, interval: Duration, dailyRemaining: Int? = nil, dailyLimit: Int? = nil) {
        self.remaining = remaining
        self.limit = limit
        self.interval = interval
        self.dailyRemaining = dailyRemaining
        self.dailyLimit = dailyLimit
    }

    /// Once the interval is over that the last answer spoke of, all of it is there again.
    init(_ headroom: RateHeadroom, now: ContinuousClock.Instant) {
        let isOver = now - headroom.readAt > headroom.interval
        self.init(
            remaining: isOver ? headroom.limit : headroom.remaining, limit: headroom.limit,
            interval: headroom.interval, dailyRemaining: headroom.dailyRemaining, dailyLimit: headroom.dailyLimit)
    }
}
