import Domain

/// One event of a webhook's array. The sender keeps no order and may repeat itself.
struct HubSpotEvent: Decodable {
    let subscriptionType: String?
    let objectTypeId: String?
    let objectId: LooseText?
    let fromObjectId: LooseText?
    let occurredAt: Int64?
    let changeSource: String?
    let sourceId: LooseText?
    let primaryObjectId: LooseText?
    let mergedObjectIds: LooseList?
    let newObjectId: LooseText?

    /// - Parameter appID: our own app's, by which our own changes are told from others'.
    func hint(appID: String?) -> RemoteHint {
        let type = subscriptionType ?? "unknown"
        guard let event = contactEvent(type), let id = objectId?.text ?? fromObjectId?.text else {
            return .ignored(type: type)
        }
        switch event {
        case "creation", "propertyChange", "restore", "associationChange":
            let isOurs = changeSource == "INTEGRATION" && appID != nil && sourceId?.text == appID
            return .contactChanged(id: id, at: occurredAt.map { Timestamp(milliseconds: $0) }, isOurs: isOurs)
        case "deletion": return .contactDeleted(id: id)
        case "privacyDeletion": return .contactErased(id: id)
        case "merge": return merge(type: type)
        default: return .ignored(type: type)
        }
    }

    /// `contact.creation` → `creation`; also the newer `object.creation` of contacts. Nil for other objects.
    private func contactEvent(_ type: String) -> Substring? {
        let parts = type.split(separator: ".", maxSplits: 1)
        guard parts.count == 2 else { return nil }
        let isContact = parts[0] == "contact" || (parts[0] == "object" && objectTypeId == "0-1")
        return isContact ? parts[1] : nil
    }

    /// The survivor may have an id of its own: then both former ones live on in it.
    private func merge(type: String) -> RemoteHint {
        guard let primary = primaryObjectId?.text ?? objectId?.text else { return .ignored(type: type) }
        let survivor = newObjectId?.text ?? primary
        let former = (mergedObjectIds?.values ?? []) + [primary]
        return .contactMerged(ids: former.filter { $0 != survivor }, into: survivor)
    }
}

/// The call of our action in a HubSpot workflow. The fields are those of the action's definition.
struct HubSpotAction: Decodable {
    struct Enrolled: Decodable {
        let objectId: LooseText?
        let objectType: String?
    }

    let callbackId: String?
    let object: Enrolled?
    let inputFields: [String: LooseText]?
    let fields: [String: LooseText]?

    /// Nil when it names no contact or nothing to send.
    var command: SendCommand? {
        guard let callbackId, (1...200).contains(callbackId.utf8.count), let id = object?.objectId?.text,
            HubSpotConnector.isRecordID(id), let type = object?.objectType, type == "CONTACT" || type == "0-1",
            let content
        else { return nil }
        return SendCommand(
            commandID: "hubspot-action.\(callbackId)", target: .remoteContact(id), content: content,
            from: value("from"))
    }

    /// A field that is filled in.
    private func value(_ name: String) -> String? {
        (inputFields?[name] ?? fields?[name])?.text.flatMap { $0.isEmpty ? nil : $0 }
    }

    /// `message`, or `template_name` with `template_language` and `template_variables`, one a line in the order of
    /// their numbers.
    private var content: MessageContent? {
        if let name = value("template_name") {
            guard let language = value("template_language") else { return nil }
            let variables = Self.lines(value("template_variables") ?? "")
            return .template(
                TemplateContent(name: name, language: language, body: variables.map { .init(value: .text($0)) }))
        }
        return value("message").map { .text(TextContent(body: $0)) }
    }

    /// An empty line is an empty variable, which the send gate refuses: dropped, it would shift the others.
    private static func lines(_ text: String) -> [String] {
        guard !text.isEmpty else { return [] }
        let lines = text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline).map(String.init)
        return lines.last == "" ? lines.dropLast() : lines
    }
}
