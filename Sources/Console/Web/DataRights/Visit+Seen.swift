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

    /// For the audit trail: this person listed contacts, or searched them. It is written beside the answer.
    func noteListed(_ filter: ContactsFilter) async {
        var asked: [String: String] = [:]
        for (name, value) in filter.parameters { asked[name == "q" ? "query" : name] = value }
        await parts.listings.add(ListingNotes.Note(asked: asked, actor: staff.name, workspace: workspace))
    }
}
