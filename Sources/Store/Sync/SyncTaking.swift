import Domain

/// Takes values over into what Puente knows of contacts, inside one transaction, as a person's edit would: through the
/// journal, with search texts, the ledger of consent, and word to the other CRMs. Some statements for all of them together.
///
/// The contacts are locked. First ``accept(_:values:)``, then ``write()``.
struct SyncTaking {
    let store: Store
    let connection: any SQLConnection
    let workspace: WorkspaceID
    let vocabulary: SyncVocabulary
    let context: SyncContext
    let voice: SyncVoice
    let now: Timestamp

    private var names: [ContactID: PersonName] = [:]
    private var columns: [ContactID: SQLArguments] = [:]
    private var fields: [(contact: ContactID, field: FieldID, value: FieldValue?, wasThere: Bool)] = []
    private var consents: [(contact: ContactID, change: ConsentEntry.Change)] = []
    private var handles: HandleTaking
    private var labels: LabelTaking

    init(
        store: Store, connection: any SQLConnection, workspace: WorkspaceID, vocabulary: SyncVocabulary,
        context: SyncContext, voice: SyncVoice, now: Timestamp
    ) {
        self.store = store
        self.connection = connection
        self.workspace = workspace
        self.vocabulary = vocabulary
        self.context = context
        self.voice = voice
        self.now = now
        handles = HandleTaking(
            store: store, connection: connection, workspace: workspace, context: context, voice: voice, now: now)
        labels = LabelTaking(store: store, connection: connection, workspace: workspace, voice: voice, now: now)
    }

    // MARK: What can be taken

    /// - Parameter values: what Puente says of the contacts now.
    /// - Returns: why some are not taken; they change nothing.
    mutating func accept(
        _ takes: [SyncTake], values: [ContactID: [LocalField: String]]
    ) throws -> [SyncTake.Key: SyncRefusal] {
        var refusals: [SyncTake.Key: SyncRefusal] = [:]
        try handles.prepare(takes)
        try labels.prepare(takes)
        for take in takes {
            if let refusal = try refusal(of: take, values[take.contact] ?? [:]) { refusals[take.key] = refusal }
        }
        return refusals
    }

    private mutating func refusal(of take: SyncTake, _ values: [LocalField: String]) throws -> SyncRefusal? {
        switch take.local {
        case .name, .firstName, .lastName: return accept(name: take, values)
        case .note:
            guard take.after.count <= ContactLimits.note else { return .tooLong }
            return accept("note", .text(take.after), take)
        case .language:
            guard !take.after.isBlank else { return accept("language", .null, take) }
            guard let language = WrittenLanguage(take.after) else { return .unreadable }
            return accept("language", .text(language.stored), take)
        case .phone, .email: return try handles.accept(take)
        case .labels: return labels.accept(take)
        case .marketingConsent: return accept(consent: take)
        case .custom(let id): return accept(id, take)
        // A well-known field is a field of the company's own by now.
        case .profileName, .whatsAppID, .userID, .username, .marketingConsentAt, .marketingConsentSource,
            .lastInboundAt, .lastOutboundAt, .windowEndsAt, .page, .createdAt, .wellKnown:
            return .notTaken
        }
    }

    private mutating func accept(name take: SyncTake, _ values: [LocalField: String]) -> SyncRefusal? {
        let former =
            names[take.contact] ?? PersonName(first: values[.firstName] ?? "", last: values[.lastName] ?? "")
        let name =
            switch take.local {
            case .firstName: PersonName(first: take.after, last: former.last)
            case .lastName: PersonName(first: former.first, last: take.after)
            default: PersonName(take.after)
            }
        guard name.whole.count <= ContactLimits.name else { return .tooLong }
        names[take.contact] = name
        // Who was never named stood there as they call themself, and is put back to no name.
        let isUnnamed = voice.crm == nil && name.whole == values[.profileName]
        return accept("name", .text(isUnnamed ? "" : name.whole), take)
    }

    private mutating func accept(_ column: String, _ value: SQLValue, _ take: SyncTake) -> SyncRefusal? {
        columns[take.contact, default: [:]].set(column, value)
        return nil
    }

    /// A withdrawal is heard from anybody. A yes counts where nobody said no: see
    /// ``Domain/ConsentSource/liftsWithdrawal(words:)``.
    private mutating func accept(consent take: SyncTake) -> SyncRefusal? {
        switch SyncConsent(rawValue: take.after) {
        case .withdrawn: consents.append((take.contact, .withdrawn))
        case .granted where take.before == SyncConsent.withdrawn.rawValue: return .optedOut
        case .granted: consents.append((take.contact, .granted))
        case nil: return take.after.isBlank ? .notUnsaid : .unreadable
        }
        return nil
    }

    private mutating func accept(_ id: FieldID, _ take: SyncTake) -> SyncRefusal? {
        guard let field = vocabulary.fields[id] else { return .notTaken }
        // CRMs write days with a time.
        let written = field.kind == .date ? String(take.after.prefix(10)) : take.after
        do {
            let value = try field.read(written, habits: .machine)
            fields.append((take.contact, id, value, !take.before.isEmpty))
            return nil
        } catch {
            return .unreadable
        }
    }

    // MARK: Writing

    private var isEmpty: Bool {
        columns.isEmpty && fields.isEmpty && consents.isEmpty && handles.isEmpty && labels.isEmpty
    }

    /// - Parameter change: an open one that it belongs to; nil: it is one of its own.
    /// - Returns: the change that it can be put back by; nil when nothing changed.
    mutating func write(into change: ChangeID? = nil) throws -> ChangeID? {
        guard !isEmpty else { return nil }
        var journal = try change.map { try ChangeJournal.resume($0, on: connection, in: workspace) } ?? beginChange()
        let start = journal.position
        let named = try journal.updateEach(
            .contact,
            columns.sorted { $0.key < $1.key }.map { contact, set in
                .init(key: ["id": contact], set: set, contact: contact)
            })
        let reached = try handles.write(&journal)
        try labels.write(&journal)
        try writeFields(&journal)
        try writeConsents(&journal)
        guard journal.position > start else {
            if change == nil { try journal.discard() }
            return nil
        }
        try journal.save(closing: change == nil)
        try connection.touch(named.union(reached), in: workspace, at: now)
        let renamed = Set(named.filter { columns[$0]?.pairs.contains { $0.name == "name" } ?? false })
        try connection.writeSearchTexts(of: renamed.union(reached), in: workspace)
        return journal.change
    }

    private func beginChange() throws -> ChangeJournal {
        try ChangeJournal.begin(
            ChangeDraft(.edit, title: voice.title, actor: voice.actor), on: connection,
            id: store.ids.next(ChangeRow.self), in: workspace, at: now)
    }

    private mutating func writeFields(_ journal: inout ChangeJournal) throws {
        var made: [(row: SQLArguments, contact: ContactID?)] = []
        var changed: [ChangeJournal.RowChange] = []
        var gone: [(key: SQLArguments, contact: ContactID)] = []
        for (contact, field, value, wasThere) in fields {
            let key: SQLArguments = ["contact_id": contact, "field_id": field]
            guard let value else {
                gone.append((key, contact))
                continue
            }
            let set: SQLArguments = [
                "value": value.text, "folded": value.folded, "number": value.number, "changed_at": now,
            ]
            if wasThere {
                changed.append(.init(key: key, set: set, contact: contact))
            } else {
                made.append((key.and(set), contact))
            }
        }
        try journal.insertMany(.contactField, made)
        try journal.updateEach(.contactField, changed)
        try journal.deleteEach(.contactField, gone)
    }

    private func writeConsents(_ journal: inout ChangeJournal) throws {
        let drafts = consents.map { contact, change in
            ConsentEntryDraft(
                contact: contact, purpose: .marketing, change: change, source: voice.consentSource, at: now,
                actor: voice.actor)
        }
        try journal.recordConsent(drafts, ids: store.ids, at: now)
        for (contact, change) in consents where change == .withdrawn {
            try connection.declineQuestions(of: contact, by: nil, at: now, in: workspace)
        }
    }
}

/// A language as CRMs write it (`pt-BR`, `ES`, `en_us`).
struct WrittenLanguage {
    /// As contacts keep it: `pt_BR`, `es`.
    let stored: String

    /// Nil for what is no tag, as `Spanish`.
    init?(_ text: String) {
        let parts = text.split { $0 == "-" || $0 == "_" || $0.isWhitespace }
        guard let language = parts.first?.lowercased(), (2...3).contains(language.count), parts.count <= 3,
            language.allSatisfy({ $0.isASCII && $0.isLetter })
        else { return nil }
        // What stands between language and region is a script, which nobody writes templates in.
        guard parts.count > 1, let region = parts.last?.uppercased(), region.count == 2,
            region.allSatisfy({ $0.isASCII && $0.isLetter })
        else {
            stored = language
            return
        }
        stored = "\(language)_\(region)"
    }
}

extension SQLConnection {
    /// As for one contact: something about them changed.
    func touch(_ contacts: Set<ContactID>, in workspace: WorkspaceID, at now: Timestamp) throws {
        try executeMany(
            "UPDATE contact SET updated_at = :now WHERE workspace_id = :workspace_id AND id = :id",
            contacts.sorted().map { ["now": now, "workspace_id": workspace, "id": $0] })
    }

    /// As ``writeSearchText(of:in:)``, a few statements for all of them.
    func writeSearchTexts(of contacts: Set<ContactID>, in workspace: WorkspaceID) throws {
        for part in contacts.sorted().parts(of: 500) {
            let list = SQLValueList("contact", part)
            var addresses: [ContactID: [String]] = [:]
            for row in try rows(
                """
                SELECT contact_id, address, value FROM handle
                WHERE workspace_id = :workspace_id AND contact_id IN \(list.sql) ORDER BY id DESC
                """, list.arguments(["workspace_id": workspace]))
            {
                let contact: ContactID = try row.get("contact_id")
                guard addresses[contact]?.count ?? 0 < 40 else { continue }
                addresses[contact, default: []] += [try row.get("address"), try row.get("value")]
            }
            let people = try rows(
                """
                SELECT id, name, profile_name, username FROM contact
                WHERE workspace_id = :workspace_id AND id IN \(list.sql)
                """, list.arguments(["workspace_id": workspace]))
            try executeMany(
                """
                UPDATE contact SET search_text = :search_text, sort_name = :sort_name
                WHERE workspace_id = :workspace_id AND id = :id
                    AND (search_text <> :search_text OR sort_name <> :sort_name)
                """,
                try people.map { row in
                    let contact: ContactID = try row.get("id")
                    let text = ContactText(
                        name: try row.get("name"), profileName: try row.get("profile_name"),
                        username: try row.get("username"), addresses: addresses[contact] ?? [])
                    return [
                        "search_text": text.text, "sort_name": text.sortName, "workspace_id": workspace, "id": contact,
                    ]
                })
        }
    }
}
