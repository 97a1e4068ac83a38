/// Whom a segment holds: conditions that all, or any of which, must be met; groups of them are nested one level deep.
package struct SegmentConditions: Hashable, Sendable {
    package enum Match: String, Codable, CaseIterable, Sendable { case all, any }

    package enum Part: Hashable, Sendable {
        case condition(SegmentCondition)
        case group(Match, [SegmentCondition])
    }

    package static let maxConditions = 30

    package let match: Match
    package let parts: [Part]

    /// - Throws: `invalid` with the detail `segment_size` when there are too many conditions, or a group is empty.
    package init(_ match: Match, _ parts: [Part]) throws(PuenteError) {
        self.match = match
        self.parts = parts
        guard all.count <= Self.maxConditions else { throw .tooManyConditions }
        for case .group(_, let conditions) in parts where conditions.isEmpty { throw .emptyGroup }
    }

    private init() {
        match = .all
        parts = []
    }

    /// Of a segment that is there no more: nobody meets them.
    package static let nobody = SegmentConditions(
        match: .all, parts: [.condition(.name(.filled)), .condition(.name(.empty))])

    /// No conditions: every contact meets them.
    package static let everybody = SegmentConditions()

    /// Every condition, wherever it stands.
    package var all: [SegmentCondition] {
        parts.flatMap { part in
            switch part {
            case .condition(let condition): [condition]
            case .group(_, let conditions): conditions
            }
        }
    }

    /// The same tree with other conditions in place.
    package func map(_ change: (SegmentCondition) -> SegmentCondition) -> SegmentConditions {
        SegmentConditions(
            match: match,
            parts: parts.map { part in
                switch part {
                case .condition(let condition): .condition(change(condition))
                case .group(let match, let conditions): .group(match, conditions.map(change))
                }
            })
    }

    private init(match: Match, parts: [Part]) {
        self.match = match
        self.parts = parts
    }
}

extension PuenteError {
    fileprivate static let tooManyConditions = PuenteError(
        .invalid, detail: "segment_size", en: "A segment has at most 30 conditions.",
        es: "Un segmento tiene 30 condiciones como máximo.")
    fileprivate static let emptyGroup = PuenteError(
        .invalid, detail: "segment_size", en: "A group needs at least one condition.",
        es: "Un grupo necesita al menos una condición.")
}
