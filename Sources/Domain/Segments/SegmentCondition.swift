/// One thing that is or is not so of a contact.
///
/// Texts are compared without regard to capitals, accents, blanks and signs. "Is not" is met by who says nothing, too.
package enum SegmentCondition: Hashable, Sendable {
    /// The company's name for the person, else the person's own.
    case name(TextTest)
    /// Any address that holds now.
    case email(TextTest)
    /// A number that holds now begins with one of these digits (country code first), or none does.
    case phone([String], isSo: Bool)
    /// `es`, `pt_BR`; `pt` is met by `pt_BR` as well. Nil: none is known.
    case language(String?, isSo: Bool)
    case reach(Reach)
    /// Of any number that holds now.
    case numberKind(PhoneNumberKind, isSo: Bool)
    /// Messages to every number of theirs could not be delivered, and nothing was heard of them since.
    case unreachable(isSo: Bool)
    /// Texts, choices, yes and no.
    case field(FieldID, FieldKind, TextTest)
    case number(FieldID, NumberTest)
    case date(FieldID, DateTest)
    case label(LabelID, isSo: Bool)
    case state(ContactState, isSo: Bool)
    case consent(Purpose, Consent)
    case activity(Activity)
    case created(Age)
    /// How any of the contact's handles became known.
    case source(Source, isSo: Bool)

    package enum TextTest: Hashable, Sendable {
        case contains(String)
        case starts(String)
        case ends(String)
        case equals(String)
        case differs(String)
        /// Something is known.
        case filled
        case empty
    }

    package enum NumberTest: Hashable, Sendable {
        case equals(Double)
        case differs(Double)
        case atLeast(Double)
        case atMost(Double)
        case filled
        case empty
    }

    package enum DateTest: Hashable, Sendable {
        case on(CivilDate)
        /// Earlier than that day.
        case before(CivilDate)
        /// Later than that day.
        case after(CivilDate)
        /// Today, or up to so many days ago, where the company works.
        case past(days: Int)
        /// Today, or within so many days.
        case next(days: Int)
        case filled
        case empty
    }

    /// How a message can reach the person.
    package enum Reach: String, CaseIterable, Sendable {
        case phone
        /// A business-scoped user id, and no phone.
        case userIDOnly = "user_id_only"
        /// Neither.
        case nothing
    }

    package typealias Purpose = ConsentPurpose

    /// What the ledger's entries of a purpose come to.
    package enum Consent: String, CaseIterable, Sendable {
        case granted
        /// Granted, by double opt-in.
        case double
        /// Granted, but not doubly.
        case single
        case withdrawn
        /// Neither granted nor withdrawn.
        case unknown
        /// Withdrawn or unknown.
        case notGranted = "not_granted"
    }

    package enum Activity: Hashable, Sendable {
        /// Last wrote up to so many days ago.
        case within(days: Int)
        /// Has written, and not for so many days.
        case silent(days: Int)
        case never
        /// Has an open conversation.
        case open
        case noneOpen
    }

    /// When the contact was made.
    package enum Age: Hashable, Sendable {
        case within(days: Int)
        case longer(days: Int)
        case before(CivilDate)
        /// On that day or later.
        case since(CivilDate)
    }

    package enum Source: String, CaseIterable, Sendable {
        case whatsapp, crm, api, `import`, person
    }
}
