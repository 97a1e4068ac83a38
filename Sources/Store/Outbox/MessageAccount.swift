/// To which of a merged person's WhatsApp accounts a message goes.
enum MessageAccount {
    /// Of the message `m` in the conversation `c`. A message that goes to another account than the one that the customer
    /// last wrote from has no service window: that is the other account's.
    static let columns = """
        COALESCE(m.account_id, c.account_id) AS account_id,
            CASE WHEN m.account_id <> c.account_id THEN NULL ELSE c.last_inbound_at END AS last_inbound_at
        """
}
