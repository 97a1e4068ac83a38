import Domain
import Synchronization

/// `/crm/v8/actions/watch`: channels through which changes are told.
extension Zoho {
    func watch(_ call: Call) throws(ZohoError) -> Answer {
        guard call.segments == ["watch"] else { throw .noSuchURL }
        switch call.method {
        case .get: return channels(call)
        case .post:
            return try change(call) { book, json, path, now throws(ZohoError) in
                try book.enable(json, path: path, at: now)
            }
        case .put:
            return try change(call) { book, json, path, now throws(ZohoError) in
                try book.change(json, keepsRest: false, path: path, at: now)
            }
        case .patch:
            return try change(call) { book, json, path, now throws(ZohoError) in
                try book.change(json, keepsRest: true, path: path, at: now)
            }
        case .delete: return try end(call)
        case .head, .other: throw .wrongMethod
        }
    }

    private func channels(_ call: Call) -> Answer {
        let alive = state.withLock { $0.channels.alive(at: call.now.milliseconds) }.filter { channel in
            (call.query["channel_id"].map { $0 == channel.id } ?? true)
                && (call.query["module"].map { name in channel.modules.contains { $0.apiName == name } } ?? true)
        }
        let rows = alive.flatMap { channel in
            channel.modules.map { module -> JSON in
                var row = Self.json(channel, module, call)
                row["notify_url"] = JSON(channel.notifyURL)
                row["token"] = channel.token.map { JSON($0) } ?? .null
                row["events"] = JSON(channel.events.filter { $0.hasPrefix(module.apiName + ".") })
                row["return_affected_field_values"] = JSON(channel.returnsValues)
                return row
            }
        }
        return Self.page(
            rows, ["per_page": 200, "count": JSON(rows.count), "page": 1, "more_records": false], key: "watch")
    }

    private func change(
        _ call: Call,
        _ change: @Sendable (inout ZohoChannelBook, JSON, String, Int64) throws(ZohoError) -> ZohoChannelBook.Channel
    ) throws(ZohoError) -> Answer {
        let body = try Self.body(call)
        // PATCH is documented with one channel, and used by Zoho's own clients with a list.
        guard let rows = body["watch"]?.items ?? (body["channel_id"] != nil ? [body] : nil), !rows.isEmpty,
            rows.count <= 50
        else { throw .missing("watch", path: "$.watch") }
        var items: [JSON] = []
        var errors = 0
        for (index, row) in rows.enumerated() {
            do throws(ZohoError) {
                let channel = try withState { state throws(ZohoError) in
                    try change(&state.channels, row, "$.watch[\(index)]", call.now.milliseconds)
                }
                items.append(Self.json(channel, call))
            } catch {
                errors += 1
                items.append(error.json)
            }
        }
        connect(call.now.milliseconds)
        let good = call.method == .post ? 201 : 200
        return .json(["watch": .array(items)], status: errors == 0 ? good : errors == rows.count ? 400 : 207)
    }

    private func end(_ call: Call) throws(ZohoError) -> Answer {
        let ids = Self.list(call.query["channel_ids"])
        guard !ids.isEmpty else { throw .missingParameter("channel_ids") }
        var items: [JSON] = []
        var errors = 0
        for id in ids {
            do throws(ZohoError) {
                let channel = try withState { state throws(ZohoError) in
                    try state.channels.disable(id, at: call.now.milliseconds)
                }
                items += channel.modules.map { module in
                    [
                        "code": "SUCCESS",
                        "details": [
                            "resource_uri": JSON(Self.uri(module, call)), "resource_id": JSON(String(module.id)),
                            "channel_id": JSON(id),
                        ],
                        "message": "Successfully un-subscribed from actions-watch", "status": "success",
                    ]
                }
            } catch {
                errors += 1
                items.append(error.json)
            }
        }
        connect(call.now.milliseconds)
        return .json(["watch": .array(items)], status: errors == 0 ? 200 : errors == ids.count ? 400 : 207)
    }

    /// The office posts to the addresses of the channels that are alive.
    private func connect(_ now: Int64) {
        let urls = state.withLock { $0.channels.alive(at: now) }.map(\.notifyURL)
        office.setCallbacks(Set(urls).map { SandboxCallback(sender: .zoho, url: $0) }, of: [.zoho])
    }

    private static func json(_ channel: ZohoChannelBook.Channel, _ call: Call) -> JSON {
        [
            "code": "SUCCESS", "details": ["events": .array(channel.modules.map { json(channel, $0, call) })],
            "message": call.method == .post
                ? "Successfully subscribed for actions-watch of the given module"
                : "Successfully updated the subscribe details",
            "status": "success",
        ]
    }

    private static func json(_ channel: ZohoChannelBook.Channel, _ module: ZohoModule, _ call: Call) -> JSON {
        [
            "channel_expiry": JSON(ZohoTime.text(channel.expiry)), "resource_uri": JSON(uri(module, call)),
            "resource_id": JSON(String(module.id)), "resource_name": JSON(module.apiName),
            "channel_id": JSON(channel.id),
        ]
    }

    static func uri(_ module: ZohoModule, _ call: Call) -> String { "\(call.origin)/zoho/crm/v8/\(module.apiName)" }
}
