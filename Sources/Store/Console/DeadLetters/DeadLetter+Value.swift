package import Domain

extension DeadLetter {
    /// What a CRM refuses of a contact, and what Puente says there now.
    package struct Value: Sendable {
        package let refused: RefusedField
        /// The row of the mapping that writes it, counted from 1; nil where none does.
        package let row: Int?
        /// Ours, by that row.
        package let local: LocalField?
        /// What people call ours.
        package let title: LocalizedText?
        /// Of a field of the company's own.
        package let kind: FieldKind?
        /// As it is kept; empty where nothing is.
        package let present: String
        /// Another value, which a person may write, can help.
        package let isMendable: Bool
        /// That of the company's own which stands for ``local``.
        let field: FieldID?
    }
}

/// Adds to dead letters what CRMs refuse of their contacts: a few statements for all of them.
struct DeadLetterValues {
    let connection: any SQLConnection
    let workspace: WorkspaceID

    private struct Place {
        let letter: Int
        let crm: ConnectionID
        let contact: ContactID
    }

    private struct Found {
        let place: Place
        let field: RefusedField
        let row: (number: Int, row: MappingRow)?
    }

    func add(to letters: inout [DeadLetter]) throws {
        let places = letters.indices.compactMap { index -> Place? in
            guard let crm = letters[index].connection, let contact = letters[index].person?.id else { return nil }
            return Place(letter: index, crm: crm, contact: contact)
        }
        guard !places.isEmpty else { return }
        let pages = try pages(places)
        for place in places { letters[place.letter].recordPage = pages[place.crm]?[place.contact] }
        try addValues(places.filter { letters[$0.letter].failure?.field != nil }, to: &letters)
    }

    private func pages(_ places: [Place]) throws -> [ConnectionID: [ContactID: String]] {
        let crms = SQLValueList("crm", Set(places.map(\.crm)).sorted())
        let contacts = SQLValueList("contact", Set(places.map(\.contact)).sorted())
        let rows = try connection.rows(
            """
            SELECT r.connection_id, r.local_id, r.remote_id, k.contact_page FROM remote_ref r
            JOIN connection k ON k.workspace_id = r.workspace_id AND k.id = r.connection_id
            WHERE r.workspace_id = :workspace_id AND r.connection_id IN \(crms.sql) AND r.entity = 'contact'
                AND r.local_id IN \(contacts.sql)
            """, crms.arguments(contacts.arguments(["workspace_id": workspace])))
        return try rows.reduce(into: [:]) { pages, row in
            pages[try row.get("connection_id"), default: [:]][try row.get("local_id")] = ContactDetail.RemoteRef.page(
                of: try row.get("remote_id"), at: try row.get("contact_page"))
        }
    }

    private func addValues(_ places: [Place], to letters: inout [DeadLetter]) throws {
        guard !places.isEmpty else { return }
        let vocabulary = try SyncVocabulary(connection, in: workspace)
        var mappings: [ConnectionID: FieldMapping] = [:]
        for crm in Set(places.map(\.crm)) { mappings[crm] = try connection.mapping(of: crm, in: workspace)?.mapping }
        var found: [Found] = []
        for place in places {
            guard let field = letters[place.letter].failure?.field else { continue }
            found.append(Found(place: place, field: field, row: mappings[place.crm]?.writing(field.name)))
        }
        let locals = Set(found.compactMap { $0.row?.row.local }).union([.whatsAppID])
        let snapshot = try SyncSnapshotReader(
            connection: connection, workspace: workspace, fields: locals, publicURL: ""
        ).read(Set(places.map(\.contact)).sorted())
        for one in found {
            letters[one.place.letter].value = DeadLetter.Value(
                one.field, one.row, vocabulary: vocabulary, values: snapshot.values[one.place.contact] ?? [:])
        }
    }
}

extension FieldMapping {
    /// The row that writes a field of the CRM, and its number, counted from 1.
    fileprivate func writing(_ remote: String) -> (number: Int, row: MappingRow)? {
        rows.firstIndex { $0.isOn && $0.direction.givesOurs && $0.remote == remote }.map { ($0 + 1, rows[$0]) }
    }
}

extension DeadLetter.Value {
    fileprivate init(
        _ refused: RefusedField, _ found: (number: Int, row: MappingRow)?, vocabulary: SyncVocabulary,
        values: [LocalField: String]
    ) {
        let own = found.map { vocabulary.resolved($0.row).local }.flatMap { local -> FieldSummary? in
            if case .custom(let id) = local { vocabulary.fields[id] } else { nil }
        }
        self.init(
            refused: refused, row: found?.number, local: found?.row.local,
            title: found.map { vocabulary.title(of: $0.row.local) }, kind: own?.kind,
            present: found.flatMap { values[$0.row.local] } ?? "",
            isMendable: found.map { $0.row.local.isWritten(own, values) && $0.row.isOfOneValue } == true
                && refused.rule.isOfValue, field: own?.id)
    }
}

extension LocalField {
    /// Whether a person may write it on a contact's page as a value of its own.
    fileprivate func isWritten(_ own: FieldSummary?, _ values: [LocalField: String]) -> Bool {
        switch self {
        case .name, .firstName, .lastName, .email, .language, .note: true
        // Messages go to the number by which WhatsApp knows somebody: no CRM's rule changes that.
        case .phone: values[.phone] != values[.whatsAppID].map { "+\($0)" } || values[.phone] == nil
        case .custom, .wellKnown: own.map { $0.archivedAt == nil } ?? false
        case .profileName, .whatsAppID, .userID, .username, .labels, .marketingConsent, .marketingConsentAt,
            .marketingConsentSource, .lastInboundAt, .lastOutboundAt, .windowEndsAt, .page, .createdAt:
            false
        }
    }
}

extension MappingRow {
    /// A template writes what several fields say.
    fileprivate var isOfOneValue: Bool {
        !transforms.contains { if case .template = $0 { true } else { false } }
    }
}

extension RefusedField.Rule {
    /// Another value may be taken.
    fileprivate var isOfValue: Bool {
        switch self {
        case .required, .unique, .choice, .kind, .tooLong, .reference, .validation, .other: true
        case .readOnly, .missing: false
        }
    }
}
