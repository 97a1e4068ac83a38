import Domain
import Store

extension CountFacts {
    init(_ count: ListCount) {
        self.init(count.value, isMore: count.isMore)
    }
}

extension LabelFacts {
    init(_ label: LabelSummary) {
        self.init(
            id: label.id, name: label.name, color: label.color, contacts: label.contacts.map { CountFacts($0) },
            rule: label.rule?.name, version: label.version.description)
    }
}

extension FieldFacts {
    init(_ field: FieldSummary, in language: Language) {
        self.init(
            id: field.id, key: field.key, name: field.title[language], kind: field.kind, choices: field.choices,
            isArchived: field.archivedAt != nil, contacts: field.contacts.map { CountFacts($0) },
            version: field.version.description)
    }
}

extension SegmentFacts {
    init(_ segment: SegmentSummary) {
        self.init(id: segment.id, name: segment.name, conditions: segment.conditions)
    }
}

extension ContactDetailsFacts {
    /// - Parameter labels: every label of the workspace.
    init(_ details: ContactDetails, labels: [LabelSummary], habits: WritingHabits, language: Language) {
        let own = Set(details.labels.map(\.id))
        self.init(
            contact: details.contact, labels: details.labels.map { LabelFacts($0) },
            otherLabels: labels.filter { !own.contains($0.id) }.map { LabelFacts($0) },
            fields: details.fields.map { Field(FieldFacts($0.field, in: language), value: $0.value) },
            states: details.states.map { State($0.state, since: $0.since, actor: $0.actor, reason: $0.reason) },
            habits: habits)
    }
}

extension Visit {
    /// How the company writes numbers and days.
    var habits: WritingHabits { page.habits }

    /// What conditions may speak of.
    func vocabulary() async throws -> SegmentVocabulary {
        SegmentVocabulary(
            labels: try await store.labels(in: workspace).map { LabelFacts($0) },
            fields: try await store.fields(archived: true, in: workspace).map { FieldFacts($0, in: page.language) },
            habits: habits)
    }

    /// What is noted of a contact.
    /// - Throws: `notFound`.
    func details(of contact: ContactID) async throws -> ContactDetailsFacts {
        guard let details = try await store.details(of: contact, in: workspace) else { throw PuenteError.noSuchPage }
        var facts = ContactDetailsFacts(
            details, labels: try await store.labels(in: workspace), habits: habits, language: page.language)
        for index in facts.fields.indices { facts.fields[index].owner = try await owner(facts.fields[index]) }
        return facts
    }

    /// The colleague whose address the field of the owner in the CRM has.
    private func owner(_ facts: ContactDetailsFacts.Field) async throws -> ContactDetailsFacts.Field.Owner? {
        guard facts.field.key == WellKnownField.owner.rawValue, let value = facts.value, !value.isEmpty else {
            return nil
        }
        let colleagues = try await store.staff(in: workspace).filter { $0.disabledAt == nil }
        let colleague = colleagues.first { $0.email == StaffAccount.folded(value) }
        return colleague.map { .colleague(name: $0.name) } ?? .nobodyHere
    }
}

extension FlashNotice {
    /// - Parameter undo: the change that the page offers to put back.
    init(_ page: Page, _ command: String, undo: ChangeID?) {
        self.init(page, undo.map { "\(command)~\($0)" } ?? command)
    }

    /// The command, and the change that may be put back.
    var undoable: (command: String, undo: ChangeID?) {
        let parts = command.split(separator: "~", maxSplits: 1).map(String.init)
        return (parts.first ?? "", parts.count == 2 ? ChangeID(parts[1]) : nil)
    }
}
