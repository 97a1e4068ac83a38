import Domain

extension SQLConnection {
    /// Those of the bodies that are still this node's to record; they stay so until the transaction ends.
    ///
    /// A node that hung may find, when it goes on, that its lease ended and others took its bodies over: recorded here
    /// as well, they would change no fact but count twice. What is not in the intake log at all is nobody else's.
    func inHand(_ bodies: [InterpretedBody], of node: Int) throws -> [InterpretedBody] {
        guard !bodies.isEmpty else { return [] }
        let list = SQLValueList("id", bodies.map(\.intake))
        let lost = try rows(
            "SELECT id, state, claimed_by FROM intake WHERE id IN \(list.sql) ORDER BY id \(dialect.forUpdate)",
            list.arguments([:])
        ).compactMap { row -> IntakeID? in
            let isOurs = try row.get("state") == "claimed" && row.get("claimed_by", as: Int?.self) == node
            return isOurs ? nil : try row.get("id")
        }
        return lost.isEmpty ? bodies : bodies.filter { !lost.contains($0.intake) }
    }
}
