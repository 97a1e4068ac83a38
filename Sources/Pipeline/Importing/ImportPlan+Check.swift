internal import ContactFiles
package import Domain
internal import PhoneNumbers
package import Store

extension ImportPlan {
    /// - Throws: one sentence when the plan cannot be followed.
    package func check() throws(PuenteError) {
        let uses = columns.map(\.use)
        let hasHandle = uses.contains { [.meaning(.phone), .meaning(.email), .meaning(.whatsAppID)].contains($0) }
        guard hasHandle else { throw .noHandleColumn }
        for use in uses {
            guard !use.mayRepeat, uses.count(where: { $0 == use }) > 1 else { continue }
            throw .columnUsedTwice(use)
        }
        guard region.map({ PhoneRegion($0) != nil }) ?? true else { throw .unknownRegion }
    }

    /// Fields that the plan fills and the company does not have.
    /// - Parameters:
    ///   - known: those that it has, with those that were put away.
    ///   - wanted: those that a person asked for, by key.
    ///   - language: in which the fields that we name ourselves get their names.
    package func newFields(
        beside known: [ImportField], wanted: [ImportField], language: Language
    ) throws(PuenteError) -> [ImportField] {
        let keys = Set(known.map(\.key))
        var fields: [ImportField] = []
        for (column, key) in fieldColumns where !keys.contains(key) && !fields.contains(where: { $0.key == key }) {
            if let field = wanted.first(where: { $0.key == key }) {
                fields.append(field)
            } else if case .meaning(let meaning) = columns[column].use {
                fields.append(ImportField(key: key, name: meaning.title[language], kind: meaning.fieldKind))
            } else {
                throw .fieldGone(columns[column].heading)
            }
        }
        guard known.count + fields.count <= FieldDraft.maxFields else { throw .tooManyNewFields }
        return fields
    }
}

/// The country of numbers without a country code.
package enum ImportRegion {
    /// - Returns: ISO 3166 alpha-2.
    /// - Throws: one sentence when there is no such country.
    package static func code(_ written: String) throws(PuenteError) -> String {
        guard let region = PhoneRegion(written) else { throw .unknownRegion }
        return region.code
    }
}

extension ImportField {
    /// A field that a list brings along, under a key that nobody has.
    /// - Parameter taken: the keys that are.
    package static func named(_ heading: String, kind: FieldKind, besides known: [ImportField]) -> ImportField {
        // A heading without a letter or digit is none: the field is called after its kind.
        let draft = try? FieldDraft(name: String(heading.prefix(60)), kind: kind)
        // Those that we name ourselves are nobody else's.
        let taken = Set(known.map(\.key)).union(ColumnMeaning.allCases.compactMap(\.fieldKey))
        let base = draft?.key ?? "field"
        var key = base
        var number = 2
        while taken.contains(key) {
            key = "\(base)_\(number)"
            number += 1
        }
        return ImportField(key: key, name: draft?.name ?? kind.rawValue, kind: kind)
    }
}

extension ColumnUse {
    fileprivate var mayRepeat: Bool {
        switch self {
        case .meaning(let meaning): meaning.mayRepeat
        case .field: false
        case .leftOut: true
        }
    }
}

extension PuenteError {
    static let noHandleColumn = PuenteError(
        .invalid, detail: "no_handle_column",
        en: "Say which column holds the phone numbers or the e-mail addresses: without them nobody can be told apart.",
        es:
            "Diga qué columna contiene los teléfonos o los correos electrónicos: sin ellos no se distingue a las personas."
    )

    static let unknownRegion = PuenteError(
        .invalid, detail: "region",
        en: "There is no such country. Write its two letters, its name or its calling code.",
        es: "No existe ese país. Escriba sus dos letras, su nombre o su prefijo.")

    static func columnUsedTwice(_ use: ColumnUse) -> PuenteError {
        let name =
            switch use {
            case .meaning(let meaning): meaning.title
            case .field(let key): LocalizedText.same(key)
            case .leftOut: LocalizedText.same("–")
            }
        return PuenteError(
            .invalid, detail: "column_used_twice",
            en: "Two columns are both “\(name.en)”. Leave one of them out.",
            es: "Dos columnas son «\(name.es)». Deje fuera una de ellas.")
    }

    static func fieldGone(_ heading: String) -> PuenteError {
        PuenteError(
            .invalid, detail: "field_gone",
            en: "The field chosen for the column “\(heading)” does not exist any more. Choose another.",
            es: "El campo elegido para la columna «\(heading)» ya no existe. Elija otro.")
    }

    static let tooManyNewFields = PuenteError(
        .invalid, detail: "too_many_fields",
        en: "With the new fields there would be more than \(FieldDraft.maxFields). Leave some of the columns out.",
        es: "Con los campos nuevos habría más de \(FieldDraft.maxFields). Deje fuera algunas columnas.")
}
