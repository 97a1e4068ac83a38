import Domain

/// Reads the body of a webhook POST.
///
/// Shape: `{"object":"whatsapp_business_account","entry":[{"id":WABA,"time"?:seconds,"changes":[{"field","value"}]}]}`.
/// It never throws: what cannot be understood is an update too (`.unrouted` with its reason), and costs nothing beside
/// it. Every fact of one change comes out on its own, so that one bad message never takes its siblings along.
/// Source: Cloud API, "Webhooks: overview" and "Webhooks: notification payload reference", Graph API v25.0.
package enum WebhookDecoder {
    /// - Parameter body: the raw bytes, whose signature was checked before.
    package static func decode(_ body: some Sequence<UInt8>) -> DecodedWebhook {
        let bytes = Array(body)
        do {
            return DecodedWebhook(updates: updates(in: try JSONParser.parse(bytes)))
        } catch {
            return DecodedWebhook(updates: [unrouted(.invalidJSON, excerpt: Excerpt.text(of: bytes))])
        }
    }

    private static func updates(in body: JSON) -> [Update] {
        let entries = body["entry"].items
        guard isAboutWhatsApp(body["object"], entries), !entries.isEmpty else {
            return [unrouted(.notAWebhook, excerpt: body.excerpt())]
        }
        return entries.flatMap(updates(of:))
    }

    /// Some of Meta's own samples (partner events) leave `object` out, or put it elsewhere.
    private static func isAboutWhatsApp(_ object: JSON, _ entries: [JSON]) -> Bool {
        object.isNull ? entries.contains { !$0["changes"].isNull } : object.text == "whatsapp_business_account"
    }

    private static func updates(of entry: JSON) -> [Update] {
        let changes = entry["changes"].items
        let wabaID = entry["id"].text ?? ""
        guard !changes.isEmpty else {
            return [unrouted(.malformed, excerpt: entry.excerpt(), wabaID: wabaID)]
        }
        let time = entry["time"].time
        return changes.flatMap { Change($0, wabaID: wabaID, entryTime: time).updates }
    }

    private static func unrouted(_ reason: UnroutedReason, excerpt: String, wabaID: String = "") -> Update {
        Update(wabaID: wabaID, phoneNumberID: nil, field: "", fact: .unrouted(reason, excerpt: excerpt))
    }
}
