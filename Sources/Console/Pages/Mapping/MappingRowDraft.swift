package import Domain

/// A row of a mapping as somebody left it in its form.
package struct MappingRowDraft: Sendable {
    package static let mostTransforms = 10

    package var local: String
    package var remote: String
    package var direction: SyncDirection
    package var rule: SyncRule
    package var transforms: [TransformDraft]
    package var fallback: String
    package var isOn: Bool
    /// Which row it was when the form was opened, whatever its number is by now; empty of a new one.
    package var was: String
    /// What is wrong with the whole, or what is new.
    package var errors: [LocalizedText] = []
    package var localError: LocalizedText?
    package var remoteError: LocalizedText?
    /// After somebody else changed the mapping while the form was open: the row as it is now; nil where nobody did.
    package var now: MappingRow?

    /// A new one.
    package init() {
        local = ""
        remote = ""
        direction = .both
        rule = .crmWins
        transforms = []
        fallback = ""
        isOn = true
        was = ""
    }

    package init(_ row: MappingRow) {
        local = row.local.rawValue
        remote = row.remote
        direction = row.direction
        rule = row.rule
        transforms = row.transforms.map(TransformDraft.init)
        fallback = row.fallback ?? ""
        isOn = row.isOn
        was = row.identity
    }

    /// The row, as far as it can be one; what cannot is said beside its place.
    mutating func row() -> MappingRow? {
        let local = LocalField(rawValue: local)
        if local == nil { localError = PuenteError.noMappedField.message }
        remote = remote.trimmed
        if !(1...MappingRow.maxRemoteName).contains(remote.count) { remoteError = PuenteError.noRemoteField.message }
        var made: [FieldTransform] = []
        for index in transforms.indices {
            do throws(PuenteError) {
                if let transform = try transforms[index].transform() { made.append(transform) }
            } catch {
                transforms[index].error = error.message
            }
        }
        let isWhole = remoteError == nil && transforms.allSatisfy { $0.error == nil }
        guard let local, isWhole else { return nil }
        let fallback = fallback.trimmed
        return MappingRow(
            local: local, remote: remote, direction: direction, rule: rule, transforms: made,
            fallback: fallback.isEmpty ? nil : fallback, isOn: isOn)
    }
}

extension MappingRow {
    /// By which a row is known again when its number has changed.
    var identity: String { "\(local.rawValue) \(remote)" }
}

extension PuenteError {
    fileprivate static let noMappedField = PuenteError(
        .invalid, en: "Choose a field of Puente.", es: "Elija un campo de Puente.")
    fileprivate static let noRemoteField = PuenteError(
        .invalid, en: "Name the CRM's field, in at most 120 characters.",
        es: "Indique el campo del CRM, en 120 caracteres como máximo.")
}
