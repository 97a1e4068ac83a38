import Domain
import PhoneNumbers
import Store

extension ContactRowFacts {
    init(_ contact: ContactSummary) {
        self.init(
            person: PersonFacts(contact.person), phone: contact.person.phone.map(PhoneFacts.init(digits:)),
            email: contact.email, language: contact.language, labels: contact.labels.map(LabelFacts.init),
            states: contact.states, isUnreachable: contact.isUnreachable, consent: MarketingConsent(contact.consent),
            fields: contact.fields, lastActivityAt: contact.lastActivityAt, createdAt: contact.createdAt,
            updatedAt: contact.updatedAt)
    }
}

extension PhoneFacts {
    /// What libphonenumber does not know stays a plus and its digits.
    init(digits: String) {
        do throws(PhoneNumberProblem) {
            let number = try PhoneNumber("+" + digits)
            self.init(
                local: number.nationalFormat, international: number.internationalFormat, region: number.region,
                country: number.region.flatMap { PhoneRegion($0)?.name }, kind: number.kind,
                isDoubtful: PhoneNumber.isDoubtful(digits))
        } catch {
            self.init(
                local: "+" + digits, international: "+" + digits, region: nil, country: nil,
                isDoubtful: PhoneNumber.isDoubtful(digits))
        }
    }
}

extension LabelFacts {
    init(_ label: ContactSummary.Label) {
        // A tone that a later release brought is shown in grey.
        self.init(id: label.id, name: label.name, color: LabelColor(rawValue: label.color) ?? .gray)
    }
}

extension MarketingConsent {
    init(_ consent: ContactSummary.Consent?) {
        switch consent?.standing {
        case nil: self = .unknown
        case .withdrawn: self = .withdrawn
        case .granted: self = consent?.isDouble == true ? .double : .granted
        }
    }

    var stored: ContactQuery.Consent {
        switch self {
        case .granted: .granted
        case .double: .double
        case .withdrawn: .withdrawn
        case .unknown: .unknown
        }
    }
}

extension ContactsFilter.Order {
    var stored: ContactQuery.Order {
        switch self {
        case .changed: .changed
        case .activity: .activity
        case .name: .name
        case .created: .created
        }
    }
}

/// A number in a search box, in whatever way it is written.
enum SearchedNumber {
    /// The digits under which handles are known; nil for what is no number of the region.
    static func digits(_ text: String, region: String) -> String? {
        // Shorter ones are parts of numbers: what they look like says nothing.
        guard text.count { $0.isNumber } >= 6, !text.contains(where: \.isLetter) else { return nil }
        do throws(PhoneNumberProblem) {
            return try PhoneNumber(text, region: region).handle
        } catch {
            return nil
        }
    }
}
