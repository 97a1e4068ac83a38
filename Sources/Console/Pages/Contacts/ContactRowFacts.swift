package import Domain

/// A phone number as people in its country write it.
package struct PhoneFacts: Hashable, Sendable {
    /// `55 1234 5678`
    package var local: String
    /// `+52 55 1234 5678`
    package var international: String
    /// `MX`; nil for numbers of no country.
    package var region: String?
    package var country: LocalizedText?
    package var kind: PhoneNumberKind
    /// The country's plan, as far as it is known here, has no such number.
    package var isDoubtful: Bool

    package init(
        local: String, international: String, region: String?, country: LocalizedText?,
        kind: PhoneNumberKind = .unknown, isDoubtful: Bool = false
    ) {
        self.local = local
        self.international = international
        self.region = region
        self.country = country
        self.kind = kind
        self.isDoubtful = isDoubtful
    }

    /// As somebody in a region dials it: of their own country without its code.
    /// - Parameter region: ISO 3166 alpha-2.
    func dialled(in region: String) -> String {
        self.region == region ? local : international
    }
}

/// Whether somebody may be sent marketing, in one word.
package enum MarketingConsent: String, CaseIterable, Sendable {
    case granted, double, withdrawn, unknown
}

/// A contact as a list shows it.
package struct ContactRowFacts: Sendable {
    package var person: PersonFacts
    package var phone: PhoneFacts?
    package var email: String?
    /// `es`, `pt_BR`
    package var language: String?
    package var labels: [LabelFacts]
    package var states: [ContactState]
    /// Messages to all their numbers could not be delivered.
    package var isUnreachable: Bool
    package var consent: MarketingConsent
    /// As they are kept.
    package var fields: [FieldID: String]
    package var lastActivityAt: Timestamp?
    package var createdAt: Timestamp
    package var updatedAt: Timestamp

    package init(
        person: PersonFacts, phone: PhoneFacts? = nil, email: String? = nil, language: String? = nil,
        labels: [LabelFacts] = [], states: [ContactState] = [], isUnreachable: Bool = false,
        consent: MarketingConsent = .unknown,
        fields: [FieldID: String] = [:], lastActivityAt: Timestamp? = nil, createdAt: Timestamp, updatedAt: Timestamp
    ) {
        self.person = person
        self.phone = phone
        self.email = email
        self.language = language
        self.labels = labels
        self.states = states
        self.isUnreachable = isUnreachable
        self.consent = consent
        self.fields = fields
        self.lastActivityAt = lastActivityAt
        self.createdAt = createdAt
        self.updatedAt = updatedAt
    }
}
