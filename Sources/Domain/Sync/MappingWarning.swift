/// What people may not have meant by a row of a mapping. It works, and counts.
package enum MappingWarning: Equatable, Sendable {
    /// The CRM's field holds any text; what is not of our kind is not taken.
    case takenFromText(FieldShape)
    /// Ours does; what is not of the CRM's kind is refused there.
    case givenFromText(FieldShape)
    /// Another row takes what this one writes, as something else.
    case comesBack(as: LocalField)
    /// Another row takes the whole of which this is a part.
    case overlaps(LocalField)

    package var sentence: LocalizedText {
        switch self {
        case .takenFromText(let ours):
            LocalizedText(
                en: "There text, here \(ours.title.en): values of another kind are not taken, and wait to be decided.",
                es: "Allí texto, aquí \(ours.title.es): los valores de otro tipo no se toman y quedan por decidir.")
        case .givenFromText(let theirs):
            LocalizedText(
                en: "Here text, there \(theirs.title.en): the CRM refuses values of another kind, one by one.",
                es: "Aquí texto, allí \(theirs.title.es): el CRM rechaza los valores de otro tipo, uno por uno.")
        case .comesBack(let local):
            LocalizedText(
                en: "What is written there comes back as \(local.quoted.en): another row takes the CRM's field.",
                es: "Lo que se escribe allí vuelve como \(local.quoted.es): otra fila toma el campo del CRM.")
        case .overlaps(let local):
            LocalizedText(
                en: "Another row takes \(local.quoted.en), of which this is a part: each may change the other's.",
                es: "Otra fila toma \(local.quoted.es), del que este es parte: cada una puede cambiar lo de la otra.")
        }
    }
}

extension FieldMapping {
    /// What may not be meant, for each row in order; of rows that are on.
    /// - Parameters: as of ``problems(remote:shape:)``.
    package func warnings(remote: [RemoteField]?, shape: (LocalField) -> FieldShape?) -> [[MappingWarning]] {
        let kinds = Dictionary((remote ?? []).map { ($0.name, $0.shape) }, uniquingKeysWith: { first, _ in first })
        return rows.map { row in
            guard row.isOn else { return [] }
            return Self.ofKinds(row, shape(row.local), kinds[row.remote]) + returns(of: row) + overlaps(of: row)
        }
    }

    /// A rewriting says how a value is meant.
    private static func ofKinds(_ row: MappingRow, _ ours: FieldShape?, _ theirs: FieldShape?) -> [MappingWarning] {
        guard row.transforms.allSatisfy(\.isOfLetters), let ours, let theirs else { return [] }
        var found: [MappingWarning] = []
        if row.direction.takesTheirs, theirs == .text, ours.isStrict { found.append(.takenFromText(ours)) }
        if row.direction.givesOurs, ours == .text, theirs.isStrict { found.append(.givenFromText(theirs)) }
        return found
    }

    /// What a template names comes back as what it is.
    private func returns(of row: MappingRow) -> [MappingWarning] {
        guard row.direction.givesOurs else { return [] }
        let said = row.said
        return rows.filter { other in
            other.isOn && other.direction.takesTheirs && other.remote == row.remote && !said.contains(other.local)
        }.map { .comesBack(as: $0.local) }
    }

    private func overlaps(of row: MappingRow) -> [MappingWarning] {
        guard row.direction.takesTheirs, row.local == .firstName || row.local == .lastName else { return [] }
        let isWholeTaken = rows.contains { $0.isOn && $0.direction.takesTheirs && $0.local == .name }
        return isWholeTaken ? [.overlaps(.name)] : []
    }
}

extension MappingRow {
    /// The fields of ours whose values it may write.
    fileprivate var said: [LocalField] {
        [local]
            + transforms.flatMap { transform -> [LocalField] in
                guard case .template(let text) = transform else { return [] }
                return MappingTemplate(text).words.compactMap { TemplateVariable($0)?.field }
            }
    }
}

extension FieldTransform {
    fileprivate var isOfLetters: Bool { if case .letters = self { true } else { false } }
}

extension FieldShape {
    /// Few texts are values of it.
    fileprivate var isStrict: Bool {
        switch self {
        case .number, .date, .moment, .yesNo: true
        case .text, .phone, .email, .choice, .set, .language, .consent, .url, .user, .other: false
        }
    }
}

extension LocalField {
    /// What the company made has a name that is not known here.
    fileprivate var quoted: LocalizedText {
        title.map { LocalizedText(en: "“\($0.en)”", es: "«\($0.es)»") }
            ?? LocalizedText(en: "another field", es: "otro campo")
    }
}
