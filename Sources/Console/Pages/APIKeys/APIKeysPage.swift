package import Domain
package import Store

/// The keys of programs, made and disabled: for administrators.
package struct APIKeysPage: Page {
    package static let template = "api-keys/page"

    package enum Command: String, CaseIterable, Sendable { case disablings }

    /// The form for a new one, as it was sent, and what is wrong with it.
    package struct Draft: Sendable {
        package var name: String
        package var scopes: Set<APIScope>
        package var error: LocalizedText?

        package init(name: String = "", scopes: Set<APIScope> = [.read, .write], error: LocalizedText? = nil) {
            self.name = name
            self.scopes = scopes
            self.error = error
        }
    }

    /// A key that was made just now: shown this once.
    package struct Issued: Sendable {
        package let sentence: String
        package let key: String

        package init(_ key: String, for name: String, in context: PageContext) {
            self.sentence = context.words("apiKeys.issued", ["name": name])
            self.key = key
        }
    }

    package struct Choice: Sendable {
        package let value: String
        package let label: String
        package let hint: String
        package let isChosen: Bool
    }

    package struct Key: Sendable {
        package let id: String
        package let name: String
        /// "Reads · Writes"
        package let scopes: String
        /// "300 requests a minute · last used today at 14:32"
        package let note: String
        package let isOfFile: Bool
        package let isDisabled: Bool
        package let disableAsk: String
        /// Nil where it cannot be disabled here.
        package let disableURL: String?
    }

    package let title: String
    package let keys: [Key]
    package let isEmpty: Bool
    package let draftName: String
    package let choices: [Choice]
    package let draftError: String?
    package let issued: Issued?
    package let notice: OutcomeNotice?

    package init(
        _ keys: [APIKeyFacts], draft: Draft = Draft(), issued: Issued? = nil, notice: OutcomeNotice? = nil,
        in context: PageContext
    ) {
        self.title = context.words("apiKeys.title")
        self.keys = keys.map { Self.key($0, in: context) }
        self.isEmpty = keys.isEmpty
        self.draftName = draft.name
        self.choices = APIScope.allCases.map { scope in
            Choice(
                value: scope.rawValue, label: context.words("apiKeys.scope.\(scope.rawValue)"),
                hint: context.words("apiKeys.scopeHint.\(scope.rawValue)"), isChosen: draft.scopes.contains(scope))
        }
        self.draftError = draft.error?[context.language]
        self.issued = issued
        self.notice = notice
    }

    private static func key(_ facts: APIKeyFacts, in context: PageContext) -> Key {
        let words = context.words
        let scopes = APIScope.allCases.filter(facts.scopes.contains).map { words("apiKeys.scope.\($0.rawValue)") }
        let isDisabled = facts.disabledAt != nil
        return Key(
            id: facts.id.description, name: facts.name, scopes: scopes.joined(separator: " · "),
            note: note(of: facts, in: context), isOfFile: facts.isOfFile, isDisabled: isDisabled,
            disableAsk: words("apiKeys.disableAsk", ["name": facts.name]),
            disableURL: facts.isOfFile || isDisabled ? nil : "/api-keys/\(facts.id)/disablings")
    }

    private static func note(of facts: APIKeyFacts, in context: PageContext) -> String {
        let moment = { (time: Timestamp) in MomentText.sentence(time, in: context).short }
        let rate = context.words("apiKeys.rate", ["count": context.formats.number(facts.rate)])
        let use =
            facts.usedAt.map { context.words("apiKeys.lastUsed", ["time": moment($0)]) }
            ?? context.words("apiKeys.neverUsed", ["time": moment(facts.createdAt)])
        return "\(rate) · \(use)"
    }

    /// After a command.
    package static func outcome(of command: Command, in context: PageContext) -> OutcomeNotice {
        OutcomeNotice(.done, context.words("apiKeys.done.\(command.rawValue)"))
    }
}
