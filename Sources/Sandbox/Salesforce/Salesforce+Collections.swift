import Synchronization

/// `…/composite/sobjects/…`: up to 200 records at once, each with an outcome of its own, always with the status 200.
/// Source: Salesforce, REST API Developer Guide, "sObject Collections".
extension Salesforce {
    private static let maximum = 200

    func collections(_ rest: [String], _ request: SalesforceRequest) throws(SalesforceError) -> Answer {
        switch (request.call.method, rest.count) {
        case (.post, 0):
            return try write(request) { (json, state) throws(SalesforceError) in
                let id = try Self.create(json, Self.object(json, state), request, in: &state)
                return ["id": JSON(id), "success": true, "errors": []]
            }
        case (.patch, 0):
            return try write(request) { (json, state) throws(SalesforceError) in
                guard let id = Self.id(in: json) else {
                    throw .bad("MISSING_ARGUMENT", "Id not specified in an update call", fields: [])
                }
                _ = try Self.update(id, json, Self.object(json, state), request, in: &state)
                return ["id": JSON(SalesforceID.full(id) ?? id), "success": true, "errors": []]
            }
        case (.patch, 2): return try upsert(rest[0], rest[1], request)
        case (.delete, 0): return try delete(request)
        case (.post, 1): return try readRecords(rest[0], request)
        default: throw .method
        }
    }

    private func upsert(
        _ type: String, _ field: String, _ request: SalesforceRequest
    ) throws(SalesforceError) -> Answer {
        let repeated = Self.repeated(field, try request.body())
        return try write(request) { (json, state) throws(SalesforceError) in
            let object = try state.object(type)
            guard let key = (json[field] ?? json[field.lowercased()])?.identifier, !key.isEmpty else {
                throw .bad("MISSING_ARGUMENT", "\(field) not specified", fields: [])
            }
            guard !repeated.contains(key.lowercased()) else {
                throw .bad("DUPLICATE_VALUE", "Duplicate external id specified: \(key)", fields: [field])
            }
            return try Self.upsert(key, field, json, object, request, in: &state).json
        }
    }

    /// Keys that more than one record of a call has: none of these records is written.
    private static func repeated(_ field: String, _ body: JSON) -> Set<String> {
        var (seen, repeated): (Set<String>, Set<String>) = ([], [])
        for key in (body["records"]?.items ?? []).compactMap({ $0[field]?.identifier?.lowercased() }) {
            if !seen.insert(key).inserted { repeated.insert(key) }
        }
        return repeated
    }

    private static func object(_ json: JSON, _ state: SalesforceState) throws(SalesforceError) -> Int {
        guard let type = json["attributes"]?["type"]?.text else {
            throw .bad("INVALID_TYPE", "sObject type is missing in attributes")
        }
        return try state.object(type)
    }

    /// Reads all records, then writes one after the other.
    private func write(
        _ request: SalesforceRequest,
        _ work: (JSON, inout SalesforceState) throws(SalesforceError) -> JSON
    ) throws(SalesforceError) -> Answer {
        let body = try request.body()
        guard let records = body["records"]?.items else { throw .bad("JSON_PARSER_ERROR", "records are missing") }
        try Self.checkCount(records.count)
        let failing = records.map { _ in faults.failsItem(of: .salesforce) }
        return try withState { state throws(SalesforceError) in
            for record in records { try SObjectDraft.checkNames(record, state[Self.object(record, state)].schema) }
            // Kept only where it is needed: with a copy beside it, the first change copies all records.
            let before = body["allOrNone"]?.flag == true ? state : nil
            var (answers, hasFailed): ([JSON], Bool) = ([], false)
            for (record, isFailing) in zip(records, failing) {
                do throws(SalesforceError) {
                    if isFailing { throw .locked }
                    answers.append(try work(record, &state))
                } catch {
                    hasFailed = true
                    answers.append(["success": false, "errors": [error.item]])
                }
            }
            if hasFailed, let before {
                state = before
                answers = answers.map { $0["success"]?.flag == true ? Self.rolledBack : $0 }
            }
            return .json(.array(answers))
        }
    }

    private static func checkCount(_ count: Int) throws(SalesforceError) {
        guard count <= maximum else {
            throw .bad(
                "EXCEEDED_ID_LIMIT",
                "record limit reached. cannot submit more than \(maximum) records in this call")
        }
    }

    private static let rolledBack: JSON = [
        "success": false,
        "errors": [
            SalesforceError.bad(
                "ALL_OR_NONE_OPERATION_ROLLED_BACK",
                "Record rolled back because not all records were valid and the request was using AllOrNone header"
            ).item
        ],
    ]

    /// The type of each record follows from its id.
    private func delete(_ request: SalesforceRequest) throws(SalesforceError) -> Answer {
        let ids = (request.call.query["ids"] ?? "").split(separator: ",").map(String.init)
        try Self.checkCount(ids.count)
        let answers = state.withLock { state in
            ids.map { id -> JSON in
                do throws(SalesforceError) {
                    guard let object = state.objects.firstIndex(where: { id.hasPrefix($0.schema.prefix) }) else {
                        throw .bad("MALFORMED_ID", "malformed id \(id.prefix(40))", fields: ["Id"])
                    }
                    try state.delete(id, of: object, at: request.now)
                    return ["id": JSON(id), "success": true, "errors": []]
                } catch {
                    return ["id": JSON(id), "success": false, "errors": [error.item]]
                }
            }
        }
        return .json(.array(answers))
    }

    /// Null stands for what is not there.
    private func readRecords(_ type: String, _ request: SalesforceRequest) throws(SalesforceError) -> Answer {
        let body = try request.body()
        let ids = (body["ids"]?.items ?? []).compactMap(\.text)
        let names = (body["fields"]?.items ?? []).compactMap(\.text)
        guard ids.count <= 2000 else { throw .bad("EXCEEDED_ID_LIMIT", "at most 2000 ids") }
        return try withState { state throws(SalesforceError) in
            let object = try state.object(type)
            var fields: [Int] = []
            for name in names {
                guard let number = state[object].schema.number(of: name) else { throw .unknownField(name, of: type) }
                fields.append(number)
            }
            let view = RecordView(object: object, state: state, version: request.version)
            return .json(
                .array(
                    ids.map { id in
                        guard let record = state.record(id, of: object), !record.isDeleted else { return .null }
                        return view.json(record, fields: fields)
                    }))
        }
    }
}
