import Domain
import Store

extension NewsFacts {
    /// - Parameter numbers: the company's, to be written as people know them.
    init(_ notice: NoticeSummary, numbers: [NumberSummary]) {
        // Kept as Meta wrote it: what cannot be read has no particulars.
        let detail = (try? JSONReader.read(Array(notice.detail.utf8))) ?? .null
        let (what, value) = Self.reading(notice, detail)
        self.init(
            what: what, value: value, subject: notice.subject.map { Self.written($0, numbers) },
            wabaID: notice.wabaID, vendorText: Self.vendorText(of: notice, what, detail),
            at: notice.at ?? notice.storedAt)
    }

    private static func written(_ subject: String, _ numbers: [NumberSummary]) -> String {
        let digits = subject.filter(\.isNumber)
        guard digits.count > 6 else { return subject }
        return numbers.first { $0.displayNumber.filter(\.isNumber) == digits }?.writtenNumber ?? subject
    }

    // MARK: What happened

    private static func reading(_ notice: NoticeSummary, _ detail: JSONValue) -> (What, LocalizedText?) {
        if let parts = notice.templateParts { return template(parts.kind, parts.value, detail) }
        switch notice.field {
        case "account_update": return (account(notice.event, detail), nil)
        case "account_alerts": return (.alert, nil)
        case "account_review_update":
            return (decision(notice.event, .reviewApproved, .reviewRejected, .reviewOther), nil)
        case "business_capability_update": return limit(detail)
        case "phone_number_quality_update": return (number(notice.event), nil)
        case "phone_number_name_update":
            return (decision(notice.event, .nameApproved, .nameRejected, .nameOther), nil)
        case "security": return (.security, nil)
        case "messages": return (.error, nil)
        default: return (.other, nil)
        }
    }

    private static func account(_ event: String, _ detail: JSONValue) -> What {
        switch (event, detail["ban_info"]?["waba_ban_state"]?.text) {
        case ("DISABLED_UPDATE", "DISABLE"): .accountDisabled
        case ("DISABLED_UPDATE", "SCHEDULE_FOR_DISABLE"): .accountWillBeDisabled
        case ("DISABLED_UPDATE", "REINSTATE"): .accountReinstated
        case ("ACCOUNT_DELETED", _): .accountDeleted
        case ("ACCOUNT_VIOLATION", _): .accountViolation
        case ("ACCOUNT_RESTRICTION", _): .accountRestricted
        case ("ACCOUNT_OFFBOARDED", _): .accountDisconnected
        case ("ACCOUNT_RECONNECTED", _): .accountReconnected
        default: .accountOther
        }
    }

    private static func decision(_ word: String, _ approved: What, _ rejected: What, _ other: What) -> What {
        switch word {
        case "APPROVED": approved
        case "REJECTED": rejected
        default: other
        }
    }

    private static func number(_ event: String) -> What {
        switch event {
        case "FLAGGED": .numberFlagged
        case "UNFLAGGED": .numberUnflagged
        default: .numberOther
        }
    }

    private static func limit(_ detail: JSONValue) -> (What, LocalizedText?) {
        switch detail["max_daily_conversations_per_business"]?.word.flatMap(MessagingLimit.init) {
        case .people(let count)?: return (.limit, .same("\(count)"))
        case .unlimited?: return (.limit, LocalizedText(en: "unlimited", es: "sin límite"))
        case nil: return (.limitOther, nil)
        }
    }

    private static func template(
        _ kind: TemplateNotice.Kind, _ value: String, _ detail: JSONValue
    ) -> (What, LocalizedText?) {
        switch kind {
        case .status: return (status(value), .same(value))
        case .quality: return (.templateQuality, QualityWords.text(value))
        case .category:
            guard let coming = detail["correct_category"]?.text else {
                return (.templateCategory, CategoryWords.text(value))
            }
            return (.templateCategoryComing, CategoryWords.text(coming))
        case .components: return (.templateText, nil)
        }
    }

    private static func status(_ word: String) -> What {
        switch word {
        case "APPROVED": .templateApproved
        case "REJECTED": .templateRejected
        case "PAUSED": .templatePaused
        case "DISABLED": .templateDisabled
        case "FLAGGED": .templateFlagged
        case "REINSTATED": .templateReinstated
        default: .templateStatus
        }
    }

    // MARK: Meta's words

    /// The first that there is of what Meta gives as a reason; where we have no words of our own, its event.
    private static func vendorText(of notice: NoticeSummary, _ what: What, _ detail: JSONValue) -> String? {
        let rejection = [detail["rejection_info"]?["reason"], detail["rejection_info"]?["recommendation"]]
        let reasons: [String?] = [
            rejection.compactMap { $0?.text }.joined(separator: " "),
            detail["alert_info"]?["alert_description"]?.text, detail["alert_description"]?.text,
            restrictions(in: detail), detail["violation_info"]?["violation_type"]?.text,
            detail["ban_info"]?["waba_ban_date"]?.text, detail["other_info"]?["description"]?.text,
            detail["rejection_reason"]?.text, detail["reason"]?.text,
        ]
        if let reason = reasons.compactMap(\.self).first(where: { !$0.isEmpty && $0 != "NONE" }) {
            return String(reason.prefix(500))
        }
        switch what {
        case .accountOther, .alert, .limitOther, .numberOther, .security, .error, .other: return notice.event
        default: return nil
        }
    }

    private static func restrictions(in detail: JSONValue) -> String? {
        guard case .array(let items) = detail["restriction_info"] else { return nil }
        return items.compactMap { $0["restriction_type"]?.text }.joined(separator: ", ")
    }
}

extension NoticeSummary {
    /// What the store wrote of a template: `status: REJECTED`.
    fileprivate var templateParts: (kind: TemplateNotice.Kind, value: String)? {
        guard field.contains("template"), let colon = event.firstRange(of: ": "),
            let kind = TemplateNotice.Kind(rawValue: String(event[..<colon.lowerBound]))
        else { return nil }
        return (kind, String(event[colon.upperBound...]))
    }
}

extension JSONValue {
    /// Of a text or a whole number: Meta writes limits as either.
    fileprivate var word: String? {
        switch self {
        case .string(let text): text
        case .integer(let number): "\(number)"
        case .null, .bool, .number, .array, .object: nil
        }
    }
}
