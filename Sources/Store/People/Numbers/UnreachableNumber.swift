package import Domain

/// That messages to a number could not be delivered, and nothing was heard of it since. Evidence, not proof: Meta does not
/// say why, and has no look-up; people come back to WhatsApp.
package struct UnreachableNumber: Hashable, Sendable {
    /// Of the first such message.
    package let since: Timestamp
    /// Of the last one.
    package let lastAt: Timestamp
    /// How many there were.
    package let count: Int
    /// The last one.
    package let message: MessageID
}

extension UnreachableNumber {
    /// Meta's error "Message undeliverable": no WhatsApp account, one that is too old to take it, terms not accepted. The
    /// others by which a message does not arrive (131047, 131049, 131050, 130472 …) say something of the message or of
    /// what the person wants, and nothing of the number.
    static let code = "131026"

    /// Of `handle`.
    static let columns = ["unreachable_since", "unreachable_at", "unreachable_count", "unreachable_message"]
    static let list = columns.joined(separator: ", ")
    static let cleared = columns.map { "\($0) = NULL" }.joined(separator: ", ")

    /// A marked number that holds. Spelled as the index `handle_unreachable` spells it.
    static func holds(_ alias: String = "x") -> String {
        "\(alias).unreachable_since IS NOT NULL AND \(alias).valid_to IS NULL"
    }

    /// Whether all numbers of the contact `p` that hold are marked. Whoever has another one can be written to there.
    static let isEverywhere = """
        (EXISTS (
            SELECT 1 AS one FROM handle u
            WHERE u.workspace_id = :workspace_id AND u.contact_id = p.id AND \(holds("u"))
        ) AND NOT EXISTS (
            SELECT 1 AS one FROM handle u
            WHERE u.workspace_id = :workspace_id AND u.contact_id = p.id AND u.kind = 'phone' AND u.valid_to IS NULL
                AND u.unreachable_since IS NULL
        ))
        """

    /// Who has a marked number, straight from the index.
    static let source = """
        SELECT DISTINCT x.contact_id AS id FROM handle x WHERE x.workspace_id = :workspace_id AND \(holds())
        """

    /// Nil where there is no mark.
    init?(_ row: SQLRow) throws {
        guard let since = try row.get("unreachable_since", as: Timestamp?.self) else { return nil }
        self.since = since
        lastAt = try row.get("unreachable_at")
        count = try row.get("unreachable_count")
        message = try row.get("unreachable_message")
    }
}
