package import Domain

/// A program that is told what happens, at an address of its own.
package struct WebhookEndpoint: Hashable, Sendable {
    package enum Origin: String, SQLConvertible, Sendable {
        case console
        /// A program made it for itself, as Zapier's hooks are: gone when its address says 410.
        case restHook = "rest_hook"
    }

    package enum OffReason: String, SQLConvertible, Sendable {
        case person
        /// Nothing arrived there for days.
        case failing
        /// It said that nobody listens there any more.
        case gone
    }

    package static let maxURL = 2000
    package static let maxDescription = 200
    /// Of one workspace.
    package static let most = 100

    package let id: WebhookEndpointID
    package let url: String
    package let description: String
    package let types: [WebhookEventType]
    package let origin: Origin
    /// Nil: it is told.
    package let offReason: OffReason?
    package let offAt: Timestamp?
    /// Nothing has arrived since then, though it was tried.
    package let failingSince: Timestamp?
    package let deliveredAt: Timestamp?
    /// How long the secret before signs as well.
    package let previousUntil: Timestamp?
    /// A person's name, or a key's.
    package let createdBy: String
    package let createdAt: Timestamp

    package var isOn: Bool { offReason == nil }
}

extension WebhookEndpoint {
    /// Of what people change about it.
    package var version: EditVersion {
        EditVersion(of: ([url, description] + types.map(\.rawValue).sorted()).map(Optional.some))
    }
}

/// What somebody says of one.
package struct WebhookEndpointDraft: Equatable, Sendable {
    package var url: String
    package var description: String
    package var types: [WebhookEventType]

    package init(url: String, description: String, types: [WebhookEventType]) {
        self.url = url
        self.description = description
        self.types = types
    }
}

/// One that was made, or has a new secret: the only time that the secret is shown.
package struct WebhookSecretShown: Sendable {
    package let endpoint: WebhookEndpoint
    package let secret: String
}

extension WebhookEventType: SQLConvertible {}

extension WebhookEndpoint {
    static let columns = """
        id, url, description, event_types, origin, off_reason, off_at, failing_since, delivered_at, previous_until,
        created_by, created_at
        """

    init(_ row: SQLRow) throws {
        id = try row.get("id")
        url = try row.get("url")
        description = try row.get("description")
        // What a newer release knows is left out here.
        types = try row.json("event_types", as: [String].self).compactMap(WebhookEventType.init)
        origin = try row.get("origin")
        offReason = try row.get("off_reason")
        offAt = try row.get("off_at")
        failingSince = try row.get("failing_since")
        deliveredAt = try row.get("delivered_at")
        previousUntil = try row.get("previous_until")
        createdBy = try row.get("created_by")
        createdAt = try row.get("created_at")
    }
}

extension PuenteError {
    package static let noWebhook = PuenteError(
        .notFound, detail: "no_webhook", en: "There is no such webhook. It may have been deleted.",
        es: "No existe ese webhook. Puede que se haya eliminado.")
    static let tooManyWebhooks = PuenteError(
        .conflict, detail: "too_many_webhooks", en: "There are 100 webhooks already. Delete some that nobody needs.",
        es: "Ya hay 100 webhooks. Elimine algunos que nadie necesite.")
    package static let webhookIsOff = PuenteError(
        .conflict, detail: "webhook_off", en: "The webhook is switched off. Switch it on first.",
        es: "El webhook está apagado. Enciéndalo primero.")
    package static let noDelivery = PuenteError(
        .notFound, detail: "no_delivery", en: "There is no such delivery. It may be past its time.",
        es: "No existe ese envío. Puede que ya no se conserve.")
}
