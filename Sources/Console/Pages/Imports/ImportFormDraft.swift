package import Domain
package import Pipeline
package import Store

/// The form of a list's columns and options, as a person left it.
package struct ImportFormDraft: Sendable {
    /// Kinds that a column may become a new field of; a choice's are made by hand, with its choices.
    package static let newKinds: [FieldKind] = [.text, .number, .date, .yesNo]

    package enum Consent: String, CaseIterable, Sendable { case none, column, everybody }

    /// By column: as ``ColumnUse`` writes itself, or ``newField(_:)``.
    package var uses: [Int: String] = [:]
    package var region = ""
    package var existing = ImportOptions.Existing.fill
    /// As they were typed, between commas.
    package var labels = ""
    package var consent = Consent.none
    package var words = ""
    package var source = ""
    /// `2026-11-26`, as the browser sends it.
    package var date = ""

    package init() {}

    package init(_ plan: ImportPlan, _ options: ImportOptions) {
        uses = Dictionary(
            uniqueKeysWithValues: plan.columns.enumerated().map { ($0.offset, $0.element.use.description) })
        for field in options.newFields where field.kind != .choice {
            // What was to become a field is to become it again.
            for (column, use) in uses where use == ColumnUse.field(field.key).description {
                uses[column] = Self.newField(field.kind)
            }
        }
        region = plan.region ?? ""
        existing = options.existing
        labels = options.labels.joined(separator: ", ")
        consent = options.consent.map { $0.of == .everybody ? .everybody : .column } ?? .none
        words = options.consent?.words ?? ""
        source = options.consent?.source ?? ""
        date = options.consent?.at.map { $0.day } ?? ""
    }

    package static func newField(_ kind: FieldKind) -> String { "new:\(kind.rawValue)" }

    package static func newKind(_ value: String) -> FieldKind? {
        newKinds.first { newField($0) == value }
    }
}
