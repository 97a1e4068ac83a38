import Domain

/// An event that the company's own system sends to us: `{type, data}`, or a batch of them.
struct OwnInboundEvent: Decodable {
    let id: String?
    let type: String
    let data: Payload?

    enum CodingKeys: String, CodingKey { case id, type, data }

    enum Payload {
        case contact(OwnInboundContact)
        case send(OwnInboundSend)
        case status(OwnInboundStatus)
        case batch([Lossy<OwnInboundEvent>])
    }

    init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        id = try container.decodeIfPresent(String.self, forKey: .id)
        type = try container.decode(String.self, forKey: .type)
        switch type {
        case "batch":
            // One level: a batch in a batch reads as an event that nobody knows.
            let isInner = !decoder.codingPath.isEmpty
            data = isInner ? nil : .batch(try container.decode([Lossy<OwnInboundEvent>].self, forKey: .data))
        case "message.send": data = .send(try container.decode(OwnInboundSend.self, forKey: .data))
        case "message.read", "message.status":
            data = .status(try container.decode(OwnInboundStatus.self, forKey: .data))
        case _ where type.hasPrefix("contact."):
            data = .contact(try container.decode(OwnInboundContact.self, forKey: .data))
        default: data = nil
        }
    }

    /// - Parameter key: the same for every repetition of this event.
    func hint(key: String) throws(PuenteError) -> RemoteHint {
        switch data {
        case .send(let send): .sendMessage(try send.command(id: key))
        case .contact(let contact): try contact.hint(type: type)
        case .status(let status): status.hint(type: type)
        case .batch, nil: .ignored(type: type)
        }
    }
}

struct OwnInboundStatus: Decodable {
    let id: String
    let status: String?

    func hint(type: String) -> RemoteHint {
        let status = type == "message.read" ? .read : self.status.flatMap(MessageStatus.init)
        guard let status, id.utf8.count <= 200 else { return .ignored(type: type) }
        return .statusUpdate(messageID: id, status: status)
    }
}

struct OwnInboundContact: Decodable {
    let externalID: LooseText?
    let puenteID: String?
    let firstName: String?
    let lastName: String?
    let name: String?
    let email: String?
    let phone: String?
    let phones: [String]?
    let userID: String?
    let updatedAt: String?
    /// Further fields by the names that the mapping has for them.
    let fields: [String: LooseText]?
    /// `contact.merged`: the ids that ended, and the one they live on in.
    let mergedIDs: LooseList?
    let into: LooseText?

    enum CodingKeys: String, CodingKey {
        case name, email, phone, phones, into, fields
        case externalID = "external_id"
        case puenteID = "puente_id"
        case firstName = "first_name"
        case lastName = "last_name"
        case userID = "user_id"
        case updatedAt = "updated_at"
        case mergedIDs = "merged_ids"
    }

    func hint(type: String) throws(PuenteError) -> RemoteHint {
        guard let id = (externalID?.text ?? into?.text ?? puenteID), (1...200).contains(id.utf8.count) else {
            throw PuenteError(
                .invalid, detail: "external_id", en: "A contact needs external_id, its id in your system.",
                es: "Un contacto necesita external_id, su identificador en su sistema.")
        }
        switch type {
        case "contact.created", "contact.upserted": return .contactIntroduced(contact(id: id))
        case "contact.updated": return .contactGiven(contact(id: id))
        case "contact.deleted": return .contactDeleted(id: id)
        case "contact.erased": return .contactErased(id: id)
        case "contact.merged":
            let survivor = into?.text ?? id
            let ended = (mergedIDs?.values ?? []) + [id]
            return .contactMerged(ids: ended.filter { $0 != survivor }, into: survivor)
        default: return .ignored(type: type)
        }
    }

    private func contact(id: String) -> RemoteContact {
        RemoteContact(
            id: id, puenteID: puenteID, firstName: firstName ?? name, lastName: lastName, email: email,
            phones: Array(((phone.map { [$0] } ?? []) + (phones ?? [])).prefix(20)), userID: userID,
            modifiedAt: updatedAt.flatMap(Timestamp.init(iso8601:)), fields: named)
    }

    /// By the names that mappings have: those of the contract, and what stands in `fields`.
    private var named: [String: String] {
        var named = (fields ?? [:]).compactMapValues(\.text).filter { !$0.value.isEmpty }
        let contract = [
            ("first_name", firstName ?? name), ("last_name", lastName), ("email", email), ("phone", phone),
        ]
        for (name, text) in contract {
            if named[name] == nil, let text, !text.isEmpty { named[name] = text }
        }
        let known = named.filter { $0.key.count <= MappingRow.maxRemoteName }.sorted { $0.key < $1.key }
        return Dictionary(
            known.prefix(FieldMapping.maxRows).map { ($0.key, $0.value) }, uniquingKeysWith: { first, _ in first })
    }
}
