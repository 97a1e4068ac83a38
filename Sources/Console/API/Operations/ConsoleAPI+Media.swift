import Domain
import Hummingbird
import NIOCore
import Pipeline
import Store

extension ConsoleAPI {
    private static let uploadTimeout: Duration = .seconds(120)

    var mediaOperations: [APIOperation] {
        [
            .post(
                "uploadMedia", "/api/v1/media", body: .file, repeats: .harmless, query: ["kind", "number", "filename"],
                createdAt: "/api/v1/media", uploadMedia),
            .get("getMedia", "/api/v1/media/{media}", getMedia),
            .file("getMediaContent", "/api/v1/media/{media}/content", getMediaContent),
        ]
    }

    private func getMedia(_ request: APIRequest) async throws -> APIAnswer {
        guard let file = try await store.mediaFile(try request.id("media"), in: request.workspace) else {
            throw APIProblem.noSuchThing
        }
        return .ok(views(request).file(file))
    }

    private func getMediaContent(_ request: APIRequest) async throws -> APIAnswer {
        guard let file = try await store.mediaFile(try request.id("media"), in: request.workspace) else {
            throw APIProblem.noSuchThing
        }
        switch file.state {
        case .fetching: throw APIProblem.notArrived
        case .failed, .pruned: throw APIProblem.noFile
        case .stored:
            guard let sha256 = file.sha256 else { throw APIProblem.noFile }
            let path = media.file(sha256, in: request.workspace)
            return APIAnswer(status: 200, body: .null, file: FileAnswer(file, sha256: sha256, at: path))
        }
    }

    /// Takes a file for a message that is to be sent. The same bytes are kept once, so a repeat costs a row.
    private func uploadMedia(_ request: APIRequest) async throws -> APIAnswer {
        let query = request.query
        guard let kind = try query.choice("kind", among: MediaContent.Kind.allCases) else {
            throw query.wrong("kind", en: "this parameter is missing", es: "falta este parámetro")
        }
        let filename = try query.fileName()
        let number = try await sender(query, in: request.workspace)
        guard let file = request.file else { throw APIProblem.cannotBeRead }
        // The type is asked before anything is read; the size while it is read.
        if let problem = rules.fileProblem(kind, file.contentType, 1) { throw APIProblem(problem) }
        let stored = try await store(file, kind: kind, named: filename ?? "file", in: request.workspace)
        if let problem = rules.fileProblem(kind, file.contentType, stored.size) { throw APIProblem(problem) }
        let id = try await store.addMedia(
            kind, number: number, sha256: stored.sha256, size: stored.size, mimeType: file.contentType,
            filename: filename, in: request.workspace)
        return APIAnswer(
            status: 201,
            body: (["id": id, "kind": kind.rawValue, "size": stored.size, "sha256": stored.sha256] as JSONObject).json)
    }

    private func store(
        _ file: FileBody, kind: MediaContent.Kind, named name: String, in workspace: WorkspaceID
    ) async throws -> UploadedFile {
        let shelf = UploadShelf(media: media, workspace: workspace, thread: uploads)
        let limit = rules.mostBytes(kind)
        do {
            return try await withReadTimeout(Self.uploadTimeout) {
                let spool = try await shelf.spool(named: name, mimeType: file.contentType, limit)
                for try await bytes in file.body { try await spool.append(bytes) }
                return try await spool.seal()
            }
        } catch is ReadTimedOut {
            throw APIProblem.tookTooLong
        }
    }

    private func sender(_ query: RequestQuery, in workspace: WorkspaceID) async throws -> NumberID {
        let numbers = try await store.numbers(in: workspace).filter { $0.state != .disabled }
        guard let text = query.text("number") else {
            guard numbers.count == 1, let only = numbers.first else {
                throw query.wrong(
                    "number", en: "is needed where there is more than one number",
                    es: "es necesario cuando hay más de un número")
            }
            return only.id
        }
        guard let number = numbers.first(where: { $0.name == text || $0.id.description == text }) else {
            throw query.wrong("number", en: "there is no such number", es: "no existe ese número")
        }
        return number.id
    }
}

extension APIProblem {
    fileprivate static let notArrived = APIProblem(
        409, "not_arrived", en: "The file is being fetched from WhatsApp. Ask again in a moment.",
        es: "El archivo se está trayendo de WhatsApp. Pida de nuevo en un momento.")
    fileprivate static let noFile = APIProblem(
        404, "no_file", en: "The file could not be fetched, or is not kept any more.",
        es: "El archivo no se pudo traer o ya no se conserva.")
}

extension RequestQuery {
    /// The name that the customer sees: no folders, no control characters.
    fileprivate func fileName() throws(APIProblem) -> String? {
        guard let name = text("filename") else { return nil }
        let isPlain = name.unicodeScalars.allSatisfy { $0.value >= 32 && $0.value != 127 && $0 != "/" && $0 != "\\" }
        guard isPlain, (1...240).contains(name.unicodeScalars.count) else {
            throw wrong(
                "filename", en: "must be a name of 1 to 240 characters, without folders",
                es: "debe ser un nombre de 1 a 240 caracteres, sin carpetas")
        }
        return name
    }
}
