package import Domain

/// A segment in a list.
package struct SegmentFacts: Sendable {
    package var id: SegmentID
    package var name: String
    package var conditions: SegmentConditions

    package init(id: SegmentID, name: String, conditions: SegmentConditions) {
        self.id = id
        self.name = name
        self.conditions = conditions
    }
}

/// Every segment of the company.
package struct SegmentsPage: Page {
    package static let template = "segments/page"

    package enum Command: String, CaseIterable, Sendable { case created, changed, deleted, restored }

    package struct Item: Sendable {
        package let id: String
        package let name: String
        package let sentence: String
        package let url: String
        package let membersURL: String
        /// Nil: nothing is done to many by conditions that nobody can read any more.
        package let bulkURL: String?
        /// Speaks of a label or field that is gone.
        package let isBroken: Bool
        package let tally: SegmentTally
    }

    package let title: String
    package let tabs: ContactsTabs
    package let items: [Item]
    package let isEmpty: Bool
    package let notice: UndoableNotice?

    package init(
        _ segments: [SegmentFacts], _ vocabulary: SegmentVocabulary, notice: UndoableNotice? = nil,
        in context: PageContext
    ) {
        let words = ConditionWords(context: context, vocabulary: vocabulary)
        let references = vocabulary.references
        self.title = context.words("people.segments.title")
        self.tabs = ContactsTabs(.segments, in: context)
        self.items = segments.map { segment in
            let url = "/segments/\(segment.id)"
            let isBroken = !references.haveAll(of: segment.conditions)
            return Item(
                id: segment.id.description, name: segment.name, sentence: words.sentence(segment.conditions),
                url: url, membersURL: "/contacts?segment=\(segment.id)",
                bulkURL: isBroken ? nil : "/bulk?segment=\(segment.id)", isBroken: isBroken,
                tally: SegmentTally(segment.id, nil, in: context))
        }
        self.isEmpty = segments.isEmpty
        self.notice = notice
    }

    /// After a command.
    package static func outcome(
        of command: Command, undo: ChangeID? = nil, in context: PageContext
    ) -> UndoableNotice {
        UndoableNotice(context.words("people.segments.done.\(command.rawValue)"), undo: undo)
    }
}

/// How many a segment of the list holds. Counted after the page is there: it may take a moment.
package struct SegmentTally: PageFragment {
    package static let template = "segments/tally"

    package let id: String
    /// Nil while it was not counted.
    package let count: String?
    package let membersURL: String
    package let refreshURL: String

    package init(_ id: SegmentID, _ count: CountFacts?, in context: PageContext) {
        self.id = id.description
        self.count = count.map {
            context.words(
                "people.labels.contacts.\($0.value == 1 && !$0.isMore ? "one" : "other")",
                ["count": $0.text(in: context)])
        }
        self.membersURL = "/contacts?segment=\(id)"
        self.refreshURL = "/fragments/segments/\(id)/count"
    }
}
