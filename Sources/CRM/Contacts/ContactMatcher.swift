import Domain
import PhoneNumbers

/// Decides whether a hit is the person. Searches match ends of numbers in any country; this compares whole handles.
struct ContactMatcher {
    let lookup: ContactLookup
    private let canonicalPhones: Set<String>

    init(lookup: ContactLookup) {
        self.lookup = lookup
        self.canonicalPhones = Set(lookup.phones.map(WhatsAppNumber.canonical))
    }

    /// The contact with the handles it was recognised by; nil when none agrees, or when it is deleted.
    func confirmed(_ contact: RemoteContact) -> RemoteContact? {
        guard !contact.isDeleted else { return nil }
        var contact = contact
        if contact.puenteID == lookup.puenteID { contact.matches.insert(.puenteID) }
        if contact.phones.contains(where: isOurs) { contact.matches.insert(.phone) }
        if let userID = contact.userID, lookup.userIDs.contains(userID) { contact.matches.insert(.userID) }
        if let email = contact.email, let wanted = lookup.email, email.lowercased() == wanted.lowercased() {
            contact.matches.insert(.email)
        }
        return contact.matches.isEmpty ? nil : contact
    }

    /// Those of the hits that are the person, each once, in the order of their ids. Of several hits of one record the first
    /// counts.
    func people(among hits: [RemoteContact]) -> [RemoteContact] {
        var found: [String: RemoteContact] = [:]
        for hit in hits where found[hit.id] == nil { found[hit.id] = confirmed(hit) }
        return found.values.sorted { ($0.id.utf8.count, $0.id) < ($1.id.utf8.count, $1.id) }
    }

    private func isOurs(_ phone: String) -> Bool {
        // Text that is no number confirms nothing; Meta's own digits count as they are, whatever the number plan says.
        let digits = (try? PhoneNumber(phone, region: lookup.region))?.digits ?? phone
        return canonicalPhones.contains(WhatsAppNumber.canonical(digits))
            || canonicalPhones.contains(WhatsAppNumber.canonical(phone))
    }
}
