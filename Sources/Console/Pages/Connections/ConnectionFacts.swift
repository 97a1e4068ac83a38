package import Domain

/// A WhatsApp number or a CRM account, and how it is.
package struct ConnectionFacts: Sendable {
    package enum Kind: Sendable {
        case number
        /// With the vendor's name: "HubSpot".
        case crm(vendor: LocalizedText)
    }

    package enum Health: Sendable {
        case working
        /// Works, with something to look at.
        case attention
        case failing
        /// Paused by a person or by an account-wide failure.
        case paused
        /// Taken out of puente.yaml, or switched off.
        case disabled
        /// Never tested yet.
        case unknown
    }

    package struct Pause: Sendable {
        package var since: Timestamp
        /// Nil: until a person resumes it.
        package var until: Timestamp?
        /// What happened and what to do.
        package var reason: LocalizedText

        package init(since: Timestamp, until: Timestamp?, reason: LocalizedText) {
            self.since = since
            self.until = until
            self.reason = reason
        }
    }

    /// One step of the live check.
    package struct Check: Sendable {
        package enum State: Sendable { case waiting, running, passed, warned, failed, skipped }

        package var title: LocalizedText
        package var state: State
        /// What was seen, or what to do when it failed.
        package var detail: LocalizedText?

        package init(title: LocalizedText, state: State, detail: LocalizedText? = nil) {
            self.title = title
            self.state = state
            self.detail = detail
        }
    }

    /// A line of the card: a label with its value.
    package struct Detail: Sendable {
        package var label: LocalizedText
        package var value: LocalizedText
        /// Offers to copy it (an id, the webhook's address).
        package var isCopied: Bool

        package init(label: LocalizedText, value: LocalizedText, isCopied: Bool = false) {
            self.label = label
            self.value = value
            self.isCopied = isCopied
        }

        /// What is the same in every language: an id, an address.
        package init(label: LocalizedText, value: String, isCopied: Bool = false) {
            self.init(label: label, value: .same(value), isCopied: isCopied)
        }
    }

    /// The path's last part: the number's or connection's id.
    package var id: String
    package var kind: Kind
    package var name: String
    /// `+1 555-078-3881`, or the CRM's account.
    package var address: String?
    /// The account in the CRM's own pages; nil where that is not known.
    package var page: String?
    package var health: Health
    package var isProvisioned: Bool
    package var lastEvent: Timestamp?
    package var waiting: Int
    /// While it is switched off: messages that wait for it.
    package var stranded: Int
    package var pause: Pause?
    package var details: [Detail]
    package var checks: [Check]
    package var checkedAt: Timestamp?
    /// Of a CRM: the page of what is mapped.
    package var mapping: String?
    /// Of a CRM's own page: its name in the configuration.
    package var slug: String?

    package init(
        id: String, kind: Kind, name: String, address: String?, page: String? = nil, health: Health,
        isProvisioned: Bool,
        lastEvent: Timestamp?, waiting: Int, stranded: Int = 0, pause: Pause? = nil, details: [Detail] = [],
        checks: [Check] = [], checkedAt: Timestamp? = nil, mapping: String? = nil, slug: String? = nil
    ) {
        self.id = id
        self.kind = kind
        self.name = name
        self.address = address
        self.page = page
        self.health = health
        self.isProvisioned = isProvisioned
        self.lastEvent = lastEvent
        self.waiting = waiting
        self.stranded = stranded
        self.pause = pause
        self.details = details
        self.checks = checks
        self.checkedAt = checkedAt
        self.mapping = mapping
        self.slug = slug
    }
}

/// After a restore: what is held back until a person releases it.
package struct HoldFacts: Sendable {
    package var restoredAt: Timestamp
    /// The moment that the backup shows: what came after it is not in the database.
    package var backupAt: Timestamp
    package var heldMessages: Int

    package init(restoredAt: Timestamp, backupAt: Timestamp, heldMessages: Int) {
        self.restoredAt = restoredAt
        self.backupAt = backupAt
        self.heldMessages = heldMessages
    }
}
