import Domain

/// What the contact's own row and its handles say.
extension SegmentCompiler {
    /// The name as it is shown, small and without accents, stands in `sort_name`.
    mutating func name(_ test: SegmentCondition.TextTest) -> Compiled {
        let named = "substr(p.sort_name, 1, 1) <> '\u{FFFD}'"  // nobody's name begins with it: see `ContactText`
        return switch test {
        case .filled: Compiled(named)
        case .empty: Compiled("NOT \(named)")
        case .equals(let text): Compiled("p.sort_name = \(bind(NameText.folded(text)))")
        case .differs(let text): Compiled("p.sort_name <> \(bind(NameText.folded(text)))")
        case .contains(let text):
            Compiled("(\(named) AND \(like("p.sort_name", "%\(escaped(NameText.folded(text)))%")))")
        case .starts(let text): Compiled("(\(named) AND \(like("p.sort_name", "\(escaped(NameText.folded(text)))%")))")
        case .ends(let text): Compiled("(\(named) AND \(like("p.sort_name", "%\(escaped(NameText.folded(text)))")))")
        }
    }

    mutating func email(_ test: SegmentCondition.TextTest) -> Compiled {
        let address = "x.kind = 'email' AND x.valid_to IS NULL"
        let condition: String
        switch test {
        case .filled: return Compiled(exists("handle", address))
        case .empty: return Compiled(exists("handle", address, isSo: false))
        case .contains(let text): condition = like("x.value", "%\(escaped(text.lowercased()))%")
        case .starts(let text): condition = like("x.value", "\(escaped(text.lowercased()))%")
        case .ends(let text): condition = like("x.value", "%\(escaped(text.lowercased()))")
        case .equals(let text): condition = "x.value = \(bind(text.lowercased()))"
        case .differs(let text):
            return Compiled(exists("handle", "\(address) AND x.value = \(bind(text.lowercased()))", isSo: false))
        }
        return Compiled(exists("handle", "\(address) AND \(condition)"))
    }

    mutating func phone(_ prefixes: [String], isSo: Bool) -> Compiled {
        let ranges = prefixes.flatMap(PhonePrefix.writings).map { prefix in
            // ":" is the sign behind "9".
            "(x.value >= \(bind(prefix)) AND x.value < \(bind(prefix + ":")))"
        }
        let number = "x.kind = 'phone' AND x.scope = '' AND x.valid_to IS NULL"
        // A contact may have several such numbers.
        let sources = ranges.map {
            "SELECT DISTINCT x.contact_id AS id FROM handle x WHERE x.workspace_id = :workspace_id AND \(number) AND \($0)"
        }
        return Compiled(
            exists("handle", "\(number) AND (\(ranges.joined(separator: " OR ")))", isSo: isSo),
            source: isSo ? sources.joined(separator: " UNION ") : nil)
    }

    mutating func language(_ code: String?, isSo: Bool) -> Compiled {
        guard let code else {
            return Compiled(isSo ? "COALESCE(p.language, '') = ''" : "COALESCE(p.language, '') <> ''")
        }
        let language = "lower(COALESCE(p.language, ''))"
        let condition =
            "(\(language) = \(bind(code.lowercased())) OR \(like(language, escaped(code.lowercased()) + "\\_%")))"
        return Compiled(isSo ? condition : "NOT \(condition)")
    }

    func reach(_ reach: SegmentCondition.Reach) -> String {
        let phone = "x.kind = 'phone' AND x.valid_to IS NULL"
        let userID = "x.kind = 'bsuid' AND x.valid_to IS NULL"
        return switch reach {
        case .phone: exists("handle", phone)
        case .userIDOnly: "(\(exists("handle", userID)) AND \(exists("handle", phone, isSo: false)))"
        case .nothing: exists("handle", "x.kind IN ('phone', 'bsuid') AND x.valid_to IS NULL", isSo: false)
        }
    }

    mutating func numberKind(_ kind: PhoneNumberKind, isSo: Bool) -> Compiled {
        let condition = "x.number_kind = \(bind(kind.code)) AND x.valid_to IS NULL"
        // A contact may have several such numbers.
        let source = """
            SELECT DISTINCT x.contact_id AS id FROM handle x WHERE x.workspace_id = :workspace_id AND \(condition)
            """
        return Compiled(exists("handle", condition, isSo: isSo), source: isSo ? source : nil)
    }

    func unreachable(isSo: Bool) -> Compiled {
        guard isSo else { return Compiled("NOT \(UnreachableNumber.isEverywhere)") }
        return Compiled(UnreachableNumber.isEverywhere, source: UnreachableNumber.source)
    }

    mutating func created(_ age: SegmentCondition.Age) -> String {
        switch age {
        case .within(let days): "p.created_at >= \(bind(now - .days(days)))"
        case .longer(let days): "p.created_at < \(bind(now - .days(days)))"
        case .since(let date): "p.created_at >= \(bind(clock.days.start(of: date)))"
        case .before(let date): "p.created_at < \(bind(clock.days.start(of: date)))"
        }
    }

    func source(_ source: SegmentCondition.Source, isSo: Bool) -> String {
        let list = source.evidence.map { "'\($0)'" }.joined(separator: ", ")
        return exists("handle", "x.evidence IN (\(list))", isSo: isSo)
    }

    mutating func like(_ column: String, _ pattern: String) -> String {
        "\(column) LIKE \(bind(pattern)) ESCAPE '\\'"
    }

    func escaped(_ text: String) -> String { LikePattern.escaped(text) }
}

/// A name as it is compared.
enum NameText {
    /// As `ContactText` writes `sort_name`.
    static func folded(_ text: String) -> String { ContactText.sortName(of: text) }
}

/// The first digits of numbers as handles write them.
enum PhonePrefix {
    /// Mexican mobiles are written with and without a 1 behind the country code, Argentine ones with and without a 9;
    /// the handle has one form of each, and people think of the other. The mark alone, as in `+521`, is all of them.
    static func writings(_ prefix: String) -> [String] {
        for (country, mark) in [("52", "1"), ("54", "9")] where prefix.hasPrefix(country) && prefix.count > 2 {
            let rest = prefix.dropFirst(2)
            return [prefix, rest.hasPrefix(mark) ? country + rest.dropFirst(1) : country + mark + rest]
        }
        return [prefix]
    }
}

extension SegmentCondition.Source {
    /// What `handle.evidence` says of it.
    var evidence: [String] {
        switch self {
        case .whatsapp: ["webhook", "status", "system_message", "contact_request"]
        case .crm: ["crm"]
        case .api: ["api"]
        case .import: ["import"]
        case .person: ["person", "staff", "form"]
        }
    }
}
