package import Domain

/// The conditions of a segment as a form. Fetched anew when a condition is added, taken away, or becomes another.
package struct SegmentEditor: PageFragment {
    package static let template = "segments/editor"

    package struct Group: Sendable {
        package let number: Int
        package let isTop: Bool
        package let matchName: String
        package let isAll: Bool
        package let label: String
        package let rows: [SegmentRow]
        package let mayAdd: Bool
    }

    package let groups: [Group]
    package let mayAddGroup: Bool
    package let error: String?
    package let count: SegmentCount

    package init(
        _ draft: SegmentDraft, _ vocabulary: SegmentVocabulary, count: SegmentCount, in context: PageContext
    ) {
        let mayAdd = draft.count < SegmentConditions.maxConditions
        self.groups = ([draft.top] + draft.groups).enumerated().map { number, group in
            Group(
                number: number, isTop: number == 0, matchName: "m.\(number)", isAll: group.match == .all,
                label: number == 0
                    ? context.words("people.segments.conditions")
                    : context.words("people.segments.group", ["number": "\(number)"]),
                rows: group.rows.enumerated().map {
                    SegmentRow($0.element, group: number, index: $0.offset, vocabulary, in: context)
                }, mayAdd: mayAdd)
        }
        self.mayAddGroup = mayAdd && draft.groups.count < 9
        self.error = draft.error?[context.language]
        self.count = count
    }
}

/// Whom the conditions find now. Asked for again while they are written.
package struct SegmentCount: PageFragment {
    package static let template = "segments/count"

    /// "1,203 contacts meet these conditions."; nil while nothing can be counted.
    package let sentence: String?
    /// Some of them: "Lucía Fernández, Carlos Mendoza, …"
    package let sample: String?
    /// What is not complete is left out of the count.
    package let isPartial: Bool
    /// Not all contacts were asked yet: a script asks for the rest.
    package let isRough: Bool

    /// - Parameter count: nil while nothing can be counted; of a rough one, while nobody was found.
    package init(
        _ count: CountFacts?, sample: [String] = [], isPartial: Bool = false, isRough: Bool = false,
        in context: PageContext
    ) {
        let found = count.map {
            context.words(
                "people.segments.found.\($0.value == 1 && !$0.isMore ? "one" : "other")",
                ["count": $0.text(in: context)])
        }
        self.sentence = found ?? (isRough ? context.words("people.segments.notYetCounted") : nil)
        self.isRough = isRough
        let more = (count?.value ?? 0) > sample.count
        self.sample = sample.isEmpty ? nil : sample.joined(separator: ", ") + (more ? ", …" : "")
        self.isPartial = isPartial
    }
}
