package import Domain

/// A subscriber, as the pages show it.
package struct WebhookFacts: Sendable {
    package enum State: String, CaseIterable, Sendable {
        /// Faltering: the last attempts failed, for no longer than what passes by itself.
        case on, faltering, failing, offByPerson, offFailing, offGone

        var isOn: Bool {
            switch self {
            case .on, .faltering, .failing: true
            case .offByPerson, .offFailing, .offGone: false
            }
        }
    }

    package var id: WebhookEndpointID
    package var url: String
    package var description: String
    package var types: [WebhookEventType]
    package var state: State
    /// Since when it fails, or is off.
    package var since: Timestamp?
    package var deliveredAt: Timestamp?
    package var previousUntil: Timestamp?
    package var createdBy: String
    /// A program made it for itself.
    package var isProgram: Bool

    package init(
        id: WebhookEndpointID, url: String, description: String, types: [WebhookEventType], state: State,
        since: Timestamp? = nil, deliveredAt: Timestamp? = nil, previousUntil: Timestamp? = nil, createdBy: String,
        isProgram: Bool = false
    ) {
        self.id = id
        self.url = url
        self.description = description
        self.types = types
        self.state = state
        self.since = since
        self.deliveredAt = deliveredAt
        self.previousUntil = previousUntil
        self.createdBy = createdBy
        self.isProgram = isProgram
    }
}

/// One line of a subscriber's log.
package struct WebhookDeliveryFacts: Sendable {
    package enum State: String, CaseIterable, Sendable { case waiting, delivered, failed }

    package var id: WebhookDeliveryID
    package var type: WebhookEventType
    package var state: State
    package var attempts: Int
    package var status: Int?
    package var error: LocalizedText?
    package var milliseconds: Int64?
    package var at: Timestamp
    /// When it is tried next, while it waits.
    package var nextAt: Timestamp?

    package init(
        id: WebhookDeliveryID, type: WebhookEventType, state: State, attempts: Int, status: Int? = nil,
        error: LocalizedText? = nil, milliseconds: Int64? = nil, at: Timestamp, nextAt: Timestamp? = nil
    ) {
        self.id = id
        self.type = type
        self.state = state
        self.attempts = attempts
        self.status = status
        self.error = error
        self.milliseconds = milliseconds
        self.at = at
        self.nextAt = nextAt
    }
}

extension WebhookEventType {
    /// In the names of words, where a point would be a step down.
    var word: String {
        switch self {
        case .messageReceived: "messageReceived"
        case .messageStatusChanged: "messageStatusChanged"
        case .contactCreated: "contactCreated"
        case .contactUpdated: "contactUpdated"
        case .consentChanged: "consentChanged"
        case .conversationHandedOver: "conversationHandedOver"
        case .test: "test"
        }
    }
}
