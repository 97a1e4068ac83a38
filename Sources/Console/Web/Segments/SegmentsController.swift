import Domain
import HTTPTypes
import Hummingbird
import Store

/// Segments: listed with their counts, made and changed in an editor that works without scripts, too.
struct SegmentsController: Sendable {
    private static let path = "/segments"

    func add(to routes: ConsoleRoutes) {
        routes.get("/segments") { visit in try await list(visit) }
        routes.get("/segments/new") { visit in
            let vocabulary = try await visit.vocabulary()
            var draft = SegmentDraft()
            draft.top.rows = [SegmentDraft.firstRow(vocabulary)]
            return try await answer(draft, id: nil, vocabulary, visit)
        }
        routes.get("/segments/{id}") { visit in
            let segment = try await segment(visit)
            let vocabulary = try await visit.vocabulary()
            var draft = SegmentDraft(name: segment.name, segment.conditions, vocabulary)
            draft.version = try segment.version().description
            return try await answer(draft, id: segment.id, vocabulary, visit)
        }
        routes.post("/segments") { form, visit in try await edit(nil, form, visit) }
        routes.post("/segments/{id}") { form, visit in try await edit(try await segment(visit).id, form, visit) }
        routes.post("/segments/{id}/deletions") { _, visit in try await delete(visit) }
        addFragments(to: routes)
    }

    private func addFragments(to routes: ConsoleRoutes) {
        routes.get("/fragments/segments/{id}/count") { visit in
            let segment = try await segment(visit)
            let count = try await visit.store.count(of: segment.conditions, in: visit.workspace)
            return try await visit.answer(SegmentTally(segment.id, CountFacts(count), in: visit.page))
        }
        routes.post("/fragments/segments/counts") { form, visit in
            try await visit.answer(try await fullCount(SegmentForm(form, try await visit.vocabulary()), visit))
        }
        routes.post("/fragments/segments/editor") { form, visit in
            var editing = SegmentForm(form, try await visit.vocabulary())
            _ = editing.apply(form["do"])
            let count = try await count(editing, visit)
            return try await visit.answer(
                SegmentEditor(editing.draft, editing.vocabulary, count: count, in: visit.page))
        }
    }

    private func segment(_ visit: Visit) async throws -> SegmentSummary {
        guard let segment = try await visit.store.segment(try visit.id(), in: visit.workspace) else {
            throw PuenteError.noSuchPage
        }
        return segment
    }

    // MARK: Pages

    private func list(_ visit: Visit) async throws -> Response {
        var notice: UndoableNotice?
        if let (name, undo) = visit.flash(of: .segments)?.undoable, let command = SegmentsPage.Command(rawValue: name) {
            notice = SegmentsPage.outcome(of: command, undo: undo, in: visit.page)
        }
        let segments = try await visit.store.segments(in: visit.workspace).map { SegmentFacts($0) }
        let page = SegmentsPage(segments, try await visit.vocabulary(), notice: notice, in: visit.page)
        return try await visit.answer(page, at: .contacts)
    }

    private func answer(
        _ draft: SegmentDraft, id: SegmentID?, _ vocabulary: SegmentVocabulary, now: StandingNow? = nil,
        _ visit: Visit, status: HTTPResponse.Status = .ok
    ) async throws -> Response {
        let count = try await count(SegmentForm(draft, vocabulary), visit)
        let page = SegmentPage(
            draft, id: id, vocabulary, count: count, now: now, zone: visit.parts.settings.zone, in: visit.page)
        return try await visit.answer(
            page, at: .contacts, status: status, path: id.map { "/segments/\($0)" } ?? Self.path)
    }

    private static let sample = 5

    /// How many the complete conditions find, and the newest few of them, as far as a page has time to look.
    func count(_ form: SegmentForm, _ visit: Visit) async throws -> SegmentCount {
        guard let (conditions, isPartial) = form.complete() else { return SegmentCount(nil, in: visit.page) }
        let query = ContactQuery(segment: conditions, order: .created, limit: Self.sample)
        let found = try await visit.store.contacts(query, isCounted: true, in: visit.workspace)
        return SegmentCount(
            found.count.map { CountFacts($0) }, sample: names(found.page.items, visit), isPartial: isPartial,
            isRough: found.count.map { $0.isMore && $0.value < ListCount.ceiling } ?? true, in: visit.page)
    }

    /// Also where that means asking every contact.
    private func fullCount(_ form: SegmentForm, _ visit: Visit) async throws -> SegmentCount {
        guard let (conditions, isPartial) = form.complete() else { return SegmentCount(nil, in: visit.page) }
        let count = try await visit.store.count(of: conditions, in: visit.workspace)
        let some = try await visit.store.members(of: conditions, limit: Self.sample, in: visit.workspace)
        return SegmentCount(
            CountFacts(count), sample: names(some.items, visit), isPartial: isPartial, in: visit.page)
    }

    private func names(_ contacts: [ContactSummary], _ visit: Visit) -> [String] {
        contacts.map { PersonFacts($0.person).displayName(in: visit.page) }
    }

    // MARK: Commands

    private func edit(_ id: SegmentID?, _ form: Form, _ visit: Visit) async throws -> Response {
        var editing = SegmentForm(form, try await visit.vocabulary())
        // Without a button it was Enter: that saves.
        if form["do"] != "save", form["do"] != nil, editing.apply(form["do"]) {
            return try await answer(editing.draft, id: id, editing.vocabulary, visit)
        }
        guard let conditions = editing.conditions() else {
            return try await answer(editing.draft, id: id, editing.vocabulary, visit, status: .unprocessableContent)
        }
        do {
            try await save(id, editing.draft.name, conditions, expecting: form.expected, visit)
        } catch let error as PuenteError where error.isForForm {
            var draft = editing.draft.with(error)
            var now: StandingNow?
            // Who has read what somebody else wrote may save over that.
            if error == .changedMeanwhile {
                let segment = try await segment(visit)
                draft.version = try segment.version().description
                now = .segment(
                    SegmentFacts(segment), editing.vocabulary, by: try await visit.author(of: .segment(segment.id)),
                    in: visit.page)
            }
            return try await answer(
                draft, id: id, editing.vocabulary, now: now, visit, status: error.code.formStatus)
        }
        let command: SegmentsPage.Command = id == nil ? .created : .changed
        return visit.redirect(Self.path, telling: FlashNotice(.segments, command.rawValue))
    }

    private func save(
        _ id: SegmentID?, _ name: String, _ conditions: SegmentConditions, expecting expected: Set<EditVersion>?,
        _ visit: Visit
    ) async throws {
        if let id {
            try await visit.store.changeSegment(
                id, name: name, conditions, expecting: expected, in: visit.workspace, by: visit.staff.name)
        } else {
            _ = try await visit.store.createSegment(name, conditions, in: visit.workspace, by: visit.staff.name)
        }
    }

    private func delete(_ visit: Visit) async throws -> Response {
        let change = try await visit.store.deleteSegment(
            try visit.id(), in: visit.workspace, by: visit.staff.name)
        return visit.redirect(
            Self.path, telling: FlashNotice(.segments, SegmentsPage.Command.deleted.rawValue, undo: change))
    }
}

extension SegmentDraft {
    /// What is wrong with the name stands beside it, everything else above the conditions.
    fileprivate func with(_ error: PuenteError) -> SegmentDraft {
        var draft = self
        switch error.detail {
        case "name", PuenteError.segmentTaken.detail: draft.nameError = error.message
        default: draft.error = error.message
        }
        return draft
    }
}
