package import Domain
package import Foundation

/// A segment being made or changed.
package struct SegmentPage: Page {
    package static let template = "segments/edit"

    package let title: String
    package let tabs: ContactsTabs
    /// Nil: of a new one.
    package let id: String?
    package let action: String
    package let version: String
    package let name: String
    package let nameError: String?
    /// "Days begin and end as in America/Mexico_City."
    package let days: String
    package let editor: SegmentEditor
    /// After somebody changed it while the form was open.
    package let now: StandingNow?
    package let membersURL: String?
    package let bulkURL: String?
    /// Asks for a label or field that is gone.
    package let isBroken: Bool
    package let deleteAsk: String?

    /// - Parameter zone: of the company.
    package init(
        _ draft: SegmentDraft, id: SegmentID?, _ vocabulary: SegmentVocabulary, count: SegmentCount,
        now: StandingNow? = nil, zone: TimeZone, in context: PageContext
    ) {
        self.now = now
        self.title = id == nil ? context.words("people.segments.new") : draft.name
        self.tabs = ContactsTabs(.segments, in: context)
        self.id = id?.description
        self.action = id.map { "/segments/\($0)" } ?? "/segments"
        self.version = draft.version
        self.name = draft.name
        self.days = context.words("people.segments.dayZone", ["zone": zone.shownName])
        self.nameError = draft.nameError?[context.language]
        self.editor = SegmentEditor(draft, vocabulary, count: count, in: context)
        self.membersURL = id.map { "/contacts?segment=\($0)" }
        let isBroken = draft.isBroken(vocabulary)
        self.isBroken = isBroken
        self.bulkURL = id.flatMap { isBroken ? nil : "/bulk?segment=\($0)" }
        self.deleteAsk = id.map { _ in context.words("people.segments.deleteAsk", ["name": draft.name]) }
    }
}
