import Crypto
import Domain
import FoundationEssentials

/// One event for the own system. Its id is made of what it says and what it is told for, so that every repetition has the
/// same one.
struct OwnEvent: Encodable, Equatable {
    /// What the receiver may tell a repetition by, also inside a batch.
    let id: String
    /// `message.received`, `message.sent`, `message.status`, `contact.upserted`, `contact.erased` or `webhook.test`.
    let type: String
    /// When it happened, ISO 8601.
    let timestamp: String
    let data: Payload

    enum Payload: Encodable, Equatable {
        case message(OwnMessage)
        case contact(OwnContactRecord)
        case erasure(OwnErasure)
        case test

        func encode(to encoder: any Encoder) throws {
            switch self {
            case .message(let message): try message.encode(to: encoder)
            case .contact(let contact): try contact.encode(to: encoder)
            case .erasure(let erasure): try erasure.encode(to: encoder)
            case .test: try [String: String]().encode(to: encoder)
            }
        }
    }

    private init(id: String, type: String, timestamp: String, data: Payload) {
        self.id = id
        self.type = type
        self.timestamp = timestamp
        self.data = data
    }

    /// A new message: there is one such event of each.
    /// - Parameter language: of its sentences.
    static func recorded(_ activity: Activity, in language: Language) -> Self {
        let type = activity.direction == .inbound ? "message.received" : "message.sent"
        return Self(
            id: "evt_\(activity.puenteID)", type: type, timestamp: activity.at.iso8601,
            data: .message(OwnMessage(activity, in: language)))
    }

    /// A message as it stands now; another state or text makes another event.
    static func updated(_ activity: Activity, in language: Language) -> Self {
        let data = Payload.message(OwnMessage(activity, in: language))
        return Self(
            id: "evt_\(activity.puenteID)_\(digest(data))", type: "message.status",
            timestamp: (activity.statusAt ?? activity.at).iso8601, data: data)
    }

    /// A contact that the receiver deleted and that writes again is told once more: the same words, another event.
    static func upserted(_ contact: ContactUpsert, now: Timestamp) -> Self {
        let data = Payload.contact(OwnContactRecord(contact))
        let id = ["evt", contact.puenteID, digest(data), contact.occasion].filter { !$0.isEmpty }
        return Self(
            id: id.joined(separator: "_"), type: "contact.upserted", timestamp: now.iso8601, data: data)
    }

    /// A person is erased once.
    static func erased(_ erasure: ContactErasure) -> Self {
        Self(
            id: "evt_\(erasure.puenteID)_erased", type: "contact.erased", timestamp: erasure.at.iso8601,
            data: .erasure(OwnErasure(erasure)))
    }

    static func test(now: Timestamp) -> Self {
        Self(id: "evt_test_\(now.milliseconds)", type: "webhook.test", timestamp: now.iso8601, data: .test)
    }

    /// 16 hexadecimal digits: enough to keep the states of one message apart.
    static func digest(_ value: some Encodable) -> String {
        // These values are texts, numbers and truth values: they always encode.
        let bytes = (try? WireJSON.encode(value)) ?? []
        return SHA256.hash(data: bytes).prefix(8).reduce(into: "") { text, byte in
            let digits = String(byte, radix: 16)
            text += digits.count == 1 ? "0\(digits)" : digits
        }
    }
}

/// Several events in one request, in their order.
struct OwnBatch: Encodable {
    let type = "batch"
    let timestamp: String
    let data: [OwnEvent]

    /// The same for the same events: `webhook-id` of the request.
    var id: String { "batch_\(OwnEvent.digest(data.map(\.id)))\(OwnEvent.digest(data.reversed().map(\.id)))" }

    private enum CodingKeys: String, CodingKey { case type, timestamp, data }
}
