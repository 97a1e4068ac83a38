import Domain
import HTTPTypes
import Hummingbird
import Pipeline
import Store

/// Two contacts side by side: merged, kept apart, and made two again.
struct MergeController: Sendable {
    func add(to routes: ConsoleRoutes) {
        routes.get("/duplicates/{id}/{other}") { visit in try await answer(visit) }
        routes.post("/duplicates/{id}/{other}/merges") { form, visit in try await merge(form, visit) }
        routes.post("/duplicates/{id}/{other}/dismissals") { _, visit in try await keepApart(visit) }
        routes.post("/duplicates/{id}/{other}/undos") { _, visit in try await undo(visit) }
    }

    /// The older one first, whatever the address says.
    private struct Pair {
        let a: ContactID
        let b: ContactID

        var path: String { MergePage.url(a, b) }

        init(_ visit: Visit) throws {
            let (one, other): (ContactID, ContactID) = (try visit.id(), try visit.id("other"))
            guard one != other else { throw PuenteError.noSuchPage }
            a = min(one, other)
            b = max(one, other)
        }
    }

    private func answer(_ visit: Visit) async throws -> Response {
        let pair = try Pair(visit)
        if let record = try await visit.store.mergeRecord(of: pair.a, and: pair.b, in: visit.workspace) {
            return try await answer(record, visit)
        }
        guard let preview = try await visit.store.mergePreview(of: pair.b, into: pair.a, in: visit.workspace) else {
            return try await follow(pair, visit)
        }
        for contact in [pair.a, pair.b] { await visit.noteSeen(contact) }
        let facts = MergeFacts(preview)
        let winner = visit.query("stays").flatMap { ContactID($0) } ?? Self.suggested(facts)
        return try await visit.answer(
            MergePage(facts, winner: winner, notice: notice(visit), in: visit.page), at: .contacts, path: pair.path)
    }

    /// One of them was merged into somebody else: that is whom to look at. Of two who became one so long ago that nothing is
    /// kept of the merge, there is the one.
    private func follow(_ pair: Pair, _ visit: Visit) async throws -> Response {
        let (a, b) = try await visit.store.livingPair(pair.a, pair.b, in: visit.workspace)
        guard a != b else { return visit.redirect("/contacts/\(a)") }
        guard MergePage.url(a, b) != pair.path else { throw PuenteError.noSuchPage }
        return visit.redirect(MergePage.url(a, b))
    }

    private static func suggested(_ facts: MergeFacts) -> ContactID {
        facts.a.person.name == nil && facts.b.person.name != nil ? facts.b.person.id : facts.a.person.id
    }

    private func answer(
        _ record: MergeRecord, error: LocalizedText? = nil, status: HTTPResponse.Status = .ok, _ visit: Visit
    ) async throws -> Response {
        let change = record.change
        let page = MergedPage(
            winner: PersonFacts(record.winner), loser: PersonFacts(record.loser), actor: change.actor, at: change.at,
            moved: record.moved.named, undoUntil: change.isUndoable(at: visit.page.now) ? change.undoUntil : nil,
            error: error, notice: notice(visit), in: visit.page)
        return try await visit.answer(
            page, at: .contacts, status: status, path: MergePage.url(record.winner.id, record.loser.id))
    }

    private func notice(_ visit: Visit) -> OutcomeNotice? {
        visit.flash(of: .duplicates).flatMap { flash in
            DuplicatesPage.Command(rawValue: flash.command).map {
                DuplicatesPage.outcome(of: $0, count: flash.count, in: visit.page)
            }
        }
    }

    // MARK: Commands

    private func merge(_ form: Form, _ visit: Visit) async throws -> Response {
        let pair = try Pair(visit)
        do {
            let wish = try MergeForm(form, pair.a, pair.b)
            let merge = try await visit.store.merge(
                wish.loser, into: wish.winner, choices: wish.choices, by: visit.staff.name, in: visit.workspace)
            visit.parts.publish(merge.report)
            return visit.redirect(pair.path)
        } catch let error as PuenteError where error.detail == "stays" {
            guard let preview = try await visit.store.mergePreview(of: pair.b, into: pair.a, in: visit.workspace) else {
                throw error
            }
            let facts = MergeFacts(preview)
            return try await visit.answer(
                MergePage(
                    facts, winner: Self.suggested(facts), choices: MergeForm.chosen(form), error: error.message,
                    in: visit.page), at: .contacts, status: .unprocessableContent, path: pair.path)
        } catch let error as PuenteError where error.detail == PuenteError.mergedAlready.detail {
            // A colleague was faster: the page shows what became of them.
            return visit.redirect(pair.path)
        }
    }

    private func keepApart(_ visit: Visit) async throws -> Response {
        let pair = try Pair(visit)
        do {
            try await visit.store.keepApart(pair.a, pair.b, by: visit.staff.name, in: visit.workspace)
        } catch let error as PuenteError where error.detail == PuenteError.mergedAlready.detail {
            // A colleague was faster: the page shows what became of them.
            return visit.redirect(pair.path)
        }
        return visit.redirect(
            "/duplicates", telling: FlashNotice(.duplicates, DuplicatesPage.Command.dismissals.rawValue))
    }

    private func undo(_ visit: Visit) async throws -> Response {
        let pair = try Pair(visit)
        guard let record = try await visit.store.mergeRecord(of: pair.a, and: pair.b, in: visit.workspace) else {
            return visit.redirect(pair.path)
        }
        do {
            let undone = try await visit.store.undoMerge(
                record.change.id, by: visit.staff.name, in: visit.workspace)
            visit.parts.publish(undone.report)
            return visit.redirect(
                pair.path, telling: FlashNotice(.duplicates, DuplicatesPage.Command.undos.rawValue))
        } catch let error as PuenteError where error.code == .conflict {
            return try await answer(record, error: error.message, status: .conflict, visit)
        }
    }
}

extension MergeCounts {
    /// By the names of the catalogue.
    var named: [(key: String, count: Int)] {
        [
            ("handles", handles), ("conversations", conversations), ("messages", messages), ("labels", labels),
            ("fields", fields), ("states", states), ("consents", consents), ("records", records),
        ]
    }
}
