import Domain

/// A row of a change as sentences.
struct ChangeRowText {
    let context: PageContext

    /// Longer values are cut: a note may have thousands of letters.
    private static let maxValue = 200

    /// - Returns: one at least: what only the system needs is called so.
    func sentences(of facts: [ChangeRowFacts.Fact]) -> [String] {
        facts.isEmpty ? [context.words("contacts.fact.internal")] : facts.map(sentence)
    }

    private func sentence(_ fact: ChangeRowFacts.Fact) -> String {
        switch fact {
        case .made: context.words("contacts.fact.made")
        case .gone: context.words("contacts.fact.gone")
        case .merged: context.words("contacts.fact.merged")
        case .erased: context.words("contacts.fact.erased")
        case .column(let column, let before, let after):
            change(
                of: context.words("contacts.fact.column.\(column)"), from: shown(before, of: column),
                to: shown(after, of: column))
        case .handle(let kind, let text, let step):
            context.words(
                "contacts.fact.handle.\(step.rawValue)",
                ["kind": context.words("contacts.handle.\(kind.rawValue)"), "address": cut(text)])
        case .label(let name, let isAdded):
            context.words(
                isAdded ? "contacts.fact.labelAdded" : "contacts.fact.labelRemoved",
                ["label": name ?? context.words("contacts.fact.goneLabel")])
        case .state(let state, let isSet):
            context.words(
                isSet ? "contacts.fact.stateSet" : "contacts.fact.stateCleared",
                ["state": ContactState(rawValue: state).map { context.words("people.states.\($0)") } ?? state])
        case .field(let name, let kind, let before, let after):
            change(
                of: name ?? context.words("contacts.fact.goneField"), from: shown(before, kind), to: shown(after, kind))
        case .consent(let purpose, let before, let after):
            change(of: self.purpose(purpose), from: standing(before), to: standing(after))
        case .consentEntry(let purpose, let change):
            context.words("contacts.fact.entry", ["purpose": self.purpose(purpose), "standing": standing(change)])
        case .other(let table):
            context.words.optional("contacts.fact.other.\(table)") ?? context.words("contacts.fact.otherPlain")
        }
    }

    private func change(of what: String, from before: String, to after: String) -> String {
        switch (before.isEmpty, after.isEmpty) {
        case (true, _): context.words("contacts.fact.set", ["what": what, "after": cut(after)])
        case (_, true): context.words("contacts.fact.cleared", ["what": what, "before": cut(before)])
        case (false, false):
            context.words("contacts.fact.changed", ["what": what, "before": cut(before), "after": cut(after)])
        }
    }

    private func shown(_ value: String?, _ kind: FieldKind?) -> String {
        guard let value, let kind else { return value ?? "" }
        return FieldText(context.habits).shown(value, kind, in: context)
    }

    private func shown(_ value: String, of column: String) -> String {
        column == "language" && !value.isEmpty ? LanguageName.of(value, in: context) : value
    }

    private func purpose(_ purpose: String) -> String {
        context.words.optional("contacts.fact.purpose.\(purpose)") ?? purpose
    }

    private func standing(_ standing: String?) -> String {
        guard let standing else { return "" }
        return context.words.optional("contacts.fact.standing.\(standing)") ?? standing
    }

    private func cut(_ text: String) -> String {
        text.count > Self.maxValue ? text.prefix(Self.maxValue) + "…" : text
    }
}

extension ChangeFacts.Kind {
    var icon: String {
        switch self {
        case .edit: "pencil"
        case .import: "file-up"
        case .merge: "merge"
        case .bulk: "list-checks"
        }
    }
}
