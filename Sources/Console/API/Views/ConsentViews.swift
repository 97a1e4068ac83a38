import Domain
import Store

extension ResourceViews {
    func consent(_ file: ConsentFile) -> JSONObject {
        [
            "contact": file.person.id, "tier": file.tier.rawValue, "may_be_asked": file.askRefusal == nil,
            "purposes": ConsentPurpose.allCases.map { purpose($0, file.standing.consent[$0]) },
            "states": states(file.standing), "entries": file.entries.map(entry),
            "questions": file.questions.map(question),
        ]
    }

    private func purpose(_ purpose: ConsentPurpose, _ standing: ConsentStanding?) -> JSONObject {
        [
            "purpose": purpose.rawValue, "standing": standing?.word.rawValue, "double": standing?.isDouble ?? false,
            "since": standing?.since, "entry": standing?.entry,
        ]
    }

    private func states(_ standing: RecipientStanding) -> [String] {
        [
            standing.isBlocked ? "blocked" : nil, standing.hasComplaint ? "complaint" : nil,
            standing.isDoNotCall ? "do_not_call" : nil,
        ].compactMap(\.self)
    }

    private func entry(_ entry: ConsentEntry) -> JSONObject {
        [
            "id": entry.id, "purpose": entry.purpose.rawValue, "change": entry.change.rawValue,
            "double": entry.isDouble, "source": entry.source.rawValue, "words": entry.words, "at": entry.at,
            "recorded_at": entry.recordedAt, "actor": entry.actor, "message": entry.message,
            "evidence": evidence(entry.evidence),
        ]
    }

    private func evidence(_ evidence: ConsentEvidence) -> JSONObject {
        let all: JSONObject = [
            "whatsapp_message_id": evidence.wamid, "question": evidence.question, "opt_in": evidence.optIn,
            "button": evidence.button, "button_title": evidence.buttonTitle, "code": evidence.code,
            "file": evidence.file, "line": evidence.line, "change": evidence.change, "reference": evidence.reference,
        ]
        return all.withoutNulls
    }

    private func question(_ question: ConsentFile.Question) -> JSONObject {
        [
            "id": question.id, "state": question.state.rawValue, "words": question.words, "actor": question.actor,
            "asked_at": question.askedAt, "remind_at": question.remindAt, "reminded_at": question.remindedAt,
            "expires_at": question.expiresAt, "answered_at": question.answeredAt,
            "conversation": question.conversation,
        ]
    }

    /// - Parameter template: nil for a free-form answer.
    func verdict(_ verdicts: WritingVerdicts?, of template: TemplateID?) -> JSONObject {
        let refusal: SendRefusal? =
            switch (verdicts, template) {
            case (nil, _): .numberNotConnected
            case (let verdicts?, nil): verdicts.answer
            case (let verdicts?, let template?):
                verdicts.templates.first { $0.template.id == template }.map(\.refusal) ?? .templateUnknown
            }
        // A free-form answer that was not written yet: what it must say can still be said.
        let isAllowed = refusal == nil || refusal == .senderNotNamed
        let mustName = refusal == .senderNotNamed && verdicts?.senderLine == nil ? verdicts?.sender.shown : nil
        return [
            "number": verdicts?.number, "allowed": isAllowed, "code": isAllowed ? nil : refusal?.rawValue,
            "reason": isAllowed
                ? nil : refusal?.sentence(naming: verdicts?.sender ?? SenderName([]))[language],
            "must_name": mustName, "added_line": template == nil ? verdicts?.senderLine : nil,
            "window_ends_at": verdicts?.windowEnds,
        ]
    }

    func coverage(_ coverage: ConsentCoverage) -> JSONObject {
        [
            "customers": coverage.customers, "double": coverage.double, "single": coverage.single,
            "withdrawn": coverage.withdrawn, "unasked": coverage.unasked, "without_double": coverage.withoutDouble,
            "unreachable": coverage.unreachable, "counted_at": coverage.countedAt,
        ]
    }

    func settings(_ settings: ConsentSettings, _ rules: SendGateRules) -> JSONObject {
        [
            "withdrawal_words": settings.withdrawalWords, "start_words": settings.startWords,
            "question_hours": settings.questionHours, "reminder_hours": settings.reminderHours,
            "asks_on_start": settings.asksOnStart, "marketing_needs_double_opt_in": rules.marketingNeedsProof,
            "names_in_every_conversation": rules.namesInEveryConversation,
            "adds_sender_line": rules.addsSenderLine, "sender_line": rules.senderLine,
            "languages": ConsentLanguage.allCases.map { language($0, settings) },
        ]
    }

    private func language(_ language: ConsentLanguage, _ settings: ConsentSettings) -> JSONObject {
        let texts = settings.texts(language)
        let shown: JSONObject = [
            "confirmation": texts.confirmation, "question": texts.question, "yes": texts.yes, "no": texts.no,
            "reminder": texts.reminder, "thanks": texts.thanks,
        ]
        return [
            "language": language.rawValue, "texts": shown, "is_standard": settings.texts[language] == nil,
            "withdrawal_words": WithdrawalWords.byLanguage[language] ?? [],
            "start_words": StartWords.byLanguage[language] ?? [],
        ]
    }
}
