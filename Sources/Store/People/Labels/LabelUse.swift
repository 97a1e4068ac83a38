package import Domain

/// What speaks of a label beside the contacts that have it.
package struct LabelUse: Sendable {
    /// Whose conditions ask for it.
    package let segments: [SegmentSummary]
    /// Rules of other labels whose conditions ask for it.
    package let rules: [LabelRule]
    /// Rules that put it on: they go with it.
    package let ownRules: [LabelRule]

    /// - Parameters:
    ///   - segments: every one of the workspace.
    ///   - rules: every one of the workspace.
    package init(of label: LabelID, segments: [SegmentSummary], rules: [LabelRule]) {
        self.segments = segments.filter { $0.conditions.labels.contains(label) }
        self.rules = rules.filter { $0.label != label && $0.conditions.labels.contains(label) }
        ownRules = rules.filter { $0.label == label }
    }

    /// Whether the label has to stay: what is not said of it any more would be met by everybody, or by nobody.
    package var isAskedFor: Bool { !segments.isEmpty || !rules.isEmpty }
}

extension SQLConnection {
    /// The labels and fields that segments and label rules speak of.
    func askedFor(in workspace: WorkspaceID) throws -> SegmentReferences {
        let rules = try labelRules(in: workspace).map(\.rule)
        let conditions = try segments(in: workspace).map(\.conditions) + rules.map(\.conditions)
        return SegmentReferences(
            labels: conditions.reduce(into: Set(rules.map(\.label))) { $0.formUnion($1.labels) },
            fields: conditions.reduce(into: []) { $0.formUnion($1.fields) })
    }

    /// - Throws: `conflict` with the detail `label_in_use` where a segment, or a rule of another label, asks for it.
    func requireUnasked(_ label: LabelID, in workspace: WorkspaceID) throws {
        let use = LabelUse(
            of: label, segments: try segments(in: workspace), rules: try labelRules(in: workspace).map(\.rule))
        guard !use.isAskedFor else { throw PuenteError.labelInUse(use) }
    }
}

extension PuenteError {
    static func labelInUse(_ use: LabelUse) -> PuenteError {
        let names = use.segments.map(\.name) + use.rules.map(\.name)
        let more = names.count > 5 ? ", …" : ""
        let en = names.prefix(5).map { "“\($0)”" }.joined(separator: ", ") + more
        let es = names.prefix(5).map { "«\($0)»" }.joined(separator: ", ") + more
        return PuenteError(
            .conflict, detail: "label_in_use",
            en: "The label stays: segments or label rules ask for it (\(en)). Take it out of their conditions first.",
            es: "La etiqueta se queda: hay segmentos o reglas que la piden (\(es)). Quítela antes de sus condiciones.")
    }
}
