import Domain
import Synchronization

/// `/crm/v3/properties/{type}/…`: fields and their groups.
extension HubSpot {
    func properties(_ type: ObjectType, _ rest: [String], _ call: Call) throws(HubSpotError) -> Answer {
        switch (call.method, rest.count, rest.first) {
        case (.get, 0, _):
            return .json(["results": .array(state.withLock { $0.book(type).all }.map(\.json))])
        case (.post, 0, _): return .json(try define(type, [Self.body(call)], call)[0], status: 201)
        case (.get, 1, "groups"): return .json(["results": .array(state.withLock { $0.book(type).groups })])
        case (.post, 1, "groups"): return try addGroup(type, call)
        case (.get, 1, let name?): return try property(type, name)
        case (.patch, 1, let name?): return try change(type, name, call)
        case (.delete, 1, let name?): return try archive(type, name)
        case (.post, 2, "batch"): return try propertyBatch(type, rest[1], call)
        default: throw .notFound
        }
    }

    private func property(_ type: ObjectType, _ name: String) throws(HubSpotError) -> Answer {
        guard let definition = state.withLock({ $0.book(type)[name] }) else { throw .notFound }
        return .json(definition.json)
    }

    private func propertyBatch(_ type: ObjectType, _ action: String, _ call: Call) throws(HubSpotError) -> Answer {
        let inputs = try Self.inputs(Self.body(call))
        switch action {
        case "create":
            return Self.answer(
                status: 201, errors: [], call,
                results: try define(type, inputs, call).map { result in { json in json.write(result) } })
        case "read":
            let book = state.withLock { $0.book(type) }
            let found = inputs.compactMap { $0["name"]?.text.flatMap { book[$0] } }
            return Self.answer(
                status: 200, errors: [], call, results: found.map { result in { json in json.write(result.json) } })
        default: throw .notFound
        }
    }

    private func define(_ type: ObjectType, _ inputs: [JSON], _ call: Call) throws(HubSpotError) -> [JSON] {
        try withState { state throws(HubSpotError) in
            var answers: [JSON] = []
            for input in inputs {
                let definition = try PropertyDefinition(input, now: call.now.milliseconds)
                try state.books[type.rawValue].add(definition)
                if definition.hasUniqueValue, let number = state.book(type).number(of: definition.name) {
                    state.tables[type.rawValue].index(number)
                }
                answers.append(definition.json)
            }
            return answers
        }
    }

    private func change(_ type: ObjectType, _ name: String, _ call: Call) throws(HubSpotError) -> Answer {
        let body = try Self.body(call)
        let changed = state.withLock { state in
            state.books[type.rawValue].update(name) { definition in
                if let label = body["label"]?.text { definition.label = label }
                if let group = body["groupName"]?.text { definition.groupName = group }
                if let text = body["description"]?.text { definition.description = text }
                if let options = body["options"]?.items { definition.options = options }
            }
        }
        guard let changed else { throw .notFound }
        return .json(changed.json)
    }

    private func archive(_ type: ObjectType, _ name: String) throws(HubSpotError) -> Answer {
        guard state.withLock({ $0.books[type.rawValue].archive(name) }) else {
            throw .validation("Property '\(name.prefix(120))' cannot be archived.")
        }
        return .noContent
    }

    private func addGroup(_ type: ObjectType, _ call: Call) throws(HubSpotError) -> Answer {
        let body = try Self.body(call)
        guard let group = state.withLock({ $0.books[type.rawValue].addGroup(body) }) else {
            throw .validation("name and label are required.")
        }
        return .json(group, status: 201)
    }
}
