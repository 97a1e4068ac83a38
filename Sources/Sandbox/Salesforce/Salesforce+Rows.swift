import Synchronization

/// `…/sobjects/…`: types, single records, and what changed.
extension Salesforce {
    func rows(_ rest: [String], _ request: SalesforceRequest) throws(SalesforceError) -> Answer {
        guard let type = rest.first else { return try types(request) }
        switch (request.call.method, rest.count, rest.dropFirst().first) {
        case (.get, 1, _):
            return .json(["objectDescribe": try schema(type).summary, "recentItems": []])
        case (.get, 2, "describe"): return .json(try schema(type).describe)
        case (.get, 2, "updated"): return try changed(type, request, isDeleted: false)
        case (.get, 2, "deleted"): return try changed(type, request, isDeleted: true)
        case (.post, 1, _): return try create(type, request)
        case (.get, 2, let id?):
            return try read(type, request) { (state, object) throws(SalesforceError) in
                try state.live(id, of: object)
            }
        case (.patch, 2, let id?): return try patch(type, id, request)
        case (.delete, 2, let id?): return try remove(type, id, request)
        case (_, 3, let field?): return try row(type, field, rest[2], request)
        default: throw .method
        }
    }

    private func schema(_ type: String) throws(SalesforceError) -> SObjectSchema {
        try withState { state throws(SalesforceError) in
            guard let object = state.number(of: type) else { throw .notFound }
            return state[object].schema
        }
    }

    private func types(_ request: SalesforceRequest) throws(SalesforceError) -> Answer {
        guard request.call.method == .get else { throw .method }
        let objects = state.withLock { $0.objects.map(\.schema.summary) }
        return .json(["encoding": "UTF-8", "maxBatchSize": 200, "sobjects": .array(objects)])
    }

    private func create(_ type: String, _ request: SalesforceRequest) throws(SalesforceError) -> Answer {
        let body = try request.body()
        let id = try withState { state throws(SalesforceError) in
            try Self.create(body, state.object(type), request, in: &state)
        }
        return .json(["id": JSON(id), "success": true, "errors": []], status: 201)
    }

    private func patch(_ type: String, _ id: String, _ request: SalesforceRequest) throws(SalesforceError) -> Answer {
        let body = try request.body()
        try withState { state throws(SalesforceError) in
            _ = try Self.update(id, body, state.object(type), request, in: &state)
        }
        return .noContent
    }

    private func remove(_ type: String, _ id: String, _ request: SalesforceRequest) throws(SalesforceError) -> Answer {
        try withState { state throws(SalesforceError) in
            try state.delete(id, of: state.object(type), at: request.now)
        }
        return .noContent
    }

    private func read(
        _ type: String, _ request: SalesforceRequest,
        _ find: (SalesforceState, Int) throws(SalesforceError) -> SObjectRecord
    ) throws(SalesforceError) -> Answer {
        try withState { state throws(SalesforceError) in
            let object = try state.object(type)
            let view = RecordView(object: object, state: state, version: request.version)
            let record = try find(state, object)
            guard let asked = request.call.query["fields"] else { return .json(view.json(record)) }
            var fields: [Int] = []
            for part in asked.split(separator: ",") {
                let name = part.filter { $0 != " " }
                guard let number = state[object].schema.number(of: name) else {
                    throw .unknownField(name, of: state[object].schema.name)
                }
                fields.append(number)
            }
            return .json(view.json(record, fields: fields))
        }
    }

    /// `…/{type}/{external id}/{value}`.
    private func row(
        _ type: String, _ field: String, _ value: String, _ request: SalesforceRequest
    ) throws(SalesforceError) -> Answer {
        switch request.call.method {
        case .get:
            return try read(type, request) { (state, object) throws(SalesforceError) in
                guard let record = try Self.match(value, field, object, in: state) else { throw .notFound }
                return record
            }
        case .patch: return try upsert(type, field, value, request)
        case .delete:
            try withState { state throws(SalesforceError) in
                let object = try state.object(type)
                guard let record = try Self.match(value, field, object, in: state) else { throw .notFound }
                try state.delete(state.id(record, of: object), of: object, at: request.now)
            }
            return .noContent
        default: throw .method
        }
    }

    private func upsert(
        _ type: String, _ field: String, _ value: String, _ request: SalesforceRequest
    ) throws(SalesforceError) -> Answer {
        let body = try request.body()
        let several = try severalMatches(type, field, value, request)
        guard several.isEmpty else { return .json(.array(several), status: 300) }
        let written = try withState { state throws(SalesforceError) in
            try Self.upsert(
                value, field, body, state.object(type), request, updateOnly: request.call.flag("updateOnly"), in: &state
            )
        }
        return .json(written.json, status: written.isNew ? 201 : 200)
    }

    /// The addresses of the records, when more than one has the value.
    private func severalMatches(
        _ type: String, _ field: String, _ value: String, _ request: SalesforceRequest
    ) throws(SalesforceError) -> [JSON] {
        try withState { state throws(SalesforceError) in
            let object = try state.object(type)
            let matches = state.matches(value, in: try state[object].schema.key(field), of: object)
            guard matches.count > 1 else { return [] }
            return matches.map {
                JSON(
                    "/services/data/\(request.version)/sobjects/\(state[object].schema.name)/\(state.id($0, of: object))"
                )
            }
        }
    }
}
