import Domain
import Store

/// Reads what the pages about one person show.
struct ContactReading: Sendable {
    let visit: Visit

    /// The contact in the address.
    /// - Throws: `notFound`, also for one of another workspace.
    func detail() async throws -> ContactDetail {
        let id: ContactID = try visit.id()
        guard let detail = try await visit.store.contact(id, in: visit.workspace) else {
            throw PuenteError.noSuchPage
        }
        return detail
    }

    func heading(of contact: ContactID) async throws -> ContactHeadingFacts {
        ContactHeadingFacts(try await summary(of: contact))
    }

    func facts(of detail: ContactDetail) async throws -> ContactPageFacts {
        let conversations = try await visit.store.conversations(with: detail.person.id, in: visit.workspace)
        let namesNumber = try await visit.store.numbers(in: visit.workspace).count > 1
        return ContactPageFacts(
            detail, try await summary(of: detail.person.id), conversations: conversations, namesNumber: namesNumber,
            sync: try await visit.store.sync(ofContact: detail.person.id, in: visit.workspace))
    }

    /// Who looked is kept, before anything is shown.
    func noteSeen(_ contact: ContactID) async throws {
        try await visit.store.noteSeen(contact, by: visit.staff.name, in: visit.workspace)
    }

    private func summary(of contact: ContactID) async throws -> ContactSummary {
        guard let summary = try await visit.store.contactSummary(contact, in: visit.workspace) else {
            throw PuenteError.noSuchPage
        }
        return summary
    }
}
