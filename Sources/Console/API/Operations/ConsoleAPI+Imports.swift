import ContactFiles
import Domain
import Hummingbird
import NIOCore
import Pipeline
import Store

extension ConsoleAPI {
    private static let uploadTimeout: Duration = .seconds(1800)

    var importOperations: [APIOperation] {
        let one = "/api/v1/imports/{import}"
        return [
            .list("listImports", "/api/v1/imports", listImports),
            .post(
                "createImport", "/api/v1/imports", body: .file, repeats: .rememberedByOperation,
                query: ["filename", "region", "existing", "label"], createdAt: "/api/v1/imports", createImport),
            .get("getImport", one, getImport),
            .list("listImportRows", "\(one)/rows", filters: ["verdict"], listImportRows),
            .post("checkImport", "\(one)/checks", checkImport),
            .post("confirmImport", "\(one)/confirmations", body: .none) { request in
                try await step(request) { try await $0.confirm($1, in: $2, by: request.key.name) }
            },
            .post("cancelImport", "\(one)/cancellations", body: .none) { request in
                try await step(request) { try await $0.cancel($1, in: $2) }
            },
            .post("undoImport", "\(one)/undos", body: .none) { request in
                try await step(request) { try await $0.undo($1, in: $2, by: request.key.name) }
            },
        ]
    }

    // MARK: Reading

    private func listImports(_ request: APIRequest) async throws -> APIAnswer {
        let page = try await store.imports(
            before: cursor.open(request), limit: request.query.limit(), in: request.workspace)
        let views = views(request)
        return .page(page, of: request, cursor: cursor) { views.imported($0, now: store.now()) }
    }

    private func getImport(_ request: APIRequest) async throws -> APIAnswer {
        .ok(try shown(try await found(request), request))
    }

    private func found(_ request: APIRequest) async throws -> ImportRecord {
        guard let record = try await store.importRecord(try request.id("import"), in: request.workspace) else {
            throw APIProblem.noSuchThing
        }
        return record
    }

    private func shown(_ record: ImportRecord, _ request: APIRequest) throws -> JSONObject {
        views(request).imported(record, plan: try ImportPlan(json: record.plan), now: store.now())
    }

    private func listImportRows(_ request: APIRequest) async throws -> APIAnswer {
        let verdict = try request.query.choice("verdict", among: ImportVerdict.allCases)
        let position = try cursor.open(request)
        let record = try await found(request)
        let page = try await store.importRows(
            record.id, verdicts: Set([verdict].compactMap(\.self)), after: Int(clamping: position?.id ?? 0),
            limit: request.query.limit(), in: request.workspace)
        let views = views(request)
        return .page(page, of: request, cursor: cursor) { views.importRow($0) }
    }

    // MARK: Uploading

    /// What is recognised is checked at once; a list in which nobody can be told apart waits for its columns.
    private func createImport(_ request: APIRequest) async throws -> APIAnswer {
        let query = request.query
        let region = try region(query.text("region"), request)
        var options = ImportOptions()
        options.existing = try query.choice("existing", among: ImportOptions.Existing.allCases) ?? .fill
        options.labels = [query.text("label")].compactMap(\.self)
        let name = try query.listName()
        try options.check(at: store.now())
        guard let body = request.file else { throw APIProblem.cannotBeRead }
        let file = try await receive(body, in: request.workspace)
        return try await once(request.repeatable(of: file)) {
            let record = try await imports.begin(
                file.sha256, named: name ?? file.filename, size: file.size, region: region, in: request.workspace,
                by: request.key.name)
            let plan = try ImportPlan(json: record.plan)
            if plan.canBeFollowed {
                try await imports.check(record, plan, options)
            }
            let made = try await imports.found(record.id, in: request.workspace)
            return APIAnswer(status: 201, body: try shown(made, request).json)
        }
    }

    private func region(_ written: String?, _ request: APIRequest) throws -> String? {
        guard let written, !written.isEmpty else { return request.key.region }
        do {
            return try ImportRegion.code(written)
        } catch {
            throw request.query.wrong("region", en: "is no country", es: "no es un país")
        }
    }

    /// The body as it is, or the first file of a form.
    private func receive(_ body: FileBody, in workspace: WorkspaceID) async throws -> UploadedFile {
        let shelf = UploadShelf(
            media: imports.folder.files, workspace: workspace, thread: uploads, tooLarge: PuenteError.largeList,
            takesEmpty: true)
        let limit = FileLimits().fileBytes
        do {
            return try await withReadTimeout(Self.uploadTimeout) {
                guard let boundary = MultipartParser.boundary(in: body.contentType) else {
                    let spool = try await shelf.spool(named: "list", mimeType: body.contentType, limit)
                    for try await bytes in body.body { try await spool.append(bytes) }
                    return try await spool.seal()
                }
                return try await Self.file(in: body.body, boundary: boundary, shelf)
            }
        } catch is ReadTimedOut {
            throw APIProblem.tookTooLong
        }
    }

    private static func file(
        in body: RequestBody, boundary: String, _ shelf: UploadShelf
    ) async throws -> UploadedFile {
        var parser = MultipartParser(boundary: boundary)
        var collector = PartCollector(limits: .list, files: shelf)
        for try await chunk in body {
            parser.feed(chunk)
            while let event = try parser.next() { try await collector.take(event) }
        }
        guard parser.isComplete, let file = collector.file else { throw PuenteError.unreadableForm }
        return file
    }

    // MARK: Steps

    private func checkImport(_ request: APIRequest) async throws -> APIAnswer {
        let asked = try BodyObject.read(request.body, ImportDraftReader.read)
        let record = try await found(request)
        let words = try await store.importWords(in: request.workspace)
        var plan = try ImportPlan(json: record.plan)
        if let choices = asked.choices {
            plan = ImportPlan(
                try await imports.inspect(record, choices), region: plan.region, fields: words.fields)
        }
        let fields = try asked.change(&plan, known: words.all)
        try await imports.check(record, plan, asked.options, fields: fields)
        return .ok(try shown(try await found(request), request))
    }

    private func step(
        _ request: APIRequest, _ take: (ImportDesk, ImportID, WorkspaceID) async throws -> Void
    ) async throws -> APIAnswer {
        let record = try await found(request)
        try await take(imports, record.id, request.workspace)
        return .ok(try shown(try await found(request), request))
    }
}

extension APIRequest {
    /// Of a file the content counts, not how it was sent.
    fileprivate func repeatable(of file: UploadedFile) -> IdempotentRequest? {
        repeatable.map { given in
            IdempotentRequest(
                workspace: given.workspace, apiKey: given.apiKey, key: given.key,
                fingerprint: RequestFingerprint.of(
                    .post, path, Array("\(query.fingerprint(without: []))\n\(file.filename)\n\(file.sha256)".utf8)))
        }
    }
}

extension ImportPlan {
    /// Whether it says by what people are told apart.
    fileprivate var canBeFollowed: Bool {
        do {
            try check()
            return true
        } catch {
            return false
        }
    }
}

extension RequestQuery {
    /// No folders, no control characters.
    fileprivate func listName() throws(APIProblem) -> String? {
        guard let name = text("filename") else { return nil }
        let isPlain = name.unicodeScalars.allSatisfy { $0.value >= 32 && $0.value != 127 && $0 != "/" && $0 != "\\" }
        guard isPlain, (1...200).contains(name.unicodeScalars.count) else {
            throw wrong(
                "filename", en: "must be a name of 1 to 200 characters, without folders",
                es: "debe ser un nombre de 1 a 200 caracteres, sin carpetas")
        }
        return name
    }
}
