import Domain
import HTTPTypes
import Hummingbird
import NIOCore
import Store

/// A mapping as a file: taken away, sent back, looked through before it counts. For administrators.
struct MappingFileController: Sendable {
    func add(to routes: ConsoleRoutes) {
        routes.get("/connections/{id}/mapping.yaml") { visit in try await download(visit) }
        routes.get("/connections/{id}/mapping/file") { visit in
            try await show(.init(), try await MappingReading(visit), visit)
        }
        routes.post("/connections/{id}/mapping/files", limits: .mapping) { form, visit in
            try await take(form, visit)
        }
    }

    private func download(_ visit: Visit) async throws -> Response {
        let reading = try await MappingReading(visit)
        let text = MappingFile(connection: reading.account.slug).text(
            of: FieldMapping(reading.rows), title: { reading.vocabulary.title(of: $0)[visit.page.language] })
        let name = "mapping-\(reading.account.slug).yaml"
        return Response(
            status: .ok,
            headers: [
                .contentType: "application/yaml; charset=utf-8",
                .contentDisposition: "attachment; filename*=UTF-8''\(QueryText.encode(name))",
                .cacheControl: "no-store",
            ], body: ResponseBody(byteBuffer: ByteBuffer(string: text)))
    }

    private func show(
        _ draft: MappingFilePage.Draft, _ reading: MappingReading, _ visit: Visit, status: HTTPResponse.Status = .ok
    ) async throws -> Response {
        let facts = reading.facts
        return try await visit.answer(
            MappingFilePage(draft, of: facts, in: visit.page), at: .connections, status: status,
            path: "\(facts.path)/file")
    }

    /// First it is shown what the file says; sent again as confirmed, it counts. Rows that cannot work are switched off.
    private func take(_ form: Form, _ visit: Visit) async throws -> Response {
        let reading = try await MappingReading(visit)
        var draft = MappingFilePage.Draft(text: Self.text(of: form))
        do throws(MappingFile.Faults) {
            draft.mapping = try MappingFile.read(draft.text, visit.parts.readYAML)
        } catch {
            draft.errors = error.sentences
            return try await show(draft, reading, visit, status: .unprocessableContent)
        }
        var rows = draft.mapping?.rows ?? []
        draft.problems = reading.problems(of: FieldMapping(rows))
        draft.warnings = reading.warnings(of: FieldMapping(rows))
        guard form["confirmed"] == "yes" else { return try await show(draft, reading, visit) }
        for index in rows.indices where !draft.problems[index].isEmpty { rows[index].isOn = false }
        do {
            try await reading.save(rows, decidedUpon: form, visit)
        } catch let error as PuenteError where error.isForForm {
            draft.errors = [error.message]
            return try await show(draft, try await MappingReading(visit), visit, status: error.code.formStatus)
        }
        return visit.redirect(
            reading.path, telling: FlashNotice(.mapping, MappingPage.Command.imported.rawValue))
    }

    /// Of the file that was chosen, else what was pasted.
    private static func text(of form: Form) -> String {
        let texts = [form["file"], form["text"]].compactMap(\.self)
        return texts.first { !$0.allSatisfy(\.isWhitespace) } ?? ""
    }
}
