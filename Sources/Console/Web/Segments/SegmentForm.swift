import Domain
import PhoneNumbers

/// Reads the editor's form, and makes conditions of it.
struct SegmentForm {
    let vocabulary: SegmentVocabulary
    private(set) var draft: SegmentDraft

    /// Fields: `name`; `m.GROUP` for how a group is met; `s.GROUP.ROW`, `t.GROUP.ROW`, `v.GROUP.ROW` for what a row is
    /// about, how it compares, with what. The group 0 is the top.
    init(_ form: Form, _ vocabulary: SegmentVocabulary) {
        self.vocabulary = vocabulary
        draft = SegmentDraft(name: form["name"] ?? "")
        draft.version = form["version"] ?? ""
        draft.top.match = Self.match(form["m.0"])
        var rows: [Int: [SegmentDraft.Row]] = [:]
        for (name, subject) in form.fields.pairs where name.hasPrefix("s.") {
            let place = String(name.dropFirst(2))
            guard let group = place.split(separator: ".").first.flatMap({ Int($0) }), (0..<10).contains(group) else {
                continue
            }
            let row = Self.row(subject, form["t.\(place)"], form["v.\(place)"] ?? "", vocabulary)
            rows[group, default: []].append(row)
        }
        draft.top.rows = rows[0] ?? []
        for group in 1..<10 where form["m.\(group)"] != nil {
            draft.groups.append(.init(match: Self.match(form["m.\(group)"]), rows: rows[group] ?? []))
        }
    }

    /// A draft that was not sent.
    init(_ draft: SegmentDraft, _ vocabulary: SegmentVocabulary) {
        self.vocabulary = vocabulary
        self.draft = draft
    }

    private static func match(_ text: String?) -> SegmentConditions.Match {
        text.flatMap { SegmentConditions.Match(rawValue: $0) } ?? .all
    }

    /// A row that is about something else now begins with its usual comparison.
    private static func row(
        _ subject: String, _ test: String?, _ value: String, _ vocabulary: SegmentVocabulary
    ) -> SegmentDraft.Row {
        let tests = RowSubject(subject, vocabulary)?.tests ?? []
        let chosen = test.flatMap { SegmentTest(rawValue: $0) }
        guard let chosen, tests.contains(chosen) else {
            return SegmentDraft.Row(subject: subject, test: tests.first ?? .has, value: "")
        }
        return SegmentDraft.Row(subject: subject, test: chosen, value: value)
    }

    // MARK: Commands

    /// What a button of the editor asks for: `add:GROUP`, `remove:GROUP.ROW`, `group`, `ungroup:GROUP`.
    /// - Returns: whether it was one of those.
    mutating func apply(_ command: String?) -> Bool {
        let parts = (command ?? "redraw").split(separator: ":", maxSplits: 1).map(String.init)
        let numbers = parts.count == 2 ? parts[1].split(separator: ".").compactMap { Int($0) } : []
        var first = SegmentDraft.firstRow(vocabulary)
        first.isNew = true
        switch (parts.first ?? "", numbers.first, numbers.dropFirst().first) {
        case ("add", let group?, nil): change(group) { $0.append(first) }
        case ("remove", let group?, let row?): change(group) { if $0.indices.contains(row) { $0.remove(at: row) } }
        case ("group", nil, nil):
            let match: SegmentConditions.Match = draft.top.match == .all ? .any : .all
            draft.groups.append(.init(match: match, rows: [first]))
        case ("ungroup", let group?, nil):
            if draft.groups.indices.contains(group - 1) { draft.groups.remove(at: group - 1) }
        case ("redraw", nil, nil): break
        default: return false
        }
        return true
    }

    private mutating func change(_ group: Int, _ change: (inout [SegmentDraft.Row]) -> Void) {
        if group == 0 {
            change(&draft.top.rows)
        } else if draft.groups.indices.contains(group - 1) {
            change(&draft.groups[group - 1].rows)
        }
        draft.groups.removeAll(where: \.rows.isEmpty)
    }

    // MARK: Conditions

    /// The conditions; what is wrong is noted with its row.
    /// - Returns: nil when anything is.
    mutating func conditions() -> SegmentConditions? {
        let top = Self.read(&draft.top.rows, vocabulary)
        var parts = top.map(SegmentConditions.Part.condition)
        for index in draft.groups.indices {
            let conditions = Self.read(&draft.groups[index].rows, vocabulary)
            if !conditions.isEmpty { parts.append(.group(draft.groups[index].match, conditions)) }
        }
        guard !draft.hasErrors else { return nil }
        do throws(PuenteError) {
            return try SegmentConditions(draft.top.match, parts)
        } catch {
            draft.error = error.message
            return nil
        }
    }

    /// Those conditions that are complete, for counting while the others are written.
    func complete() -> (conditions: SegmentConditions, isPartial: Bool)? {
        var top = draft.top.rows
        var parts = Self.read(&top, vocabulary).map(SegmentConditions.Part.condition)
        for group in draft.groups {
            var rows = group.rows
            let conditions = Self.read(&rows, vocabulary)
            if !conditions.isEmpty { parts.append(.group(group.match, conditions)) }
        }
        // Too many are said when they are saved.
        guard let conditions = try? SegmentConditions(draft.top.match, parts), !parts.isEmpty else { return nil }
        return (conditions, conditions.all.count < draft.count)
    }

    private static func read(
        _ rows: inout [SegmentDraft.Row], _ vocabulary: SegmentVocabulary
    ) -> [SegmentCondition] {
        rows.indices.compactMap { index in
            do throws(PuenteError) {
                guard var words = rows[index].words(vocabulary) else { throw .incompleteRow }
                if words.about == .phone { words.value = try PhonePrefixText.read(words.value ?? "") }
                return try SegmentCondition(words, habits: vocabulary.habits)
            } catch {
                rows[index].error = error.message
                return nil
            }
        }
    }
}

extension SegmentDraft {
    fileprivate var hasErrors: Bool {
        (top.rows + groups.flatMap(\.rows)).contains { $0.error != nil }
    }
}

/// Countries and first digits as people write them: `México, +1 809`.
enum PhonePrefixText {
    /// - Returns: digits with commas between them.
    /// - Throws: `invalid` for a country that shares its code with a larger one.
    static func read(_ text: String) throws(PuenteError) -> String {
        var prefixes: [String] = []
        for part in text.split(whereSeparator: { ",;\n".contains($0) }) {
            let part = part.drop(while: \.isWhitespace)
            guard part.contains(where: \.isLetter), let region = PhoneRegion(String(part)),
                let code = region.callingCode
            else {
                prefixes.append(String(part))
                continue
            }
            guard PhoneRegion("+\(code)")?.code == region.code else { throw .sharedCode(region, code) }
            prefixes.append("+\(code)")
        }
        return prefixes.joined(separator: ", ")
    }
}

extension PuenteError {
    fileprivate static let incompleteRow = PuenteError(
        .invalid, detail: "condition", en: "Choose what this condition is about.",
        es: "Elija de qué trata esta condición.")

    fileprivate static func sharedCode(_ region: PhoneRegion, _ code: Int) -> PuenteError {
        PuenteError(
            .invalid, detail: "condition",
            en: "\(region.name.en) shares +\(code) with other countries: write the digits behind it, too.",
            es: "\(region.name.es) comparte +\(code) con otros países: escriba también las cifras que siguen.")
    }
}
