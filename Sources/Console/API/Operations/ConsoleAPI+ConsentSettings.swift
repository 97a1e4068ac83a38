import Domain
import Store

extension ConsoleAPI {
    var consentSettingsOperations: [APIOperation] {
        [
            .get("getConsentCoverage", "/api/v1/consent/coverage") { request in
                .ok(views(request).coverage(try await store.consentCoverage(in: request.workspace)))
            },
            .get("getConsentSettings", "/api/v1/consent/settings") { .ok(try await consentSettings($0)) },
            .patch("changeConsentSettings", "/api/v1/consent/settings", scope: .admin, changeConsentSettings),
        ]
    }

    private func consentSettings(_ request: APIRequest) async throws -> JSONObject {
        views(request).settings(
            try await store.consentSettings(in: request.workspace),
            try await store.sendGateRules(in: request.workspace))
    }

    private func changeConsentSettings(_ request: APIRequest) async throws -> APIAnswer {
        let wish = try BodyObject.read(request.body) { ConsentSettingsWish($0) }
        var rules = try await store.sendGateRules(in: request.workspace)
        wish.apply(to: &rules)
        if let problem = rules.problem { throw problem }
        try await store.changeConsentSettings(in: request.workspace, by: request.key.name) { wish.apply(to: &$0) }
        if wish.hasRules {
            try await store.setSendGateRules(rules, in: request.workspace, by: request.key.name)
        }
        return .ok(try await consentSettings(request))
    }
}

/// What shall be otherwise; what is not named stays.
private struct ConsentSettingsWish: Sendable {
    /// Of one language: other texts, or the standard ones again.
    enum Texts: Sendable {
        case own(ConsentTexts)
        case standard
    }

    var withdrawalWords: [String]?
    var startWords: [String]?
    var questionHours: Int?
    /// `.some(nil)`: never.
    var reminderHours: Int??
    var asksOnStart: Bool?
    var marketingNeedsProof: Bool?
    var namesInEveryConversation: Bool?
    var addsSenderLine: Bool?
    var senderLine: String?
    var texts: [ConsentLanguage: Texts] = [:]

    init(_ body: BodyObject) {
        body.allow(
            "withdrawal_words", "start_words", "question_hours", "reminder_hours", "asks_on_start",
            "marketing_needs_double_opt_in", "names_in_every_conversation", "adds_sender_line", "sender_line", "texts")
        func words(_ name: String) -> [String]? {
            body.has(name) ? body.texts(name, 0...ConsentSettings.mostWords, length: 1...200) : nil
        }
        withdrawalWords = words("withdrawal_words")
        startWords = words("start_words")
        questionHours = Self.hours("question_hours", ConsentSettings.questionHoursAllowed, body)
        if body.isNull("reminder_hours") {
            reminderHours = .some(nil)
        } else if body.has("reminder_hours") {
            reminderHours = .some(Self.hours("reminder_hours", ConsentSettings.reminderHoursAllowed, body))
        }
        asksOnStart = body.optionalBool("asks_on_start")
        marketingNeedsProof = body.optionalBool("marketing_needs_double_opt_in")
        namesInEveryConversation = body.optionalBool("names_in_every_conversation")
        addsSenderLine = body.optionalBool("adds_sender_line")
        senderLine = body.optionalText("sender_line", 1...SendGateRules.longestSenderLine)
        if let object = body.optionalObject("texts") { texts = Self.texts(in: object) }
    }

    private static func hours(_ name: String, _ range: ClosedRange<Int>, _ body: BodyObject) -> Int? {
        body.optionalInteger(name, Int64(range.lowerBound)...Int64(range.upperBound)).map(Int.init)
    }

    private static func texts(in body: BodyObject) -> [ConsentLanguage: Texts] {
        var found: [ConsentLanguage: Texts] = [:]
        for name in body.names {
            guard let language = ConsentLanguage(rawValue: name) else {
                body.note(name, en: "this language is unknown here", es: "este idioma no se conoce aquí")
                continue
            }
            if body.isNull(name) {
                found[language] = .standard
            } else if let own = body.object(name).flatMap(ownTexts) {
                found[language] = .own(own)
            }
        }
        return found
    }

    private static func ownTexts(_ body: BodyObject) -> ConsentTexts? {
        body.allow("confirmation", "question", "yes", "no", "reminder", "thanks")
        let length = 1...ConsentTexts.longestText
        let (confirmation, question) = (body.text("confirmation", length), body.text("question", length))
        let (yes, no) = (
            body.text("yes", 1...ConsentTexts.longestButton), body.text("no", 1...ConsentTexts.longestButton)
        )
        let (reminder, thanks) = (body.text("reminder", length), body.text("thanks", length))
        guard let confirmation, let question, let yes, let no, let reminder, let thanks else { return nil }
        return ConsentTexts(
            confirmation: confirmation, question: question, yes: yes, no: no, reminder: reminder, thanks: thanks)
    }

    var hasRules: Bool {
        marketingNeedsProof != nil || namesInEveryConversation != nil || addsSenderLine != nil || senderLine != nil
    }

    func apply(to settings: inout ConsentSettings) {
        if let withdrawalWords { settings.withdrawalWords = withdrawalWords }
        if let startWords { settings.startWords = startWords }
        if let questionHours { settings.questionHours = questionHours }
        if let reminderHours { settings.reminderHours = reminderHours }
        if let asksOnStart { settings.asksOnStart = asksOnStart }
        for (language, texts) in texts {
            settings.texts[language] = if case .own(let own) = texts { own } else { nil }
        }
    }

    func apply(to rules: inout SendGateRules) {
        if let marketingNeedsProof { rules.marketingNeedsProof = marketingNeedsProof }
        if let namesInEveryConversation { rules.namesInEveryConversation = namesInEveryConversation }
        if let addsSenderLine { rules.addsSenderLine = addsSenderLine }
        if let senderLine { rules.senderLine = senderLine }
    }
}
