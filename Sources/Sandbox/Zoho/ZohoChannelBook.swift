import Foundation

/// Who wants to be called when something changes, and until when: a channel lapses in silence.
/// Source: Zoho's published OpenAPI file `notifications` (v8.0) and its guide to notifications.
struct ZohoChannelBook: Sendable {
    struct Channel: Sendable {
        let id: String
        /// `Contacts.create`, `Contacts.edit`, `Contacts.delete` or `Contacts.all`.
        var events: [String]
        var notifyURL: String
        /// Milliseconds.
        var expiry: Int64
        var token: String?
        var returnsValues: Bool

        func wants(_ module: ZohoModule, _ operation: String) -> Bool {
            events.contains { $0 == "\(module.apiName).\(operation)" || $0 == "\(module.apiName).all" }
        }

        var modules: [ZohoModule] {
            ZohoModule.allCases.filter { module in events.contains { $0.hasPrefix(module.apiName + ".") } }
        }
    }

    private static let defaultLife: Int64 = 3_600_000
    private static let longestLife: Int64 = 7 * 86_400_000
    private static let mostChannels = 100

    private(set) var channels: [String: Channel] = [:]

    mutating func alive(at now: Int64) -> [Channel] {
        channels = channels.filter { $0.value.expiry > now }
        return channels.values.sorted { $0.id < $1.id }
    }

    /// A channel that lapsed is none.
    mutating func enable(_ json: JSON, path: String, at now: Int64) throws(ZohoError) -> Channel {
        let channel = try Self.channel(json, nil, path: path, at: now)
        _ = alive(at: now)
        guard channels[channel.id] == nil else {
            throw ZohoError("ALREADY_USED", "The channel id is already used", details: ["channel_id": JSON(channel.id)])
        }
        guard channels.count < Self.mostChannels else { throw ZohoError("LIMIT_REACHED", "too many channels") }
        channels[channel.id] = channel
        return channel
    }

    /// - Parameter keepsRest: PATCH leaves what is not named as it is; PUT takes it away.
    mutating func change(
        _ json: JSON, keepsRest: Bool, path: String, at now: Int64
    ) throws(ZohoError) -> Channel {
        let id = json["channel_id"]?.identifier ?? ""
        _ = alive(at: now)
        guard let old = channels[id] else { throw Self.notSubscribed(id) }
        var channel = try Self.channel(json, keepsRest ? old : nil, path: path, at: now)
        if json["_delete_events"]?.flag == true {
            channel.events = old.events.filter { !channel.events.contains($0) }
        }
        channels[id] = channel.events.isEmpty ? nil : channel
        return channel
    }

    mutating func disable(_ id: String, at now: Int64) throws(ZohoError) -> Channel {
        _ = alive(at: now)
        guard let channel = channels.removeValue(forKey: id) else { throw Self.notSubscribed(id) }
        return channel
    }

    private static func notSubscribed(_ id: String) -> ZohoError {
        ZohoError("NOT_SUBSCRIBED", "The given channel is not subscribed", details: ["channel_id": JSON(id)])
    }

    private static func channel(
        _ json: JSON, _ old: Channel?, path: String, at now: Int64
    ) throws(ZohoError) -> Channel {
        guard let id = json["channel_id"]?.identifier, Int64(id) != nil else {
            throw .missing("channel_id", path: "\(path).channel_id")
        }
        guard let events = json["events"]?.items?.compactMap(\.text) ?? old?.events, !events.isEmpty else {
            throw .missing("events", path: "\(path).events")
        }
        for event in events where !isEvent(event) { throw .invalid("events", path: "\(path).events") }
        guard let url = json["notify_url"]?.text ?? old?.notifyURL, SandboxCallback("zoho=\(url)") != nil else {
            throw .missing("notify_url", path: "\(path).notify_url")
        }
        let token = json["token"]?.text ?? old?.token
        guard (token ?? "").count <= 50 else { throw .tooLong("token", path: "\(path).token", maximum: 50) }
        let time = try expiry(json["channel_expiry"], old, path: path, at: now)
        return Channel(
            id: id, events: events, notifyURL: url, expiry: time, token: token,
            returnsValues: json["return_affected_field_values"]?.flag ?? old?.returnsValues ?? false)
    }

    private static func isEvent(_ text: String) -> Bool {
        let parts = text.split(separator: ".")
        return parts.count == 2 && ZohoModule(String(parts[0])).map { $0 != .notes } == true
            && ["create", "edit", "delete", "all"].contains(parts[1])
    }

    /// An hour when nothing, or too much, is asked for.
    private static func expiry(_ json: JSON?, _ old: Channel?, path: String, at now: Int64) throws(ZohoError) -> Int64 {
        guard let json, !json.isNull else { return old?.expiry ?? now + defaultLife }
        guard let time = json.text.flatMap(ZohoTime.milliseconds), time > now else {
            throw .invalid("channel_expiry", path: "\(path).channel_expiry", expected: "datetime")
        }
        return time <= now + longestLife ? time : now + defaultLife
    }
}
