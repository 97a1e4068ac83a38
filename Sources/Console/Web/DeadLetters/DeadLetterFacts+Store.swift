import Domain
import PhoneNumbers
import Pipeline
import Store

extension DeadLetterFacts {
    /// How long a person has for it, where the database names no moment (it is still uncertain).
    private static let patience: Duration = .hours(24)

    /// - Parameters:
    ///   - names: of the numbers and CRMs.
    ///   - habits: in which numbers are to be corrected.
    ///   - isAdmin: whether the reader may change mappings.
    init(_ letter: DeadLetter, names: LaneNames, habits: WritingHabits, isAdmin: Bool) {
        let failure = letter.failure
        self.init(
            id: letter.id, work: Work(letter),
            destination: letter.lane.flatMap(names.name) ?? letter.laneName ?? letter.kind,
            person: letter.person.map { PersonFacts(listed: $0) }, conversation: letter.conversation,
            content: letter.message?.content, code: failure?.code ?? letter.state.rawValue,
            advice: failure.map { FailureAdvice($0).advice } ?? .waitingForNews,
            vendorText: failure?.vendorText ?? "", failedAt: letter.changedAt,
            dueAt: letter.answerBy ?? letter.changedAt + Self.patience,
            attempts: failure.map {
                [Attempt(at: letter.changedAt, code: $0.code, vendorText: $0.vendorText, number: letter.attempts)]
            } ?? [],
            followers: letter.heldUp, fields: Field.all(of: letter, habits: habits), refusal: letter.refusal)
        refused = letter.value.map { Refused($0) }
        recordURL = letter.recordPage
        mappingURL = isAdmin ? letter.mappingPath : nil
        since = letter.jobKind == .upsertContact ? letter.createdAt : nil
    }
}

extension DeadLetterFacts.Refused {
    fileprivate init(_ value: DeadLetter.Value) {
        let refused = value.refused
        self.init(
            ours: value.title, theirs: refused.label ?? refused.name, name: refused.name, value: refused.value)
    }
}

extension DeadLetter {
    /// The row of the mapping that writes the refused field, or the whole mapping where none does.
    fileprivate var mappingPath: String? {
        guard let value, let laneName else { return nil }
        return "/connections/\(laneName)/mapping" + (value.row.map { "/rows/\($0)" } ?? "")
    }
}

extension PersonFacts {
    fileprivate init(listed person: PersonSummary) {
        let number = person.phone.map { "+" + $0 }
        // Meta's word on who it is holds, also where no table knows the number.
        let written = number.flatMap { try? PhoneNumber($0).internationalFormat }
        self.init(id: person.id, name: person.displayName, username: person.username, phone: written ?? number)
    }
}

extension DeadLetterFacts.Work {
    fileprivate init(_ letter: DeadLetter) {
        switch letter.jobKind {
        case .send: self = letter.mayHaveBeenSent ? .uncertain : .send
        case .markRead: self = .send
        case .fetchMedia: self = .media
        case .recordActivity, .updateActivity: self = .record
        case .upsertContact, .tellErasure: self = .contact
        case nil: self = .hook
        }
    }
}

extension DeadLetterFacts.Field {
    static let text = "text"
    static let phone = "phone"
    static let value = "value"

    /// What a person may correct: what a CRM refuses of a contact, the text of a text, and the number where it was the number
    /// that was refused.
    fileprivate static func all(of letter: DeadLetter, habits: WritingHabits) -> [Self] {
        guard letter.canBeMended else { return [] }
        if let value = letter.value {
            let shown = value.kind.map { FieldText(habits).written(value.present, $0) } ?? value.present
            return [
                Self(name: Self.value, label: value.title ?? .value, value: shown, isText: value.local == .note)
            ]
        }
        guard let message = letter.message else { return [] }
        let text = if case .text(let content) = message.content { content.body } else { String?.none }
        if DeadLetterCorrection.concernsNumber(letter.failure, hasText: text != nil), let phone = letter.person?.phone {
            return [Self(name: Self.phone, label: .phone, value: "+" + phone)]
        }
        return text.map { [Self(name: Self.text, label: .text, value: $0, isText: true)] } ?? []
    }
}

extension LocalizedText {
    fileprivate static let phone = LocalizedText(en: "Phone number", es: "Número de teléfono")
    fileprivate static let text = LocalizedText(en: "Text", es: "Texto")
    fileprivate static let value = LocalizedText(en: "Value", es: "Valor")
    fileprivate static let waitingForNews = LocalizedText(
        en: "The answer was lost. News of WhatsApp may still settle it; until then nobody can tell whether it arrived.",
        es: "Se perdió la respuesta. WhatsApp aún puede aclararlo; hasta entonces nadie sabe si llegó.")
}
