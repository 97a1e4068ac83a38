package import Domain

extension ZohoConnector {
    package func ping() async throws(CallFailure) {
        let module = schemas.known?.hasMessages == true ? ZohoMessageField.module : "Notes"
        let _: ZohoPage? = try await api.get("/\(module)?fields=id&per_page=1")
    }

    package func recordActivities(_ activities: [Activity]) async throws(CallFailure) -> [ItemOutcome] {
        let hasMessages = try await schema().hasMessages
        var outcomes = [ItemOutcome](repeating: .failed(.notLinked), count: activities.count)
        var linked: [(index: Int, row: ZohoRow)] = []
        for (index, activity) in activities.enumerated() {
            guard let contact = activity.contact.remoteID, Self.isRecordID(contact) else { continue }
            linked.append((index, hasMessages ? message(activity, contact) : note(activity, contact)))
        }
        let run =
            hasMessages
            ? ZohoBatchRun(
                api: api, method: "POST", path: "/\(ZohoMessageField.module)/upsert",
                keys: [ZohoMessageField.puenteID.rawValue], effect: .repeatable)
            : ZohoBatchRun(api: api, method: "POST", path: "/Notes", effect: .once)
        for (item, outcome) in zip(linked, await run.outcomes(of: linked.map(\.row))) {
            outcomes[item.index] = hasMessages ? outcome.map { ZohoActivityID.message($0).text } : outcome
        }
        return try outcomes.unlessAllFailedAlike()
    }

    /// Each where it was recorded: the module may have come later than the first notes.
    package func updateActivities(_ updates: [ActivityUpdate]) async throws(CallFailure) -> [ItemOutcome] {
        // Of several updates of one record only the last counts.
        let last = Dictionary(updates.indices.map { (updates[$0].remoteID, $0) }, uniquingKeysWith: { $1 })
        var outcomes: [String: ItemOutcome] = [:]
        var notes: [(key: String, row: ZohoRow)] = []
        var messages: [(key: String, row: ZohoRow)] = []
        for (key, index) in last.sorted(by: { $0.value < $1.value }) {
            let activity = updates[index].activity
            switch ZohoActivityID(key) {
            case .note(let id): notes.append((key, ["id": .text(id), "Note_Content": .text(text(of: activity).text)]))
            case .message(let id):
                var row = message(activity, nil)
                row["id"] = .text(id)
                messages.append((key, row))
            case nil: outcomes[key] = .failed(ZohoAdvice.gone(""))
            }
        }
        for (path, rows) in [("/Notes", notes), ("/\(ZohoMessageField.module)", messages)] where !rows.isEmpty {
            let run = ZohoBatchRun(api: api, method: "PUT", path: path, effect: .repeatable)
            for (item, outcome) in zip(rows, await run.outcomes(of: rows.map(\.row))) {
                outcomes[item.key] = outcome.map { _ in item.key }
            }
        }
        return try updates.map { outcomes[$0.remoteID] ?? .failed(ZohoAdvice.unmentioned(isRepeatable: true)) }
            .unlessAllFailedAlike()
    }

    // MARK: What is written

    private func note(_ activity: Activity, _ contact: String) -> ZohoRow {
        let text = text(of: activity)
        return Self.note(text.text, title: text.title, on: contact)
    }

    static func note(_ text: String, title: String, on contact: String) -> ZohoRow {
        [
            "Note_Title": .text(title), "Note_Content": .text(text),
            "Parent_Id": .object(["module": .object(["api_name": .text("Contacts")]), "id": .text(contact)]),
        ]
    }

    /// - Parameter contact: nil leaves the record with the contact that it has.
    private func message(_ activity: Activity, _ contact: String?) -> ZohoRow {
        let text = text(of: activity)
        let values: [ZohoMessageField: ZohoValue?] = [
            .puenteID: .text(activity.puenteID), .body: .text(text.text),
            .author: .text(ZohoNoteText.cut(ZohoNoteText.plain(activity.authorName), 255)),
            .contact: contact.map { .object(["id": .text($0)]) }, .direction: .text(activity.direction.rawValue),
            .status: .text(ZohoNoteText.cut(text.status, 255)), .sentAt: .text(activity.at.zoho),
            .link: activity.conversationURL.map { .text($0) },
        ]
        var row: ZohoRow = ["Name": .text(text.title)]
        for (field, value) in values { row[field.rawValue] = value }
        return row
    }

    private func text(of activity: Activity) -> ZohoNoteText {
        ZohoNoteText(activity: activity, language: api.settings.language)
    }
}

/// Under which id an activity is kept: a note's own, or a message's behind its module's name.
enum ZohoActivityID: Equatable {
    case note(String)
    case message(String)

    init?(_ text: String) {
        let prefix = "\(ZohoMessageField.module)/"
        let id = text.hasPrefix(prefix) ? String(text.dropFirst(prefix.count)) : text
        guard ZohoConnector.isRecordID(id) else { return nil }
        self = text.hasPrefix(prefix) ? .message(id) : .note(id)
    }

    var text: String {
        switch self {
        case .note(let id): id
        case .message(let id): "\(ZohoMessageField.module)/\(id)"
        }
    }
}

extension ItemOutcome {
    fileprivate func map(_ change: (String) -> String) -> ItemOutcome {
        switch self {
        case .done(let id): .done(remoteID: change(id))
        case .failed: self
        }
    }
}
