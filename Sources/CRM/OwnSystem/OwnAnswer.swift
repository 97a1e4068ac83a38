import Domain
import OutboundHTTP

/// What a receiver may answer to events: nothing, or an outcome for each.
///
/// Shape: `{"results": [{"id": EVENT_ID, "status": "ok" | "failed" | "retry", "remote_id"?, "error"?: {"code"?, "message"?}}]}`.
/// A 2xx alone means that all were taken; so does an event that is not in the list.
struct OwnAnswer: Decodable {
    struct Item: Decodable {
        struct Fault: Decodable {
            let code: String?
            let message: String?
        }

        let id: String
        let status: String
        let remoteID: String?
        let error: Fault?

        enum CodingKeys: String, CodingKey {
            case id, status, error
            case remoteID = "remote_id"
        }
    }

    let results: [Lossy<Item>]

    /// - Parameter fallback: the remote id where the receiver names none.
    static func outcomes(of events: [(event: OwnEvent, fallback: String)], in body: [UInt8]) -> [ItemOutcome] {
        // Most receivers answer "ok", nothing or a page: then there are no outcomes of items.
        let answer: OwnAnswer? = body.isEmpty ? nil : try? WireJSON.decode(from: body)
        let items = (answer?.results ?? []).compactMap(\.value)
        let byID = Dictionary(items.map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
        return events.map { event, fallback in
            byID[event.id].map { $0.outcome(fallback: fallback) } ?? .done(remoteID: fallback)
        }
    }
}

extension OwnAnswer.Item {
    fileprivate func outcome(fallback: String) -> ItemOutcome {
        let text = Redaction.text(error?.message ?? "")
        let code = String((error?.code ?? status).prefix(60))
        switch status {
        case "failed":
            return .failed(OwnFailure.rejected(code, text))
        case "retry":
            return .failed(OwnFailure.notNow(code, text))
        default:
            let isUsable = remoteID.map { (1...200).contains($0.utf8.count) } ?? false
            return .done(remoteID: isUsable ? remoteID ?? fallback : fallback)
        }
    }
}
