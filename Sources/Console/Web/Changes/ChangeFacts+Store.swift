import Domain
import Store

extension ChangeFacts {
    init(_ change: ChangeSummary, now: Timestamp) {
        self.init(
            id: change.id, kind: Kind(change.kind), state: State(change.state), title: change.title,
            actor: change.actor, at: change.at, rows: change.rows, undoUntil: change.undoUntil,
            isUndoable: change.isUndoable(at: now), undoneAt: change.undoneAt, undoneBy: change.undoneBy,
            undoneRows: change.undoneRows, keptRows: change.keptRows)
    }
}

extension ChangeFacts.Kind {
    fileprivate init(_ kind: ChangeDraft.Kind) {
        switch kind {
        case .edit: self = .edit
        case .import: self = .import
        case .merge: self = .merge
        case .bulk: self = .bulk
        }
    }

    var stored: ChangeDraft.Kind {
        switch self {
        case .edit: .edit
        case .import: .import
        case .merge: .merge
        case .bulk: .bulk
        }
    }
}

extension ChangeFacts.State {
    fileprivate init(_ state: ChangeSummary.State) {
        switch state {
        case .open: self = .open
        case .done: self = .done
        case .undoing: self = .undoing
        case .undone: self = .undone
        }
    }
}

extension ChangeRowFacts {
    init(_ entry: HistoryEntry, in context: PageContext) {
        self.init(
            change: ChangeFacts(entry.change, now: context.now), position: entry.position, contact: entry.contact,
            facts: entry.facts.map { Fact($0, in: context.language) }, canBePutBack: entry.canBePutBack,
            wasKept: entry.outcome.map { $0 == .kept })
    }
}

extension ChangeRowFacts.Fact {
    fileprivate init(_ fact: HistoryFact, in language: Language) {
        switch fact {
        case .made: self = .made
        case .gone: self = .gone
        case .merged: self = .merged
        case .erased: self = .erased
        case .column(let column, let before, let after): self = .column(column.rawValue, before: before, after: after)
        case .handle(let kind, let address, let step):
            let kind = ContactPageFacts.HandleKind(stored: kind)
            let text = kind == .phone ? PhoneText.international(address) : address
            self = .handle(kind: kind, text: text, HandleStep(step))
        case .label(let name, let isAdded): self = .label(name: name, isAdded: isAdded)
        case .state(let state, let isSet): self = .state(state, isSet: isSet)
        case .field(let key, let name, let kind, let before, let after):
            let title = name.map { WellKnownField.title(of: key ?? "", named: $0)[language] }
            self = .field(name: title, kind: kind, before: before, after: after)
        case .consent(let purpose, let before, let after):
            self = .consent(purpose: purpose, before: before, after: after)
        case .consentEntry(let purpose, let change): self = .consentEntry(purpose: purpose, change: change)
        case .other(let table): self = .other(table)
        }
    }
}

extension ChangeRowFacts.Fact.HandleStep {
    fileprivate init(_ step: HistoryFact.HandleStep) {
        switch step {
        case .added: self = .added
        case .ended: self = .ended
        case .valid: self = .valid
        case .removed: self = .removed
        case .moved: self = .moved
        case .tried: self = .tried
        case .marked: self = .marked
        }
    }
}
