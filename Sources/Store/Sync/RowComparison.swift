import Domain

/// One row of a mapping, for comparing both sides of it. Pure.
///
/// Most values are compared as the CRM holds them, after the transforms. Consent is compared in Puente's words: a CRM has
/// many for yes and no, and a withdrawal must be known as one.
struct RowComparison: Sendable {
    let row: MappingRow
    private let merge: FieldMerge
    private let isInOurWords: Bool
    private let context: SyncContext
    private let days: LocalDays

    /// - Parameters:
    ///   - shape: of our field.
    ///   - days: where the company works.
    init(_ row: MappingRow, shape: FieldShape, context: SyncContext, days: LocalDays) {
        self.row = row
        self.context = context
        self.days = days
        isInOurWords = shape == .consent
        merge = FieldMerge(
            shape: isInOurWords ? .consent : row.shape(of: shape), direction: row.direction, rule: row.rule,
            phones: context.digits)
    }

    /// What is to be done.
    enum Verdict: Equatable {
        case settled(FieldVerdict, FieldSides)
        /// The CRM says nothing, and gets what stands for nothing.
        case fallback(String)
        case refused(SyncRefusal)
    }

    /// - Parameters:
    ///   - values: ours, of the same contact.
    ///   - theirs: as the CRM has it.
    func verdict(
        _ values: [LocalField: String], theirs: String, agreed: String?, oursAt: Timestamp?, theirsAt: Timestamp?
    ) -> Verdict {
        let raw = values[row.local] ?? ""
        guard let ours = written(raw, values) ?? (raw.isEmpty ? "" : nil) else { return .refused(.unwritable) }
        let sides = FieldSides(
            ours: ours.isEmpty ? nil : ours, theirs: heard(theirs, beside: ours, agreed: agreed, values),
            agreed: agreed, oursAt: oursAt, theirsAt: theirsAt)
        let verdict = merge.verdict(sides)
        if let fallback = row.fallback, case .agree(nil) = verdict, row.direction.givesOurs, theirs.isBlank {
            return .fallback(fallback)
        }
        return .settled(verdict, sides)
    }

    /// Whether the CRM's value counts against whatever Puente says: somebody changed it there since both were alike, or the row
    /// goes both ways, and the CRM hears of ours.
    func isNews(_ sides: FieldSides) -> Bool {
        guard row.direction == .fromCRM, !isInOurWords, !isOfWords, !(sides.ours ?? "").isBlank else { return true }
        guard let agreed = sides.agreed else { return false }
        let merge = FieldMerge(shape: merge.shape, direction: .both, rule: .ask, phones: context.digits)
        return if case .agree = merge.verdict(FieldSides(ours: agreed, theirs: sides.theirs)) { false } else { true }
    }

    /// Whether it is compared word by word.
    var isOfWords: Bool { merge.shape == .set }

    /// What both say once a verdict was carried out.
    func settled(_ sides: FieldSides, by verdict: FieldVerdict) -> FieldSides { merge.settled(sides, by: verdict) }

    /// Ours, as it is compared; blank for nothing, nil for what cannot be written there.
    private func written(_ raw: String, _ values: [LocalField: String]) -> String? {
        isInOurWords ? raw : row.rewritten(raw, transforms(values)).map { context.held($0, row.remote) }
    }

    private func heard(_ theirs: String, _ values: [LocalField: String]) -> String? {
        if theirs == row.fallback { return nil }
        return isInOurWords ? row.back(theirs, transforms(values)) : theirs
    }

    /// What stands for nothing says something where Puente says the very same, and where it means a no and a yes was agreed
    /// on: somebody took the yes back.
    private func heard(
        _ theirs: String, beside ours: String, agreed: String?, _ values: [LocalField: String]
    ) -> String? {
        guard theirs == row.fallback else { return heard(theirs, values) }
        guard isInOurWords else { return ours == theirs ? theirs : nil }
        guard agreed == SyncConsent.granted.rawValue else { return nil }
        var plain = row
        plain.fallback = nil
        return plain.back(theirs, transforms(values))
    }

    /// A verdict's value, as the CRM is to hold it; nil where it cannot be written.
    func given(_ value: String, _ values: [LocalField: String]) -> String? {
        isInOurWords ? row.forth(value, transforms(values)) : value
    }

    /// A verdict's value, as Puente is to hold it; nil where it cannot be read.
    func taken(_ value: String, _ values: [LocalField: String]) -> String? {
        if value.isEmpty { return "" }
        return isInOurWords ? value : row.back(value, transforms(values))
    }

    /// Whether the CRM has the colleague whom a value of its own names; true of all that names nobody.
    func isKnown(_ value: String) -> Bool {
        guard merge.shape == .user, !value.isBlank, let users = context.users else { return true }
        return users.contains(FieldShape.user.canonical(value, phones: context.digits))
    }

    // MARK: What a person decided

    /// A value of the CRM's, as Puente is to hold it; nil where it cannot be read.
    func local(ofTheirs value: String, _ values: [LocalField: String]) -> String? {
        value.isEmpty || value == row.fallback ? "" : row.back(value, transforms(values))
    }

    /// A value of ours, as the CRM is to hold it; nil where it cannot be written.
    func remote(ofOurs value: String, _ values: [LocalField: String]) -> String? {
        value.isEmpty ? "" : row.forth(value, transforms(values))
    }

    /// Whether what Puente says comes to this value of the CRM's, though what can be read back of it may be less.
    func comes(to value: String, _ values: [LocalField: String]) -> Bool {
        let raw = values[row.local] ?? ""
        return !raw.isEmpty && remote(ofOurs: raw, values) == value
    }

    /// Whether two values of the CRM's mean the same.
    func isSame(_ one: String, _ other: String, _ values: [LocalField: String]) -> Bool {
        if one == other { return true }
        let merge = FieldMerge(shape: merge.shape, direction: .both, rule: .ask, phones: context.digits)
        let sides = FieldSides(ours: heard(one, values), theirs: heard(other, values))
        return if case .agree = merge.verdict(sides) { true } else { false }
    }

    /// What is agreed on once both sides have this value of the CRM's.
    func agreed(onTheirs value: String, _ values: [LocalField: String]) -> String? {
        heard(value, values).flatMap { $0.isBlank ? nil : $0 }
    }

    private func transforms(_ values: [LocalField: String]) -> TransformContext {
        TransformContext(
            phone: context.phone, variable: { name in TemplateVariable(name).map { values[$0.field] ?? "" } },
            days: days)
    }
}

extension MappingRow {
    /// In which the CRM's writing of a field of ours is compared.
    fileprivate func shape(of local: FieldShape) -> FieldShape {
        transforms.reduce(local) { shape, transform in
            switch transform {
            case .letters: shape
            case .phone: .phone
            case .date, .choices, .part, .template: .text
            }
        }
    }

    /// By what is agreed on: another field of ours under the same name of the CRM's agrees on nothing yet.
    var agreementKey: String { Self.agreementKey(remote, local) }

    static func agreementKey(_ remote: String, _ local: LocalField) -> String { "\(remote) \(local.rawValue)" }

    /// What the row reads of ours.
    var reads: [LocalField] {
        [local]
            + transforms.flatMap { transform -> [LocalField] in
                guard case .template(let text) = transform else { return [] }
                return MappingTemplate(text).words.compactMap { TemplateVariable($0)?.field }
            }
    }
}

extension String {
    var isBlank: Bool { allSatisfy(\.isWhitespace) }
}
