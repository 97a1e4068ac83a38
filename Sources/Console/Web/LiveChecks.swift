package import Domain

/// Asks Meta and CRMs now how a connection is. Supplied by the composition: the console speaks to nobody outside.
package struct LiveChecks: Sendable {
    package let number: @Sendable (NumberID) async -> [ConnectionFacts.Check]
    /// Whether a sample record is written into the CRM, read back and deleted.
    package let connection: @Sendable (ConnectionID, _ writes: Bool) async -> [ConnectionFacts.Check]

    package init(
        number: @escaping @Sendable (NumberID) async -> [ConnectionFacts.Check],
        connection: @escaping @Sendable (ConnectionID, _ writes: Bool) async -> [ConnectionFacts.Check]
    ) {
        self.number = number
        self.connection = connection
    }
}
