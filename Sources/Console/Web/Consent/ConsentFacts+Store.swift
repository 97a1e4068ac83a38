import Domain
import Store

extension ConsentFacts {
    init(_ file: ConsentFile) {
        self.init(
            person: PersonFacts(file.person), standing: file.standing, entries: file.entries,
            questions: file.questions.map(Question.init), askRefusal: file.askRefusal)
    }
}

extension ConsentFacts.Question {
    fileprivate init(_ question: ConsentFile.Question) {
        self.init(
            state: question.state, words: question.words, actor: question.actor, askedAt: question.askedAt,
            remindAt: question.remindAt, remindedAt: question.remindedAt, expiresAt: question.expiresAt,
            answeredAt: question.answeredAt, conversation: question.conversation)
    }
}

extension VerdictFacts {
    init(_ verdicts: WritingVerdicts) {
        self.init(
            numbers: verdicts.numbers.map { Number(id: $0.id, name: $0.name) }, number: verdicts.number,
            answer: verdicts.answer,
            templates: verdicts.templates.map { verdict in
                Template(
                    id: verdict.template.id, name: verdict.template.name, language: verdict.template.language,
                    category: verdict.template.category, refusal: verdict.refusal,
                    canAsk: verdict.template.facts?.consentReplies != nil)
            }, sender: verdicts.sender, senderLine: verdicts.senderLine)
    }
}

extension ConsentCoverageFacts {
    init(_ coverage: ConsentCoverage) {
        self.init(
            customers: coverage.customers, double: coverage.double, single: coverage.single,
            withdrawn: coverage.withdrawn, unreachable: coverage.unreachable, countedAt: coverage.countedAt)
    }
}

extension UnconfirmedFacts {
    init(_ contact: UnconfirmedContact) {
        self.init(person: PersonFacts(contact.person), standing: contact.standing, isAsked: contact.isAsked)
    }
}
