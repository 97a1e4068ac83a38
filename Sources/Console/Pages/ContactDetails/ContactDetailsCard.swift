package import Domain

/// Labels, fields and states of a contact, to look at and to change. Stands in the contact's page and beside a thread;
/// a script swaps it by itself.
package struct ContactDetailsCard: PageFragment {
    package static let template = "contacts/details-card"

    package struct Field: Sendable {
        package enum Control: Sendable { case line, lines, date, choice }

        package let id: String
        package let name: String
        /// For reading; nil where nothing is noted.
        package let shown: String?
        /// For writing.
        package let written: String
        package let control: Control
        package let options: [Option]
        package let isNumber: Bool
        /// That nobody here is the owner whom the CRM names; nil for all else.
        package let unassigned: String?
        package let error: String?
        package let isOpen: Bool
    }

    package struct Option: Sendable {
        package let value: String
        package let label: String
        package let isChosen: Bool
    }

    package struct State: Sendable {
        package let value: String
        package let name: String
        package let icon: String
        package let isOn: Bool
        package let reason: String?
        /// "Ana Rivas, 12 Nov, 14:32"
        package let said: String?
        package let error: String?
        package let isOpen: Bool
    }

    package let labelsURL: String
    package let fieldsURL: String
    package let statesURL: String
    package let labels: [LabelChip]
    package let hasLabels: Bool
    package let otherLabels: [LabelChip]
    package let labelDraft: String
    package let labelError: String?
    package let isAddingLabel: Bool
    package let fields: [Field]
    package let hasFields: Bool
    package let states: [State]

    package init(
        _ facts: ContactDetailsFacts, mistake: ContactDetailsFacts.Mistake? = nil, in context: PageContext
    ) {
        let path = "/contacts/\(facts.contact)"
        let labelMistake = mistake.flatMap { $0.place == .label ? $0 : nil }
        self.labelsURL = path + "/labels"
        self.fieldsURL = path + "/fields"
        self.statesURL = path + "/states"
        self.labels = facts.labels.map(LabelChip.init)
        self.hasLabels = !facts.labels.isEmpty
        self.otherLabels = facts.otherLabels.map(LabelChip.init)
        self.labelDraft = labelMistake?.written ?? ""
        self.labelError = labelMistake?.sentence[context.language]
        self.isAddingLabel = labelMistake != nil
        self.fields = facts.fields.map { field in
            Self.field(
                field, mistake.flatMap { $0.place == .field(field.field.id) ? $0 : nil }, facts.habits, in: context)
        }
        self.hasFields = !facts.fields.isEmpty
        self.states = ContactState.allCases.map { state in
            Self.state(
                state, facts.states.first { $0.state == state },
                mistake.flatMap { $0.place == .state(state) ? $0 : nil }, in: context)
        }
    }

    private static func field(
        _ facts: ContactDetailsFacts.Field, _ mistake: ContactDetailsFacts.Mistake?, _ habits: WritingHabits,
        in context: PageContext
    ) -> Field {
        let value = facts.value ?? ""
        let written = mistake?.written ?? FieldText(habits).written(value, facts.field.kind)
        return Field(
            id: facts.field.id.description, name: facts.field.name,
            shown: facts.value.map { shown($0, facts, habits, in: context) }, written: written,
            control: control(facts.field.kind, written), options: options(facts.field, written, in: context),
            isNumber: facts.field.kind == .number,
            unassigned: facts.owner == .nobodyHere ? context.words("people.unassigned") : nil,
            error: mistake?.sentence[context.language], isOpen: mistake != nil)
    }

    private static func shown(
        _ value: String, _ facts: ContactDetailsFacts.Field, _ habits: WritingHabits, in context: PageContext
    ) -> String {
        let text = FieldText(habits).shown(value, facts.field.kind, in: context)
        return if case .colleague(let name)? = facts.owner { "\(name) · \(text)" } else { text }
    }

    /// Of somebody new.
    static func field(
        _ field: FieldFacts, written: String, error: String?, in context: PageContext
    ) -> Field {
        Field(
            id: field.id.description, name: field.name, shown: nil, written: written,
            control: control(field.kind, written), options: options(field, written, in: context),
            isNumber: field.kind == .number, unassigned: nil, error: error, isOpen: false)
    }

    private static func control(_ kind: FieldKind, _ written: String) -> Field.Control {
        switch kind {
        case .text: written.contains("\n") || written.count > 60 ? .lines : .line
        case .number: .line
        // What is no date could not be shown in a date's own field.
        case .date: written.isEmpty || CivilDate(reading: written, .machine) != nil ? .date : .line
        case .choice, .yesNo: .choice
        }
    }

    private static func options(_ field: FieldFacts, _ written: String, in context: PageContext) -> [Option] {
        let none = Option(value: "", label: context.words("people.none"), isChosen: written.isEmpty)
        switch field.kind {
        case .choice:
            // One that came back by an undo after the field lost it is shown all the same.
            let former = written.isEmpty || field.choices.contains(written) ? [] : [written]
            return [none] + (former + field.choices).map { Option(value: $0, label: $0, isChosen: $0 == written) }
        case .yesNo:
            return [none]
                + ["yes", "no"].map {
                    Option(value: $0, label: context.words("people.yesNo.\($0)"), isChosen: $0 == written)
                }
        case .text, .number, .date: return []
        }
    }

    private static func state(
        _ state: ContactState, _ facts: ContactDetailsFacts.State?, _ mistake: ContactDetailsFacts.Mistake?,
        in context: PageContext
    ) -> State {
        State(
            value: state.rawValue, name: context.words("people.states.\(state)"), icon: state.icon,
            isOn: facts != nil, reason: (mistake?.written ?? facts?.reason).flatMap { $0.isEmpty ? nil : $0 },
            said: facts.map { "\($0.actor), \(MomentText.sentence($0.since, in: context).short)" },
            error: mistake?.sentence[context.language], isOpen: mistake != nil)
    }
}

extension ContactState {
    /// Of the sprite.
    var icon: String {
        switch self {
        case .blocked: "ban"
        case .complaint: "message-circle-warning"
        case .doNotCall: "phone-off"
        }
    }
}
