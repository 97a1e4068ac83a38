import Domain

extension ContactMerge {
    /// All handles, also those that have ended. From now on each says which of the person's WhatsApp accounts it is of.
    mutating func moveHandles() throws {
        try nameAccount(of: winner)
        try nameAccount(of: loser)
        try journal.updateAll(
            .handle, where: "contact_id = :contact", ["contact": loser], set: ["contact_id": winner], of: loser)
    }

    private mutating func nameAccount(of contact: ContactID) throws {
        try journal.updateAll(
            .handle, where: "contact_id = :contact AND account_id IS NULL", ["contact": contact],
            set: ["account_id": contact], of: contact)
    }

    /// Messages go with their contact; their conversations stay what they are. Nobody's history lists them one by one.
    mutating func moveMessages() throws {
        try journal.updateAll(
            .message, where: "contact_id = :contact", ["contact": loser], set: ["contact_id": winner], of: nil)
    }
}
