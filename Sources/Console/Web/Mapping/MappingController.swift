import Domain
import HTTPTypes
import Hummingbird
import Pipeline
import Store

/// What a connection maps: listed, switched, moved, taken away, and put back to the standard. For administrators.
struct MappingController: Sendable {
    func add(to routes: ConsoleRoutes) {
        let path = "/connections/{id}/mapping"
        routes.get("\(path)") { visit in
            try await show(try await MappingReading(visit), notice: Self.notice(visit), visit)
        }
        routes.get("/fragments\(path)") { visit in
            let facts = try await MappingReading(visit).facts
            return try await visit.answer(
                MappingNewsView(facts, shown: visit.query("version") ?? facts.version, in: visit.page))
        }
        routes.post("\(path)/rows/{row}/switches") { form, visit in
            let isOn = form["to"] == "on"
            return try await change(isOn ? .on : .off, form, visit) { rows, index in rows[index].isOn = isOn }
        }
        routes.post("\(path)/rows/{row}/moves") { form, visit in
            let step = form["to"] == "up" ? -1 : 1
            return try await change(.moved, form, visit) { rows, index in
                if rows.indices.contains(index + step) { rows.swapAt(index, index + step) }
            }
        }
        routes.post("\(path)/rows/{row}/deletions") { form, visit in
            try await change(.deleted, form, visit) { rows, index in rows.remove(at: index) }
        }
        routes.post("\(path)/standards") { form, visit in try await takeStandard(form, visit) }
        routes.post("\(path)/readings") { _, visit in
            let reading = try await MappingReading(visit)
            visit.parts.mappings.forgetFields(of: reading.account.id)
            return visit.redirect(reading.path, telling: FlashNotice(.mapping, MappingPage.Command.read.rawValue))
        }
        routes.post("\(path)/preparations") { _, visit in try await prepare(visit) }
    }

    private static func notice(_ visit: Visit) -> OutcomeNotice? {
        visit.flash(of: .mapping).flatMap { flash in
            MappingPage.Command(rawValue: flash.command).map {
                MappingPage.outcome(of: $0, count: flash.count, in: visit.page)
            }
        }
    }

    private func show(
        _ reading: MappingReading, notice: OutcomeNotice? = nil, _ visit: Visit, status: HTTPResponse.Status = .ok
    ) async throws -> Response {
        let facts = reading.facts
        let page = MappingPage(facts, of: try await ConnectionVisit(visit).head, notice: notice, in: visit.page)
        return try await visit.answer(page, at: .connections, status: status, path: facts.path)
    }

    // MARK: Commands

    /// - Parameter body: changes the rows, one of which the address names.
    private func change(
        _ command: MappingPage.Command, _ form: Form, _ visit: Visit, _ body: (inout [MappingRow], Int) -> Void
    ) async throws -> Response {
        let reading = try await MappingReading(visit)
        return try await answering(reading, visit) {
            guard form["version"] == reading.version else { throw PuenteError.changedMeanwhile }
            var rows = reading.rows
            body(&rows, try reading.index(visit))
            try await reading.save(rows, decidedUpon: form, visit)
            return visit.redirect(reading.path, telling: FlashNotice(.mapping, command.rawValue))
        }
    }

    private func takeStandard(_ form: Form, _ visit: Visit) async throws -> Response {
        let reading = try await MappingReading(visit)
        return try await answering(reading, visit) {
            let standard = try await visit.parts.mappings.standard(for: reading.account.id, in: visit.workspace)
            try await reading.save(standard.rows, decidedUpon: form, visit)
            return visit.redirect(
                reading.path, telling: FlashNotice(.mapping, MappingPage.Command.standard.rawValue))
        }
    }

    private func prepare(_ visit: Visit) async throws -> Response {
        let reading = try await MappingReading(visit)
        return try await answering(reading, visit) {
            let made = try await visit.parts.mappings.prepare(reading.account.id)
            let command: MappingPage.Command = made.isEmpty ? .madeNone : .made
            return visit.redirect(
                reading.path, telling: FlashNotice(.mapping, command.rawValue, count: made.count))
        }
    }

    /// What was refused is said above the mapping as it is now.
    private func answering(
        _ reading: MappingReading, _ visit: Visit, _ body: () async throws -> Response
    ) async throws -> Response {
        do {
            return try await body()
        } catch let error as PuenteError where error.isForForm || error.code == .unavailable {
            let notice = OutcomeNotice(.failure, error.message[visit.page.language])
            return try await show(
                try await MappingReading(visit), notice: notice, visit, status: error.code.formStatus)
        }
    }
}
