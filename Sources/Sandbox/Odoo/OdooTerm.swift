/// One condition of a domain.
struct OdooTerm: Sendable {
    enum Comparison: String, Sendable {
        case `is` = "="
        case isNot = "!="
        case isIn = "in"
        case isNotIn = "not in"
        case like, ilike
        case notLike = "not like"
        case notIlike = "not ilike"
        case likePattern = "=like"
        case ilikePattern = "=ilike"
        case less = "<"
        case lessOrEqual = "<="
        case greater = ">"
        case greaterOrEqual = ">="
        case childOf = "child_of"
    }

    let field: Int
    let comparison: Comparison
    let value: JSON

    /// Whether a value agrees; nil is an empty field.
    ///
    /// - Parameters:
    ///   - stored: of the record.
    ///   - kind: of the field.
    ///   - shown: what stands for the value in text comparisons: a many2one is compared by its name.
    func matches(_ stored: OdooValue?, kind: OdooField.Kind, shown: String?) -> Bool {
        switch comparison {
        case .is: equals(value, stored, kind)
        case .isNot: !equals(value, stored, kind)
        case .isIn, .childOf: (value.items ?? [value]).contains { equals($0, stored, kind) }
        case .isNotIn: !(value.items ?? [value]).contains { equals($0, stored, kind) }
        case .like: contains(shown, ignoringCase: false)
        case .ilike: contains(shown, ignoringCase: true)
        case .notLike: !contains(shown, ignoringCase: false)
        case .notIlike: !contains(shown, ignoringCase: true)
        case .likePattern: shown.map { SQLPattern(value.text ?? "").matches($0) } ?? false
        case .ilikePattern: shown.map { SQLPattern((value.text ?? "").lowercased()).matches($0.lowercased()) } ?? false
        case .less: order(stored, kind).map { $0 < 0 } ?? false
        case .lessOrEqual: order(stored, kind).map { $0 <= 0 } ?? false
        case .greater: order(stored, kind).map { $0 > 0 } ?? false
        case .greaterOrEqual: order(stored, kind).map { $0 >= 0 } ?? false
        }
    }

    /// A time without a fraction means that very moment, though records are stored with one.
    private func equals(_ wanted: JSON, _ stored: OdooValue?, _ kind: OdooField.Kind) -> Bool {
        if wanted == false || wanted.isNull {
            return stored == nil || stored == .flag(false) || stored == .integer(0) || stored == .ids([])
        }
        switch (kind, stored) {
        case (_, nil): return false
        case (.boolean, let stored?): return stored.flag == (wanted.flag ?? true)
        case (.datetime, let stored?): return wanted.text.flatMap(OdooTime.milliseconds) == stored.integer
        case (.many2many, let stored?): return wanted.wholeNumber.map { stored.ids?.contains($0) ?? false } ?? false
        case (.integer, let stored?), (.many2one, let stored?): return wanted.wholeNumber == stored.integer
        case (_, .text(let text)?): return wanted.identifier == text
        case (_, .number(let number)?): return wanted.decimal == number
        default: return false
        }
    }

    private func contains(_ shown: String?, ignoringCase: Bool) -> Bool {
        guard let shown, let wanted = value.identifier else { return false }
        let (text, part) = ignoringCase ? (shown.lowercased(), wanted.lowercased()) : (shown, wanted)
        if part.contains("%") || part.contains("_") { return SQLPattern("%\(part)%").matches(text) }
        return part.isEmpty || text.contains(part)
    }

    private func order(_ stored: OdooValue?, _ kind: OdooField.Kind) -> Int? {
        switch (kind, stored) {
        case (.datetime, .integer(let time)?):
            return value.text.flatMap(OdooTime.milliseconds).map { Int((time - $0).signum()) }
        case (_, .integer(let number)?): return value.wholeNumber.map { number < $0 ? -1 : number > $0 ? 1 : 0 }
        case (_, .number(let number)?): return value.decimal.map { number < $0 ? -1 : number > $0 ? 1 : 0 }
        case (_, .text(let text)?): return value.text.map { text < $0 ? -1 : text > $0 ? 1 : 0 }
        default: return nil
        }
    }
}

/// `LIKE` of SQL: `%` any text, `_` one character, `\` takes their meaning from them.
struct SQLPattern {
    private enum Part: Equatable {
        case any
        case one
        case exactly(Character)
    }

    private let parts: [Part]

    init(_ pattern: String) {
        var parts: [Part] = []
        var isEscaped = false
        for character in pattern {
            switch character {
            case _ where isEscaped:
                parts.append(.exactly(character))
                isEscaped = false
            case "\\": isEscaped = true
            case "%": parts.append(.any)
            case "_": parts.append(.one)
            default: parts.append(.exactly(character))
            }
        }
        self.parts = parts
    }

    func matches(_ text: String) -> Bool {
        let text = Array(text)
        var (at, star, resumeAt) = (0, -1, 0)
        var position = 0
        while position < text.count {
            let part = at < parts.count ? parts[at] : nil
            if part == .one || part == .exactly(text[position]) {
                at += 1
                position += 1
            } else if part == .any {
                star = at
                resumeAt = position
                at += 1
            } else if star >= 0 {
                at = star + 1
                resumeAt += 1
                position = resumeAt
            } else {
                return false
            }
        }
        return parts[at...].allSatisfy { $0 == .any }
    }
}
