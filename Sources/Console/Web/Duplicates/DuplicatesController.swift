import Domain
import HTTPTypes
import Hummingbird
import Pipeline
import Store

/// Suggestions: looked through, reviewed and merged as a list, dismissed and suggested again.
struct DuplicatesController: Sendable {
    private static let path = "/duplicates"

    func add(to routes: ConsoleRoutes) {
        routes.get("/duplicates") { visit in try await answer(visit) }
        routes.get("/fragments/duplicates") { visit in
            let work = try await work(visit)
            var response = try await visit.answer(work)
            // What came of a list stands in the figures and below: the page is loaded anew when its merging has ended.
            if visit.query("merging") != nil, !work.isMerging { response.headers[.hxRefresh] = "true" }
            return response
        }
        routes.get("/duplicates/review") { visit in
            let ids = FormFields(urlEncoded: visit.request.uri.query ?? "").all("id").compactMap { DuplicateID($0) }
            return try await review(ids, visit)
        }
        routes.post("/duplicates/batches") { form, visit in try await merge(form, visit) }
        routes.post("/duplicates/batches/{id}/undos") { _, visit in
            try await visit.store.undoMergeBatch(try visit.id(), by: visit.staff.name, in: visit.workspace)
            visit.parts.wakeBoard.ring(.lane(.clock))
            return visit.redirect(Self.path, telling: FlashNotice(.duplicates, Command.undos.rawValue, count: 2))
        }
        // Two contacts that were chosen in a list, whether or not anything speaks for one person.
        routes.post("/duplicates/pairs") { form, visit in
            let chosen = Set(form.ids() as [ContactID]).sorted()
            guard chosen.count == 2 else {
                return visit.redirect(
                    Self.path, telling: FlashNotice(.duplicates, Command.pairs.rawValue, count: 0))
            }
            return visit.redirect(MergePage.url(chosen[0], chosen[1]))
        }
        routes.post("/duplicates/passes") { _, visit in
            try await visit.store.beginDuplicatePass(in: visit.workspace)
            visit.parts.wakeBoard.ring(.lane(.clock))
            return visit.redirect(Self.path, telling: FlashNotice(.duplicates, Command.passes.rawValue))
        }
        routes.post("/duplicates/{id}/dismissals") { _, visit in
            try await settle(.dismissals, visit) { try await $0.dismissDuplicates([$1], by: $2, in: $3) }
        }
        routes.post("/duplicates/{id}/reopenings") { _, visit in
            try await settle(.reopenings, visit) { try await $0.reopenDuplicates([$1], by: $2, in: $3) }
        }
    }

    private typealias Command = DuplicatesPage.Command

    private func answer(_ visit: Visit) async throws -> Response {
        let state = visit.query("view").flatMap { DuplicateFacts.State(rawValue: $0) } ?? .open
        let list = try await visit.store.duplicates(state.summary, before: visit.before, in: visit.workspace)
        let figures = try await visit.store.duplicateFigures(in: visit.workspace)
        let (batches, scan) = try await working(visit)
        let page = DuplicatesPage(
            list.items.map { DuplicateFacts($0) }, state: state, figures: DuplicateFigureFacts(figures),
            batches: batches, scan: scan, older: list.next?.description, notice: Self.notice(visit), in: visit.page)
        return try await visit.answer(page, at: .contacts)
    }

    private static func notice(_ visit: Visit) -> OutcomeNotice? {
        guard let flash = visit.flash(of: .duplicates), let command = Command(rawValue: flash.command) else {
            return nil
        }
        return DuplicatesPage.outcome(of: command, count: flash.count, in: visit.page)
    }

    // MARK: What is at work

    private func working(_ visit: Visit) async throws -> ([MergeBatchFacts], DuplicateScanFacts) {
        let batches = try await visit.store.mergeBatches(limit: 3, in: visit.workspace)
        let scan = try await visit.store.duplicateScan(in: visit.workspace)
        // Lists of long ago are no news.
        let recent = batches.filter { $0.isBusy || visit.page.now - $0.createdAt < .hours(24) }
        return (recent.map { MergeBatchFacts($0) }, DuplicateScanFacts(scan))
    }

    private func work(_ visit: Visit) async throws -> DuplicateWork {
        let (batches, scan) = try await working(visit)
        return DuplicateWork(batches: batches, scan: scan, in: visit.page)
    }

    // MARK: Lists

    private func review(
        _ ids: [DuplicateID], winners: [DuplicateID: ContactID] = [:], error: LocalizedText? = nil, _ visit: Visit
    ) async throws -> Response {
        let chosen = try await visit.store.duplicates(Array(ids.prefix(200)), in: visit.workspace)
        var facts = chosen.filter { $0.state == .open }.map { DuplicateFacts($0) }
        for place in facts.indices { facts[place].winner = winners[facts[place].id] ?? facts[place].winner }
        return try await visit.answer(
            ReviewPage(facts, error: error, in: visit.page), at: .contacts,
            status: error == nil ? .ok : .unprocessableContent, path: Self.path)
    }

    private func merge(_ form: Form, _ visit: Visit) async throws -> Response {
        let ids: [DuplicateID] = form.ids()
        let winners = ids.reduce(into: [DuplicateID: ContactID]()) {
            $0[$1] = form["stays.\($1)"].flatMap { ContactID($0) }
        }
        do {
            let batch = try await visit.store.mergeDuplicates(
                ids.compactMap { id in winners[id].map { ReviewedDuplicate(duplicate: id, winner: $0) } },
                by: visit.staff.name, in: visit.workspace)
            visit.parts.wakeBoard.ring(.lane(.clock))
            return visit.redirect(
                Self.path, telling: FlashNotice(.duplicates, Command.batches.rawValue, count: batch.total))
        } catch let error as PuenteError where error.detail == PuenteError.nothingToMerge.detail {
            return try await review(ids, winners: winners, error: error.message, visit)
        }
    }

    private func settle(
        _ command: Command, _ visit: Visit,
        _ settlement: @Sendable (Store, DuplicateID, String, WorkspaceID) async throws -> Int
    ) async throws -> Response {
        let count = try await settlement(visit.store, try visit.id(), visit.staff.name, visit.workspace)
        return visit.redirect(
            visit.returning(to: Self.path), telling: FlashNotice(.duplicates, command.rawValue, count: count))
    }
}
