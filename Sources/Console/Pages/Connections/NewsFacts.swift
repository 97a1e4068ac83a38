package import Domain

/// Something that Meta said about an account, a number or a template.
package struct NewsFacts: Sendable {
    /// What happened, as far as we know Meta's words for it.
    package enum What: String, CaseIterable, Sendable {
        case accountDisabled, accountWillBeDisabled, accountReinstated, accountDeleted, accountViolation
        case accountRestricted, accountDisconnected, accountReconnected, accountOther
        case alert, reviewApproved, reviewRejected, reviewOther
        case limit, limitOther, numberFlagged, numberUnflagged, numberOther
        case nameApproved, nameRejected, nameOther, security
        case templateApproved, templateRejected, templatePaused, templateDisabled, templateFlagged, templateReinstated
        case templateStatus, templateQuality, templateCategory, templateCategoryComing, templateText
        case error, other
    }

    package var what: What
    /// The new limit, quality, category or status, where the sentence names it.
    package var value: LocalizedText?
    /// The number or template; nil when it is the whole account.
    package var subject: String?
    package var wabaID: String
    /// Meta's own words: a reason, a code.
    package var vendorText: String?
    package var at: Timestamp

    package init(
        what: What, value: LocalizedText? = nil, subject: String?, wabaID: String, vendorText: String? = nil,
        at: Timestamp
    ) {
        self.what = what
        self.value = value
        self.subject = subject
        self.wabaID = wabaID
        self.vendorText = vendorText
        self.at = at
    }
}
