import Domain
import Store

/// Reads for whom a bulk action is, and what it does.
///
/// For whom: `id` (often), or `everybody=yes` with the parameters of a list: `q`, `label`, `state`, `consent`,
/// `reach`, `segment`.
struct BulkForm {
    let visit: Visit

    // MARK: For whom

    func selection(_ form: Form) async throws -> ContactSelection {
        guard form["everybody"] == "yes" else { return .chosen(contacts: form.ids()) }
        return try await selection(try ContactsFilter.exactly { form[$0] })
    }

    func audience(_ form: Form) async throws -> BulkAudience {
        if form["everybody"] == "yes" { return try await audience(try ContactsFilter.exactly { form[$0] }) }
        let contacts: [ContactID] = form.ids()
        guard (1...ContactSelection.maxChosen).contains(contacts.count) else { throw PuenteError.wrongSelection }
        return BulkAudience(.chosen(contacts), count: CountFacts(Set(contacts).count))
    }

    func audience(_ filter: ContactsFilter) async throws -> BulkAudience {
        var name: String?
        if let segment = filter.segment { name = try await self.segment(segment).name }
        if let label = filter.label { name = try await self.label(label).name }
        let count = try await visit.store.count(of: try await selection(filter), in: visit.workspace)
        // In what order a list showed them does not matter here.
        var filter = filter
        filter.order = .changed
        return BulkAudience(.filter(filter, name: name), count: CountFacts(count))
    }

    /// Exactly whom the list of this filter shows.
    func selection(_ filter: ContactsFilter) async throws -> ContactSelection {
        var conditions: [SegmentCondition] = []
        if let label = filter.label { conditions.append(.label(label, isSo: true)) }
        if let state = filter.state { conditions.append(.state(state, isSo: true)) }
        if let consent = filter.consent.flatMap({ SegmentCondition.Consent(rawValue: $0.rawValue) }) {
            conditions.append(.consent(.marketing, consent))
        }
        if let reach = filter.reach { conditions.append(.unreachable(isSo: reach == .unreachable)) }
        var all = [try SegmentConditions(.all, conditions.map(SegmentConditions.Part.condition))]
        if let segment = filter.segment { all.append(try await self.segment(segment).conditions) }
        return .matching(
            conditions: all, search: filter.query,
            number: SearchedNumber.digits(filter.query, region: visit.parts.settings.region))
    }

    private func segment(_ id: SegmentID) async throws -> SegmentSummary {
        guard let segment = try await visit.store.segment(id, in: visit.workspace) else { throw PuenteError.noSuchPage }
        return segment
    }

    private func label(_ id: LabelID) async throws -> LabelSummary {
        guard let label = try await visit.store.label(id, in: visit.workspace) else { throw PuenteError.noSuchPage }
        return label
    }

    // MARK: What

    func draft(_ form: Form) -> BulkFormPage.Draft {
        var draft = BulkFormPage.Draft(
            action: form["action"].flatMap { BulkFormPage.Action(rawValue: $0) } ?? .addLabel,
            label: form["what-label"] ?? "", field: form["what-field"] ?? "", value: form["value"] ?? "",
            state: form["what-state"] ?? "", reason: form["reason"] ?? "")
        draft.newLabel = form["new-label"] ?? ""
        return draft
    }

    func action(_ draft: BulkFormPage.Draft) async throws -> BulkAction {
        switch draft.action {
        case .addLabel: .addLabel(label: try await addedLabel(draft))
        case .removeLabel: .removeLabel(label: try label(draft))
        case .setField: try await setField(draft)
        case .clearField: .clearField(field: try field(draft))
        case .setState: .setState(state: try state(draft), reason: draft.reason)
        case .clearState: .clearState(state: try state(draft))
        case .withdrawMarketing: .withdrawMarketing(reason: draft.reason)
        }
    }

    private func setField(_ draft: BulkFormPage.Draft) async throws -> BulkAction {
        guard let field = try await visit.store.field(try field(draft), in: visit.workspace) else {
            throw PuenteError.noField
        }
        guard let value = try field.read(draft.value, habits: visit.habits) else { throw PuenteError.noValue }
        return .setField(field: field.id, value: value)
    }

    /// One that is written is made; the list beside it does not count then.
    private func addedLabel(_ draft: BulkFormPage.Draft) async throws -> LabelID {
        guard draft.newLabel.contains(where: { !$0.isWhitespace }) else { return try label(draft) }
        return try await visit.store.createLabel(
            draft.newLabel, color: .gray, in: visit.workspace, by: visit.staff.name)
    }

    private func label(_ draft: BulkFormPage.Draft) throws -> LabelID {
        guard let id = LabelID(draft.label) else { throw PuenteError.chooseLabel }
        return id
    }

    private func field(_ draft: BulkFormPage.Draft) throws -> FieldID {
        guard let id = FieldID(draft.field) else { throw PuenteError.chooseField }
        return id
    }

    private func state(_ draft: BulkFormPage.Draft) throws -> ContactState {
        guard let state = ContactState(rawValue: draft.state) else { throw PuenteError.chooseState }
        return state
    }
}

extension PuenteError {
    fileprivate static let chooseLabel = PuenteError(
        .invalid, detail: "label", en: "Choose a label.", es: "Elija una etiqueta.")
    fileprivate static let chooseField = PuenteError(
        .invalid, detail: "field", en: "Choose a field.", es: "Elija un campo.")
    fileprivate static let chooseState = PuenteError(
        .invalid, detail: "state", en: "Choose a mark.", es: "Elija una marca.")
    fileprivate static let noValue = PuenteError(
        .invalid, detail: "field_value", en: "Write a value, or choose to clear the field.",
        es: "Escriba un valor o elija vaciar el campo.")
}
