import Domain

@testable import Store

/// What a test says of one contact.
struct PersonSample: Sendable {
    struct Consent: Hashable, Sendable {
        var isGranted: Bool
        var isDouble = false
    }

    struct Conversation: Hashable, Sendable {
        var isOpen = true
        var lastInbound: Timestamp?
    }

    var name = ""
    var profileName = ""
    var language: String?
    var createdAt = ConsoleWorld.start
    /// Digits, as handles write them.
    var phones: [String] = []
    var emails: [String] = []
    var userID: String?
    /// Of every phone; nil: not read yet.
    var numberKind: PhoneNumberKind?
    /// Messages to these of the phones could not be delivered.
    var unreachable: Set<String> = []
    /// Of every handle.
    var evidence = "webhook"
    var labels: Set<LabelID> = []
    var fields: [FieldID: FieldValue] = [:]
    var states: Set<ContactState> = []
    var consents: [SegmentCondition.Purpose: Consent] = [:]
    var conversation: Conversation?
}

extension ConsoleWorld {
    static let habits = WritingHabits(region: "MX", language: .spanish)

    /// A contact with everything that is said of it, written straight into the tables.
    @discardableResult
    func add(_ person: PersonSample) async throws -> ContactID {
        let id = store.ids.next(ContactRow.self)
        let (workspace, number, ids) = (workspace, number, store.ids)
        try await store.database.write { connection in
            try connection.execute(
                """
                INSERT INTO contact (id, workspace_id, name, profile_name, language, created_at, updated_at)
                VALUES (:id, :workspace_id, :name, :profile_name, :language, :created_at, :created_at)
                """,
                [
                    "id": id, "workspace_id": workspace, "name": person.name, "profile_name": person.profileName,
                    "language": person.language, "created_at": person.createdAt,
                ])
            try connection.addHandles(of: person, id, in: workspace, ids)
            try connection.addNotes(of: person, id, in: workspace)
            try connection.addHistory(of: person, id, number: number, in: workspace, ids)
            try connection.writeSearchText(of: id, in: workspace)
        }
        return id
    }

    func makeLabel(_ name: String, _ color: LabelColor = .green) async throws -> LabelID {
        try await store.createLabel(name, color: color, in: workspace, by: "Ana")
    }

    func makeField(_ name: String, _ kind: FieldKind, choices: [String] = []) async throws -> FieldID {
        try await store.createField(
            FieldDraft(name: name, kind: kind, choices: choices), in: workspace, by: "Ana")
    }

    func members(_ conditions: SegmentConditions) async throws -> Set<ContactID> {
        var found: Set<ContactID> = []
        var before: ListPosition?
        repeat {
            let page = try await store.members(of: conditions, before: before, limit: 7, in: workspace)
            found.formUnion(page.items.map(\.person.id))
            before = page.next
        } while before != nil
        return found
    }

    /// Everything that the store does with labels, fields, states, segments and bulk actions, once.
    func noteEverything() async throws {
        let random = try await RandomPeople(self, seed: 7)
        let contact = try await add(PersonSample(name: "Eva", labels: [random.labels[0]]))
        try await store.addLabel(random.labels[1], to: contact, in: workspace, by: "Ana")
        try await store.removeLabel(random.labels[0], from: contact, in: workspace, by: "Ana")
        try await store.setField(
            random.number, of: contact, to: "5", habits: Self.habits, in: workspace, by: "Ana")
        try await store.setState(.blocked, of: contact, reason: "", in: workspace, by: "Ana")
        try await store.clearState(.blocked, of: contact, in: workspace, by: "Ana")
        try await store.moveField(random.date, .up, in: workspace, by: "Ana")
        try await store.setArchived(true, field: random.yesNo, in: workspace, by: "Ana")
        let active = try SegmentConditions(.all, [.condition(.activity(.never)), .condition(.name(.filled))])
        let segment = try await store.createSegment("Activos", active, in: workspace, by: "Ana")
        _ = try await store.segments(in: workspace)
        _ = try await members(active)
        _ = try await store.deleteSegment(segment, in: workspace, by: "Ana")
        try await ruleEverything(random.labels)
        for action: BulkAction in [
            .addLabel(label: random.labels[2]), .removeLabel(label: random.labels[2]),
            .clearField(field: random.number), .setState(state: .complaint, reason: ""),
            .withdrawMarketing(reason: ""), .renameChoice(field: random.choice, from: "Oro", to: "Gold"),
            .deleteLabel(label: random.labels[2]),
        ] {
            let bulk = try await store.startBulk(action, on: .everybody, in: workspace, by: "Ana")
            _ = try await store.openBulks()
            _ = try await finish(bulk)
            _ = try await store.undo(bulk, in: workspace, by: "Ana")
        }
    }

    /// Carries a bulk action on to its end.
    func finish(_ bulk: ChangeID) async throws -> BulkChange {
        while try await !store.advanceBulk(bulk, in: workspace) {}
        return try required(try await store.bulk(bulk, in: workspace))
    }
}

extension SQLConnection {
    fileprivate func addHandles(
        of person: PersonSample, _ contact: ContactID, in workspace: WorkspaceID, _ ids: IDGenerator
    ) throws {
        let handles =
            person.phones.map { ("phone", $0) } + person.emails.map { ("email", $0) }
            + [person.userID].compactMap(\.self).map { ("bsuid", $0) }
        try executeMany(
            """
            INSERT INTO handle
                (id, workspace_id, contact_id, kind, scope, value, address, valid_from, evidence, number_kind,
                 unreachable_since, unreachable_at, unreachable_count, unreachable_message)
            VALUES
                (:id, :workspace_id, :contact_id, :kind, '', :value, :value, 1, :evidence, :number_kind,
                 :unreachable, :unreachable, :unreachable, :unreachable)
            """,
            handles.map { kind, value in
                [
                    "id": ids.next(HandleRow.self), "workspace_id": workspace, "contact_id": contact, "kind": kind,
                    "value": value, "evidence": person.evidence,
                    "number_kind": kind == "phone" ? person.numberKind?.code : nil,
                    "unreachable": person.unreachable.contains(value) ? 1 : nil,
                ]
            })
    }

    fileprivate func addNotes(of person: PersonSample, _ contact: ContactID, in workspace: WorkspaceID) throws {
        try executeMany(
            """
            INSERT INTO contact_label (workspace_id, contact_id, label_id, actor, added_at)
            VALUES (:workspace_id, :contact_id, :label_id, 'Ana', 1)
            """, person.labels.map { ["workspace_id": workspace, "contact_id": contact, "label_id": $0] })
        try executeMany(
            """
            INSERT INTO contact_field (workspace_id, contact_id, field_id, value, folded, number, changed_at)
            VALUES (:workspace_id, :contact_id, :field_id, :value, :folded, :number, 1)
            """,
            person.fields.map { field, value in
                [
                    "workspace_id": workspace, "contact_id": contact, "field_id": field, "value": value.text,
                    "folded": value.folded, "number": value.number,
                ]
            })
        try executeMany(
            """
            INSERT INTO contact_state (workspace_id, contact_id, state, since, actor)
            VALUES (:workspace_id, :contact_id, :state, 1, 'Ana')
            """, person.states.map { ["workspace_id": workspace, "contact_id": contact, "state": $0] })
    }

    fileprivate func addHistory(
        of person: PersonSample, _ contact: ContactID, number: NumberID, in workspace: WorkspaceID,
        _ ids: IDGenerator
    ) throws {
        try executeMany(
            """
            INSERT INTO consent (workspace_id, contact_id, purpose, standing, is_double, since, entry_id)
            VALUES (:workspace_id, :contact_id, :purpose, :standing, :is_double, 1, 1)
            """,
            person.consents.map { purpose, consent in
                [
                    "workspace_id": workspace, "contact_id": contact, "purpose": purpose.rawValue,
                    "standing": consent.isGranted ? "granted" : "withdrawn", "is_double": consent.isDouble,
                ]
            })
        guard let conversation = person.conversation else { return }
        try execute(
            """
            INSERT INTO conversation
                (id, workspace_id, number_id, contact_id, state, owner, last_inbound_at, last_message_at, created_at)
            VALUES (:id, :workspace_id, :number_id, :contact_id, :state, 'queue', :last_inbound_at, 1, 1)
            """,
            [
                "id": ids.next(ConversationRow.self), "workspace_id": workspace, "number_id": number,
                "contact_id": contact, "state": conversation.isOpen ? "open" : "closed",
                "last_inbound_at": conversation.lastInbound,
            ])
    }
}
