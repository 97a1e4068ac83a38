/// Who answers: Bot, Queue, or a person's first name.
package struct OwnerView: Sendable {
    package enum Kind: Sendable { case automation, queue, reader, person }

    package let kind: Kind
    package let icon: String
    /// "Bot", "Queue", "You", "Ana".
    package let label: String
    /// "The bot is answering."
    package let sentence: String

    package init(_ owner: OwnerFacts, in context: PageContext) {
        let words = context.words
        switch owner {
        case .automation:
            (kind, icon, label, sentence) = (.automation, "bot", words("owner.bot"), words("owner.botSentence"))
        case .queue:
            (kind, icon, label, sentence) = (.queue, "users", words("owner.queue"), words("owner.queueSentence"))
        case .person(_, _, isReader: true):
            (kind, icon, label, sentence) = (.reader, "user-check", words("owner.you"), words("owner.youSentence"))
        case .person(_, let name, isReader: false):
            let first = name.split(separator: " ").first.map(String.init) ?? name
            (kind, icon, label, sentence) = (.person, "user", first, words("owner.personSentence", ["name": name]))
        }
    }
}
