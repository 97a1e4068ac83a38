import Domain

/// What people read in lists of changes. It names labels and fields as they are called when the action begins.
struct BulkTitle {
    let connection: any SQLConnection
    let workspace: WorkspaceID

    /// - Throws: `notFound` for a label or field that is not there.
    func title(of action: BulkAction) throws -> LocalizedText {
        switch action {
        case .addLabel(let label): .labelAdded(try name(label))
        case .removeLabel(let label): .labelRemoved(try name(label))
        case .setField(let id, let value): try set(try field(id), value)
        case .clearField(let id): .fieldCleared(try field(id).title)
        case .setState(let state, _): .stateSet(state)
        case .clearState(let state): .stateCleared(state)
        case .withdrawMarketing: .marketingWithdrawn
        case .deleteLabel(let label):
            deleted(try name(label))
        case .renameChoice(let id, let from, let to): renamed(try field(id), from, to)
        case .applyLabelRule(let rule): .labelRuleApplied(try self.rule(rule).name)
        case .deleteLabelRule(let rule): .labelRuleDeleted(try self.rule(rule).name)
        }
    }

    private func set(_ field: FieldSummary, _ value: FieldValue) throws -> LocalizedText {
        guard field.kind == value.kind, field.archivedAt == nil else { throw PuenteError.noField }
        let text = value.text.prefix(60) + (value.text.count > 60 ? "…" : "")
        let title = field.title
        return LocalizedText(en: "“\(title.en)” set to “\(text)”", es: "«\(title.es)» con el valor «\(text)»")
    }

    private func deleted(_ name: String) -> LocalizedText {
        LocalizedText(en: "Label “\(name)” deleted", es: "Etiqueta «\(name)» eliminada")
    }

    private func renamed(_ field: FieldSummary, _ from: String, _ to: String) -> LocalizedText {
        LocalizedText(
            en: "Choice “\(from)” of “\(field.name)” renamed to “\(to)”",
            es: "Opción «\(from)» de «\(field.name)» renombrada a «\(to)»")
    }

    private func name(_ id: LabelID) throws -> String {
        let name = try connection.value(
            "SELECT name FROM label WHERE workspace_id = :workspace_id AND id = :id",
            ["workspace_id": workspace, "id": id], as: String.self)
        guard let name else { throw PuenteError.noLabel }
        return name
    }

    private func rule(_ id: LabelRuleID) throws -> LabelRule {
        guard let rule = try connection.labelRule(id, in: workspace)?.rule else { throw PuenteError.noLabelRule }
        return rule
    }

    private func field(_ id: FieldID) throws -> FieldSummary {
        guard let field = try connection.field(id, in: workspace) else { throw PuenteError.noField }
        return field
    }
}

extension LocalizedText {
    fileprivate static let marketingWithdrawn = LocalizedText(
        en: "Consent to marketing withdrawn", es: "Consentimiento para marketing retirado")
}
