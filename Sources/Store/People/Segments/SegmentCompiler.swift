import Domain

/// Now, and which day that is where the company works: from there conditions count.
struct SegmentClock {
    let now: Timestamp
    let days: LocalDays
}

extension Store {
    var segmentClock: SegmentClock { SegmentClock(now: now(), days: days) }
}

/// Turns conditions into SQL about a contact `p`. The texts are ours; whatever somebody wrote is a parameter.
///
/// A condition has up to two forms. The *probe* asks whether one contact meets it. The *source* is a SELECT of the ids of
/// all who do, named `id`, straight from an index; where few do, it is much faster to begin there.
struct SegmentCompiler {
    struct Compiled {
        let probe: String
        /// Each id once.
        let source: String?

        init(_ probe: String, source: String? = nil) {
            self.probe = probe
            self.source = source
        }
    }

    let clock: SegmentClock
    private(set) var arguments = SQLArguments()

    init(_ clock: SegmentClock) {
        self.clock = clock
    }

    var now: Timestamp { clock.now }

    /// Whoever meets all of them is in the segment.
    mutating func compile(_ conditions: SegmentConditions) -> [Compiled] {
        let parts = conditions.parts.map { compile($0) }
        switch conditions.match {
        case .all: return parts
        case .any: return parts.isEmpty ? [] : [Self.anyOf(parts)]
        }
    }

    private mutating func compile(_ part: SegmentConditions.Part) -> Compiled {
        switch part {
        case .condition(let condition): return compile(condition)
        case .group(.any, let conditions): return Self.anyOf(conditions.map { compile($0) })
        case .group(.all, let conditions):
            let parts = conditions.map { compile($0) }
            return Compiled("(" + parts.map(\.probe).joined(separator: " AND ") + ")")
        }
    }

    private static func anyOf(_ parts: [Compiled]) -> Compiled {
        let sources = parts.compactMap(\.source)
        return Compiled(
            "(" + parts.map(\.probe).joined(separator: " OR ") + ")",
            source: sources.count == parts.count ? sources.joined(separator: " UNION ") : nil)
    }

    mutating func bind(_ value: any SQLConvertible) -> String {
        let name = "seg\(arguments.pairs.count)"
        arguments.set(name, value)
        return ":" + name
    }

    private mutating func compile(_ condition: SegmentCondition) -> Compiled {
        switch condition {
        case .name(let test): name(test)
        case .email(let test): email(test)
        case .phone(let prefixes, let isSo): phone(prefixes, isSo: isSo)
        case .language(let code, let isSo): language(code, isSo: isSo)
        case .reach(let reach): Compiled(self.reach(reach))
        case .numberKind(let kind, let isSo): numberKind(kind, isSo: isSo)
        case .unreachable(let isSo): unreachable(isSo: isSo)
        case .field(let id, _, let test): field(id, test)
        case .number(let id, let test): number(id, test)
        case .date(let id, let test): date(id, test)
        case .label(let id, let isSo): label(id, isSo: isSo)
        case .state(let state, let isSo): rows("contact_state", "x.state = \(bind(state))", isSo: isSo)
        case .consent(let purpose, let consent): self.consent(purpose, consent)
        case .activity(let activity): Compiled(self.activity(activity))
        case .created(let age): Compiled(created(age))
        case .source(let source, let isSo): Compiled(self.source(source, isSo: isSo))
        }
    }

    // MARK: Rows of a contact

    /// Whether the contact has such a row, of which it can have one only.
    func rows(_ table: String, _ condition: String, isSo: Bool) -> Compiled {
        Compiled(
            exists(table, condition, isSo: isSo),
            source: isSo
                ? "SELECT x.contact_id AS id FROM \(table) x WHERE x.workspace_id = :workspace_id AND \(condition)"
                : nil)
    }

    func exists(_ table: String, _ condition: String, isSo: Bool = true) -> String {
        """
        \(isSo ? "" : "NOT ")EXISTS (
            SELECT 1 AS one FROM \(table) x
            WHERE x.workspace_id = :workspace_id AND x.contact_id = p.id AND \(condition)
        )
        """
    }
}
