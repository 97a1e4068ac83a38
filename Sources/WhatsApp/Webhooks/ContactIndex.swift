import Domain

/// The `contacts[]` of a value. Meta does not promise that they stand in the order of the messages, so they are joined
/// by id; a value with one contact and nothing that fits speaks of that one, also when the numbers differ (Meta writes
/// some numbers in two ways), but not when the user ids do.
struct ContactIndex {
    private var contacts: [Participant] = []
    private var byWaID: [String: Int] = [:]
    private var byUserID: [String: Int] = [:]

    init(_ items: [JSON]) {
        for item in items where item.isObject {
            let contact = Participant(contact: item)
            if let waID = contact.waID { byWaID[waID] = contacts.count }
            if let userID = contact.userID { byUserID[userID] = contacts.count }
            contacts.append(contact)
        }
    }

    /// What the participant's contact adds. Ids are only taken over from a contact that contradicts none of ours: both
    /// in one webhook is the evidence by which a person's handles are joined later.
    func completing(_ own: Participant) -> Participant {
        guard let contact = contact(of: own) else { return own }
        var joined = own
        joined.username = own.username ?? contact.username
        joined.profileName = own.profileName ?? contact.profileName
        guard !contact.contradicts(own) else { return joined }
        joined.waID = own.waID ?? contact.waID
        joined.userID = own.userID ?? contact.userID
        joined.parentUserID = own.parentUserID ?? contact.parentUserID
        return joined
    }

    private func contact(of participant: Participant) -> Participant? {
        let index = participant.waID.flatMap { byWaID[$0] } ?? participant.userID.flatMap { byUserID[$0] }
        if let index { return contacts[index] }
        guard contacts.count == 1, let only = contacts.first, !only.isOtherUser(than: participant) else { return nil }
        return only
    }
}

extension Participant {
    fileprivate func contradicts(_ other: Participant) -> Bool {
        Self.differ(waID, other.waID) || isOtherUser(than: other)
    }

    /// A user id is written in one way only.
    fileprivate func isOtherUser(than other: Participant) -> Bool {
        Self.differ(userID, other.userID) || Self.differ(parentUserID, other.parentUserID)
    }

    private static func differ(_ one: String?, _ two: String?) -> Bool {
        guard let one, let two else { return false }
        return one != two
    }
}
