import Domain
import HTTPTypes
import Hummingbird
import Pipeline
import Store

/// What customers and colleagues sent as files: `/media/{id}`, for people of the same workspace only.
///
/// Whatever a stranger put into a file, a browser shows it as a picture, a sound or a film, or saves it; it runs none.
struct MediaController: Sendable {
    let media: MediaFolder

    func add(to routes: ConsoleRoutes) {
        routes.get("/media/{id}") { visit in try await answer(visit) }
    }

    private func answer(_ visit: Visit) async throws -> Response {
        let id: MediaID = try visit.id()
        guard let file = try await visit.store.mediaFile(id, in: visit.workspace), let sha256 = file.sha256,
            file.state == .stored
        else { throw PuenteError.noSuchFile }
        let tag = "\"\(sha256)\""
        var headers = MediaHeaders(file).fields
        headers[.eTag] = tag
        if EntityTag.matches(tag, visit.request.headers[.ifNoneMatch]) {
            return Response(status: .notModified, headers: headers)
        }
        return try await send(
            media.file(sha256, in: visit.workspace), size: Int(clamping: file.size ?? 0), headers, visit)
    }

    private func send(
        _ path: String, size: Int, _ headers: HTTPFields, _ visit: Visit
    ) async throws -> Response {
        var headers = headers
        let files = FileIO()
        switch ByteRange(visit.request.headers[.range], size: size) {
        case .whole:
            return Response(
                status: .ok, headers: headers,
                body: try await files.loadFile(path: path, context: visit.visitor.context))
        case .part(let range):
            headers[.contentRange] = "bytes \(range.lowerBound)-\(range.upperBound)/\(size)"
            let body = try await files.loadFile(path: path, range: range, context: visit.visitor.context)
            return Response(status: .partialContent, headers: headers, body: body)
        case .unsatisfiable:
            headers[.contentRange] = "bytes */\(size)"
            return Response(status: .rangeNotSatisfiable, headers: headers)
        }
    }
}

extension PuenteError {
    static let noSuchFile = PuenteError(
        .notFound, en: "This file is not here: it was removed, or has not arrived yet.",
        es: "Este archivo no está aquí: se eliminó o todavía no ha llegado.")
}
