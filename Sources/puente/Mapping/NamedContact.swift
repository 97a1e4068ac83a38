import Domain
import PhoneNumbers
import Store

/// Whom somebody at a terminal means.
struct NamedContact {
    let work: MappingWork
    /// Of numbers that are written without a country code.
    let region: String

    /// - Parameter text: a contact's id, the id of their record in the CRM, or a phone number in any writing.
    /// - Throws: `notFound` for nobody; `CommandFailure` where it may be several people.
    func contact(_ text: String) async throws -> ContactDetail {
        var found: [ContactDetail] = []
        for id in try await candidates(text) {
            // Ids may lead to one contact, as of people who were brought together.
            guard let contact = try await work.store.contact(id, in: work.workspace) else { continue }
            if !found.contains(where: { $0.person.id == contact.person.id }) { found.append(contact) }
        }
        guard let first = found.first else { throw nobody(text) }
        guard found.count == 1 else { throw several(text, found) }
        return first
    }

    private func candidates(_ text: String) async throws -> [ContactID] {
        let linked = try await work.store.contact(remoteID: text, connection: work.account.id, in: work.workspace)
        return [ContactID(text), linked, try await holder(of: text)].compactMap(\.self)
    }

    private func holder(of text: String) async throws -> ContactID? {
        let number: PhoneNumber
        do throws(PhoneNumberProblem) {
            number = try PhoneNumber(text, region: region)
        } catch {
            return nil
        }
        return try await work.store.contact(withPhone: number.handle, in: work.workspace)
    }

    // MARK: Sentences

    /// "Ana (06…)"
    static func shown(_ contact: ContactDetail) -> String {
        let person = contact.person
        let name = person.displayName ?? person.phone.map { "+\($0)" } ?? person.username ?? ""
        return name.isEmpty ? "\(person.id)" : "\(Quoting.clipped(name)) (\(person.id))"
    }

    private func nobody(_ text: String) -> PuenteError {
        let shown = Quoting.clipped(text)
        return PuenteError(
            .notFound, detail: "no_contact",
            en: "Nobody here has the id, the phone number or, in \(work.crm), the record \"\(shown)\".",
            es: "Nadie aquí tiene el id, el teléfono o, en \(work.crm), la ficha «\(shown)».")
    }

    private func several(_ text: String, _ contacts: [ContactDetail]) -> CommandFailure {
        let (shown, names) = (Quoting.clipped(text), contacts.map(Self.shown).joined(separator: ", "))
        return CommandFailure(
            status: CommandEnding.wrongUse, en: "\"\(shown)\" may be several people: \(names). Say the id.",
            es: "«\(shown)» puede ser varias personas: \(names). Indique el id.")
    }
}
