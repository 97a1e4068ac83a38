import Domain
import Logging
import Store

extension Visit {
    /// For the audit trail: this person looked at a contact. The page is drawn also when that cannot be written down now,
    /// since the disk may be full, and the page says so.
    func noteSeen(_ contact: ContactID) async {
        do {
            try await store.noteSeen(contact, by: staff.name, in: workspace)
        } catch {
            parts.logger.error("who looked at a contact was not written down", metadata: ["error": "\(error)"])
        }
    }

    /// For the audit trail: this person listed contacts, or searched them. The list is drawn also when that cannot be
    /// written down now.
    func noteListed(_ filter: ContactsFilter) async {
        var asked: [String: String] = [:]
        for (name, value) in filter.parameters { asked[name == "q" ? "query" : name] = value }
        do {
            try await store.noteListed(asked, by: staff.name, in: workspace)
        } catch {
            parts.logger.error("who looked for contacts was not written down", metadata: ["error": "\(error)"])
        }
    }
}
