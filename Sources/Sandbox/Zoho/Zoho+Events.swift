import Domain
import Synchronization

/// The call-backs of channels. Nothing signs them: what is to be believed is the channel's number and its token. Nobody
/// says whether Zoho tries again when one is refused: here it does not.
/// Source: Zoho CRM API v8, "Notifications: response to the notify URL".
extension Zoho {
    func announce(_ written: [Written], _ module: ZohoModule) {
        for action in [Written.Action.insert, .update] {
            let records = written.filter { $0.action == action }
            tell(action.rawValue, action == .insert ? "create" : "edit", records, records.map(\.record.id), module)
        }
    }

    func announce(deleted ids: [Int64], _ module: ZohoModule) {
        tell("delete", "delete", [], ids, module)
    }

    private func tell(
        _ operation: String, _ event: String, _ written: [Written], _ ids: [Int64], _ module: ZohoModule
    ) {
        guard !ids.isEmpty else { return }
        let now = clock.now.milliseconds
        let posts: [(url: String, update: WebhookUpdate)] = state.withLock { state in
            state.channels.alive(at: now).filter { $0.wants(module, event) }.map { channel in
                state.lastEvent += 1
                let body = Self.body(operation, written, ids, module, channel, in: state, now)
                let update = WebhookUpdate(
                    kind: .whole(id: "zoho-\(state.lastEvent)"), bytes: JSONWriter.bytes(body))
                return (channel.notifyURL, update)
            }
        }
        for post in posts { office.send([post.update], from: .zoho, to: post.url) }
    }

    private static func body(
        _ operation: String, _ written: [Written], _ ids: [Int64], _ module: ZohoModule,
        _ channel: ZohoChannelBook.Channel, in state: ZohoState, _ now: Int64
    ) -> JSON {
        var body: JSON = [
            "server_time": JSON(now), "query_params": [:], "module": JSON(module.apiName),
            "resource_uri": JSON("https://www.zohoapis.com/crm/v8/\(module.apiName)"),
            "ids": JSON(ids.map { String($0) }), "operation": JSON(operation), "channel_id": JSON(channel.id),
            "token": channel.token.map { JSON($0) } ?? .null,
        ]
        let changed = written.filter { !$0.names.isEmpty }
        body["affected_fields"] = .array(changed.map { [(String($0.record.id)): JSON($0.names)] })
        if channel.returnsValues {
            body["affected_values"] = .array(
                changed.map { one in
                    var values = ZohoWriter(module, in: state, names: one.names).json(one.record)
                    values["id"] = nil
                    return ["record_id": JSON(String(one.record.id)), "values": values]
                })
        }
        return body
    }
}
