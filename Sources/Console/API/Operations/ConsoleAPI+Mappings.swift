import Domain
import Pipeline
import Store

/// What a connection maps: read, set, tried with a contact; and the CRM's own fields.
extension ConsoleAPI {
    var mappingOperations: [APIOperation] {
        let connection = "/api/v1/connections/{connection}"
        return [
            .get("getMapping", "\(connection)/mapping") { request in
                try await shownMapping(of: try await account(request), request)
            },
            .put("setMapping", "\(connection)/mapping", scope: .admin, setMapping),
            .get("listConnectionFields", "\(connection)/fields", listFields),
            .post(
                "tryMapping", "\(connection)/mapping/try", scope: .read, repeats: .harmless, tryMapping),
        ]
    }

    /// Named as in the configuration, or by its id.
    private func account(_ request: APIRequest) async throws -> ConnectionAccount {
        let name = request.parameters["connection"]
        let accounts = try await store.connectionAccounts().filter { $0.workspace == request.workspace }
        guard let account = accounts.first(where: { $0.slug == name || $0.id.description == name }) else {
            throw APIProblem.noSuchThing
        }
        return account
    }

    // MARK: The mapping

    private func shownMapping(of account: ConnectionAccount, _ request: APIRequest) async throws -> APIAnswer {
        let kept = try await store.mapping(of: account.id, in: request.workspace)
        let mapping = kept?.mapping ?? FieldMapping([])
        let found = try await findings(of: mapping, account, request)
        return APIAnswer.ok(
            [
                "connection": account.slug, "rows": mapping.rows.map(\.json),
                "mapped": mapping.rows.count { $0.isOn }, "is_basic_only": mapping.isBasicOnly,
                "problems": Self.json(found.problems.map { $0.map(\.sentence) }, in: request.language),
                "warnings": Self.json(found.warnings.map { $0.map(\.sentence) }, in: request.language),
                "updated_at": kept?.updatedAt, "updated_by": kept?.updatedBy,
            ] as JSONObject
        ).tagged(kept.version)
    }

    /// Of each row.
    private func findings(
        of mapping: FieldMapping, _ account: ConnectionAccount, _ request: APIRequest
    ) async throws -> (problems: [[MappingProblem]], warnings: [[MappingWarning]]) {
        let vocabulary = try await store.syncVocabulary(in: request.workspace)
        let fields = await mappings.fields(of: account.id).described
        return (
            mapping.problems(remote: fields, shape: vocabulary.shape(of:)),
            mapping.warnings(remote: fields, shape: vocabulary.shape(of:))
        )
    }

    /// With the places of the rows, from 0.
    private static func json(_ sentences: [[LocalizedText]], in language: Language) -> [JSONObject] {
        sentences.enumerated().flatMap { row, sentences in
            sentences.map { ["row": row, "detail": $0[language]] as JSONObject }
        }
    }

    private func setMapping(_ request: APIRequest) async throws -> APIAnswer {
        let account = try await account(request)
        let mapping = try written(request.body)
        let kept = try await store.mapping(of: account.id, in: request.workspace)
        if let expected = request.expected, !expected.contains(kept.version) { throw PuenteError.changedMeanwhile }
        let problems = try await findings(of: mapping, account, request).problems.enumerated()
            .flatMap { row, problems in problems.map { Self.fault(row, $0) } }
        guard problems.isEmpty else { throw APIProblem.wrongBody.with(Array(problems.prefix(20))) }
        try await store.saveMapping(
            mapping, of: account.id, expecting: kept?.version, by: request.key.name, in: request.workspace)
        changes.publish(.connections, in: request.workspace)
        return try await shownMapping(of: account, request)
    }

    private func written(_ body: JSONValue) throws(APIProblem) -> FieldMapping {
        try BodyObject.read(body) { body -> FieldMapping? in
            body.allow("rows")
            return FieldMapping(MappingReader.rows(body))
        }
    }

    private static func fault(_ row: Int, _ problem: MappingProblem) -> APIProblem.Fault {
        APIProblem.Fault(place: .pointer("/rows/\(row)"), message: problem.sentence)
    }

    // MARK: The CRM

    private func listFields(_ request: APIRequest) async throws -> APIAnswer {
        let fields = await mappings.fields(of: try await account(request).id)
        if let trouble = fields.trouble {
            throw PuenteError(.unavailable, detail: "crm_unavailable", message: trouble)
        }
        return .ok(
            [
                "data": fields.offered.map(\.json), "next": nil, "takes_any_field": fields.takesAnyField,
            ] as JSONObject)
    }

    /// By the rows of the body, or by what is kept.
    private func tryMapping(_ request: APIRequest) async throws -> APIAnswer {
        let account = try await account(request)
        let (contact, rows) = try BodyObject.read(request.body) { body -> (ContactID, [MappingRow]?)? in
            body.allow("contact", "rows")
            let rows = body.has("rows") ? MappingReader.rows(body) : nil
            guard let contact: ContactID = body.id("contact") else { return nil }
            return (contact, rows)
        }
        let kept = try await store.mapping(of: account.id, in: request.workspace)?.mapping
        let mapping = rows.map(FieldMapping.init) ?? kept ?? FieldMapping([])
        let trial = try await mappings.attempt(mapping, of: account.id, with: contact, in: request.workspace)
        return .ok(
            [
                "connection": account.slug, "contact_id": contact,
                "rows": trial.rows.map { $0.json(in: request.language) },
            ] as JSONObject)
    }
}

extension KeptMapping? {
    /// Of a connection that maps nothing yet as well.
    fileprivate var version: EditVersion { EditVersion(self.map { "\($0.version)" } ?? "none") }
}

extension SyncTrial.Row {
    fileprivate func json(in language: Language) -> JSONObject {
        [
            "local": row.local.rawValue, "remote": row.remote, "direction": row.direction.rawValue,
            "verdict": verdict.word, "detail": verdict.sentence[language], "ours": ours.json, "theirs": theirs.json,
        ]
    }
}

extension SyncTrial.Value {
    fileprivate var json: JSONObject { ["before": before, "after": after] }
}

extension RemoteField {
    fileprivate var json: JSONObject {
        [
            "name": name, "label": label, "type": shape.rawValue, "is_writable": isWritable,
            "is_required": isRequired, "is_unique": isUnique, "max_length": maxLength, "choices": choices,
        ]
    }
}
