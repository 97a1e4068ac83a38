package import Domain

/// How many customers stand where.
package struct ConsentCoverageFacts: Sendable {
    package var customers: Int
    package var double: Int
    package var single: Int
    package var withdrawn: Int
    /// Nil in a count from before that was known.
    package var unreachable: Int?
    /// Nil: just now.
    package var countedAt: Timestamp?

    package init(
        customers: Int, double: Int, single: Int, withdrawn: Int, unreachable: Int? = nil, countedAt: Timestamp? = nil
    ) {
        self.customers = customers
        self.double = double
        self.single = single
        self.withdrawn = withdrawn
        self.unreachable = unreachable
        self.countedAt = countedAt
    }

    var withoutDouble: Int { max(0, customers - double) }
    var unasked: Int { max(0, customers - double - single - withdrawn) }
}

/// A customer whose consent is not confirmed.
package struct UnconfirmedFacts: Sendable {
    package var person: PersonFacts
    /// Nil where nobody has said anything.
    package var standing: ConsentStanding.Word?
    package var isAsked: Bool

    package init(person: PersonFacts, standing: ConsentStanding.Word?, isAsked: Bool = false) {
        self.person = person
        self.standing = standing
        self.isAsked = isAsked
    }
}

/// The words that end marketing, ours and the company's.
package struct ConsentWordsView: Sendable {
    package struct Language: Sendable {
        package let name: String
        package let code: String
        package let withdrawals: String
        package let starts: String
    }

    package let languages: [Language]
    /// One on a line.
    package let withdrawals: String
    package let starts: String
    package let error: String?

    init(_ settings: ConsentSettings, error: String?, in context: PageContext) {
        self.languages = ConsentLanguage.allCases.map { language in
            Language(
                name: context.words("consent.language.\(language)"), code: language.htmlCode,
                withdrawals: (WithdrawalWords.byLanguage[language] ?? []).joined(separator: " · "),
                starts: (StartWords.byLanguage[language] ?? []).joined(separator: " · "))
        }
        self.withdrawals = settings.withdrawalWords.joined(separator: "\n")
        self.starts = settings.startWords.joined(separator: "\n")
        self.error = error
    }
}

/// What Puente says in one language.
package struct ConsentTextsView: Sendable {
    package let language: String
    package let name: String
    package let code: String
    package let isOpen: Bool
    /// The company has its own.
    package let isOwn: Bool
    package let confirmation: String
    package let question: String
    package let yes: String
    package let no: String
    package let reminder: String
    package let thanks: String
    package let error: String?

    init(
        _ settings: ConsentSettings, _ language: ConsentLanguage, isOpen: Bool, error: String?,
        in context: PageContext
    ) {
        let texts = settings.texts(language)
        self.language = language.rawValue
        self.name = context.words("consent.language.\(language)")
        self.code = language.htmlCode
        self.isOpen = isOpen
        self.isOwn = settings.texts[language] != nil
        self.confirmation = texts.confirmation
        self.question = texts.question
        self.yes = texts.yes
        self.no = texts.no
        self.reminder = texts.reminder
        self.thanks = texts.thanks
        self.error = error
    }
}

/// How questions are asked, and how strict the gate is.
package struct ConsentRulesView: Sendable {
    package let questionHours: String
    package let reminderHours: String
    package let asksOnStart: Bool
    package let marketingNeedsProof: Bool
    package let namesInEveryConversation: Bool
    package let addsSenderLine: Bool
    package let senderLine: String
    package let longestSenderLine: Int
    package let error: String?

    init(_ settings: ConsentSettings, _ rules: SendGateRules, error: String?) {
        self.questionHours = String(settings.questionHours)
        self.reminderHours = settings.reminderHours.map(String.init) ?? ""
        self.asksOnStart = settings.asksOnStart
        self.marketingNeedsProof = rules.marketingNeedsProof
        self.namesInEveryConversation = rules.namesInEveryConversation
        self.addsSenderLine = rules.addsSenderLine
        self.senderLine = rules.senderLine
        self.longestSenderLine = SendGateRules.longestSenderLine
        self.error = error
    }
}

extension ConsentLanguage {
    /// For `lang`.
    var htmlCode: String {
        switch self {
        case .spanish: "es"
        case .english: "en"
        case .portuguese: "pt"
        case .french: "fr"
        case .simplifiedChinese: "zh-Hans"
        case .traditionalChinese: "zh-Hant"
        }
    }
}
