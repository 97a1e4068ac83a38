import Domain

/// What is noted of the contact, what it consented to, and when it wrote.
extension SegmentCompiler {
    mutating func field(_ id: FieldID, _ test: SegmentCondition.TextTest) -> Compiled {
        let bound = bind(id)
        let field = "x.field_id = \(bound)"
        switch test {
        case .filled: return rows("contact_field", field, isSo: true)
        case .empty: return without(bound, field)
        case .equals(let text):
            return rows("contact_field", "\(field) AND x.folded = \(bind(FieldValue.folded(text)))", isSo: true)
        case .differs(let text):
            return without(bound, "\(field) AND x.folded = \(bind(FieldValue.folded(text)))")
        case .starts(let text):
            let start = FieldValue.folded(text)
            let end = start + "\u{10FFFF}"
            return rows(
                "contact_field", "\(field) AND x.folded >= \(bind(start)) AND x.folded < \(bind(end))", isSo: true)
        case .contains(let text):
            return Compiled(
                exists("contact_field", "\(field) AND \(like("x.folded", "%\(escaped(FieldValue.folded(text)))%"))"))
        case .ends(let text):
            return Compiled(
                exists("contact_field", "\(field) AND \(like("x.folded", "%\(escaped(FieldValue.folded(text)))"))"))
        }
    }

    /// Nobody is without a label that was deleted: whoever asked for some shall not get everybody.
    mutating func label(_ id: LabelID, isSo: Bool) -> Compiled {
        let label = bind(id)
        let carried = rows("contact_label", "x.label_id = \(label)", isSo: isSo)
        guard !isSo else { return carried }
        let isThere = "EXISTS (SELECT 1 AS one FROM label l WHERE l.workspace_id = :workspace_id AND l.id = \(label))"
        return Compiled("(\(isThere) AND \(carried.probe))")
    }

    mutating func number(_ id: FieldID, _ test: SegmentCondition.NumberTest) -> Compiled {
        let bound = bind(id)
        let field = "x.field_id = \(bound)"
        return switch test {
        case .filled: rows("contact_field", field, isSo: true)
        case .empty: without(bound, field)
        case .equals(let value): rows("contact_field", "\(field) AND x.number = \(bind(value))", isSo: true)
        case .differs(let value): without(bound, "\(field) AND x.number = \(bind(value))")
        case .atLeast(let value): rows("contact_field", "\(field) AND x.number >= \(bind(value))", isSo: true)
        case .atMost(let value): rows("contact_field", "\(field) AND x.number <= \(bind(value))", isSo: true)
        }
    }

    mutating func date(_ id: FieldID, _ test: SegmentCondition.DateTest) -> Compiled {
        let today = clock.days.day(of: now)?.days ?? 0
        switch test {
        case .filled: return number(id, .filled)
        case .empty: return number(id, .empty)
        case .on(let date): return number(id, .equals(Double(date.days)))
        case .before(let date): return number(id, .atMost(Double(date.days - 1)))
        case .after(let date): return number(id, .atLeast(Double(date.days + 1)))
        case .past(let days): return between(id, today - days, today)
        case .next(let days): return between(id, today, today + days)
        }
    }

    /// Who has no such value. Of a field that is gone that is nobody: else everybody would be.
    private func without(_ field: String, _ condition: String) -> Compiled {
        let isThere = "EXISTS (SELECT 1 AS one FROM field f WHERE f.workspace_id = :workspace_id AND f.id = \(field))"
        return Compiled("(\(isThere) AND \(rows("contact_field", condition, isSo: false).probe))")
    }

    private mutating func between(_ id: FieldID, _ first: Int, _ last: Int) -> Compiled {
        let field = "x.field_id = \(bind(id))"
        return rows(
            "contact_field",
            "\(field) AND x.number >= \(bind(Double(first))) AND x.number <= \(bind(Double(last)))", isSo: true)
    }

    mutating func consent(
        _ purpose: SegmentCondition.Purpose, _ consent: SegmentCondition.Consent
    ) -> Compiled {
        let purpose = "x.purpose = \(bind(purpose.rawValue))"
        return switch consent {
        case .granted: rows("consent", "\(purpose) AND x.standing = 'granted'", isSo: true)
        case .double: rows("consent", "\(purpose) AND x.standing = 'granted' AND x.is_double = 1", isSo: true)
        case .single: rows("consent", "\(purpose) AND x.standing = 'granted' AND x.is_double = 0", isSo: true)
        case .withdrawn: rows("consent", "\(purpose) AND x.standing = 'withdrawn'", isSo: true)
        case .notGranted: rows("consent", "\(purpose) AND x.standing = 'granted'", isSo: false)
        case .unknown: rows("consent", purpose, isSo: false)
        }
    }

    mutating func activity(_ activity: SegmentCondition.Activity) -> String {
        let wrote = "x.last_inbound_at IS NOT NULL"
        switch activity {
        case .within(let days):
            return exists("conversation", "x.last_inbound_at >= \(bind(now - .days(days)))")
        case .silent(let days):
            let since = exists("conversation", "x.last_inbound_at >= \(bind(now - .days(days)))", isSo: false)
            return "(\(exists("conversation", wrote)) AND \(since))"
        case .never: return exists("conversation", wrote, isSo: false)
        case .open: return exists("conversation", "x.state = 'open'")
        case .noneOpen: return exists("conversation", "x.state = 'open'", isSo: false)
        }
    }
}
