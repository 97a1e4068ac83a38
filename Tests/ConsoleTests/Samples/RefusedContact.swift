import Domain
import Store
import Testing

/// Somebody whom a CRM refuses for the last name, as a dead letter.
struct RefusedContact {
    let letter: JobID
    let contact: ContactID

    init(in store: Store, of workspace: WorkspaceID, crm: ConnectionID, grip: LaneGrip) async throws {
        let version = try await store.mapping(of: crm, in: workspace)?.version
        try await store.saveMapping(
            FieldMapping([MappingRow(local: .lastName, remote: "lastname", direction: .both, rule: .crmWins)]), of: crm,
            expecting: version, by: "Ana", in: workspace)
        let made = try await store.createContact(ContactDraft(name: "Rosa Díaz"), by: "Ana", in: workspace)
        guard case .saved(_, let contact, _) = made else { throw Missing() }
        self.contact = contact
        try await store.link([(contact: contact, remoteID: "77")], grip: grip)
        try await store.setPages(
            account: "https://crm.example/a", contact: "https://crm.example/c/", of: crm, in: workspace)
        _ = try await store.editContact(contact, ContactEdit(note: "Nueva"), by: "Ana", in: workspace)
        let turn = try await store.takeTurn(
            settling: [], claiming: 10, marksSending: false, grip: grip, policy: RetryPolicy())
        _ = try await store.takeTurn(
            settling: [],
            contacts: turn.contacts.map { ContactOutcome(job: $0, outcome: .discarded, failure: Self.refusal) },
            claiming: 0, marksSending: false, grip: grip, policy: RetryPolicy())
        let query = DeadLetterQuery(kinds: [.upsertContact])
        letter = try #require(try await store.deadLetters(query, in: workspace).items.first).id
    }

    private struct Missing: Error {}

    private static var refusal: CallFailure {
        var failure = CallFailure(
            kind: .permanent, code: "INVALID_NUMBER", scope: .message, vendorText: "was not a valid number",
            advice: LocalizedText(en: "Correct the value.", es: "Corrija el valor."))
        failure.field = RefusedField(name: "lastname", label: "Last <Name>", rule: .kind, value: "Díaz")
        return failure
    }
}
