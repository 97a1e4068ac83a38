package import Domain

/// The channel through which Zoho tells of changes. It lapses in silence: after a week at most by Zoho's schema, after a
/// day by its older guides, after an hour when more was asked for than it gives. The sweep reads what was not told of.
extension ZohoConnector {
    private static let life: Duration = .hours(23)
    private static let events = ["create", "edit", "delete"].map { "Contacts.\($0)" }

    /// - Returns: half-way to the end that Zoho gave.
    package func keepPush(to url: String, now: Timestamp) async throws(CallFailure) -> Timestamp? {
        guard let token = api.settings.notificationToken else { return nil }
        let channel: ZohoRow = [
            "channel_id": .text(api.settings.channelID), "events": .list(Self.events.map { .text($0) }),
            "channel_expiry": .text((now + Self.life).zoho), "token": .text(token), "notify_url": .text(url),
            "return_affected_field_values": .flag(false),
        ]
        // Renewing what is there comes first: only one that lapsed is opened anew.
        var answer = try await watch("PUT", channel)
        if answer?.code == "NOT_SUBSCRIBED" { answer = try await watch("POST", channel) }
        guard let item = answer else { throw ZohoAdvice.unmentioned(isRepeatable: true) }
        guard item.isSuccess else { throw api.failures(.repeatable).failure(item) }
        let expiry = item.details?.events?.first?.channel_expiry.flatMap(Timestamp.init(zoho:)) ?? now + .hours(1)
        let left = max(.minutes(2), expiry - now)
        return now + .milliseconds(left.wholeMilliseconds / 2)
    }

    package func endPush() async throws(CallFailure) {
        guard api.settings.notificationToken != nil else { return }
        let items = try await api.end("/actions/watch?channel_ids=\(api.settings.channelID)")
        if let item = items.first(where: { !$0.isSuccess && $0.code != "NOT_SUBSCRIBED" }) {
            throw api.failures(.repeatable).failure(item)
        }
    }

    private func watch(_ method: String, _ channel: ZohoRow) async throws(CallFailure) -> ZohoItem? {
        try await api.write(method, "/actions/watch", ["watch": [channel]], rows: 1, effect: .repeatable).first
    }

    func receiverStep() async -> CheckStep {
        do throws(CallFailure) {
            let path = "/actions/watch?module=Contacts&channel_id=\(api.settings.channelID)"
            let list: ZohoChannels? = try await api.get(path)
            if let expiry = list?.watch.first?.channel_expiry {
                return .passed(
                    .receiver, en: "Zoho tells of changes until \(expiry); that is renewed by itself.",
                    es: "Zoho avisa de los cambios hasta \(expiry); se renueva automáticamente.")
            }
        } catch {
            return .failed(.receiver, error)
        }
        return CheckStep(
            name: .receiver,
            outcome: .noted(
                LocalizedText(
                    en: "Zoho does not tell of changes at the moment; they are read every few minutes.",
                    es: "Zoho no avisa de los cambios en este momento; se leen cada pocos minutos.")))
    }
}

struct ZohoChannels: Decodable, Sendable {
    let watch: [ZohoChannel]
}
