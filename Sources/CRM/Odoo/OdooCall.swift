/// One call of a model's method. JSON-2 names every argument; JSON-RPC takes those in order by their place, since some
/// have other names in other versions (the domain of `search` in 16).
struct OdooCall {
    enum Effect {
        /// Reads: quickly or not at all (R3).
        case read
        /// Writes that may be repeated, of many records.
        case batch
        /// Creating what nobody recognises: a second time makes a second one.
        case once
    }

    let model: String
    let method: String
    /// The records it is called on; nil for methods of the model.
    var ids: [Int64]?
    var inOrder: [(name: String, value: OdooValue)] = []
    var named: [String: OdooValue] = [:]
    var context: [String: OdooValue] = [:]
    let effect: Effect

    /// English, so that the words of refusals can be told apart.
    private var wholeContext: OdooValue {
        .object(["lang": "en_US"].merging(context) { $1 })
    }

    /// The body of `POST /json/2/{model}/{method}`.
    var json2: OdooValue {
        var body = named
        for (name, value) in inOrder { body[name] = value }
        if let ids { body["ids"] = .ids(ids) }
        body["context"] = wholeContext
        return .object(body)
    }

    /// The body of `POST /jsonrpc`.
    func jsonRPC(database: String, uid: Int64, key: String) -> OdooValue {
        let places = (ids.map { [OdooValue.ids($0)] } ?? []) + inOrder.map(\.value)
        let arguments: [OdooValue] = [
            .text(database), .integer(uid), .text(key), .text(model), .text(method), .list(places),
            .object(named.merging(["context": wholeContext]) { $1 }),
        ]
        return Self.jsonRPC(service: "object", method: "execute_kw", arguments)
    }

    static func jsonRPC(service: String, method: String, _ arguments: [OdooValue]) -> OdooValue {
        [
            "jsonrpc": "2.0", "method": "call", "id": 1,
            "params": ["service": .text(service), "method": .text(method), "args": .list(arguments)],
        ]
    }
}

extension OdooCall {
    /// - Parameter isWithArchived: archived records, too.
    static func searchRead(
        _ model: String, _ domain: [OdooValue], fields: [String], order: String = "id asc", limit: Int,
        isWithArchived: Bool = true
    ) -> OdooCall {
        OdooCall(
            model: model, method: "search_read", inOrder: [("domain", .list(domain)), ("fields", .texts(fields))],
            named: ["limit": .integer(Int64(limit)), "order": .text(order)],
            context: ["active_test": .flag(!isWithArchived)], effect: .read)
    }

    static func search(
        _ model: String, _ domain: [OdooValue], order: String = "id asc", limit: Int, isWithArchived: Bool = true
    ) -> OdooCall {
        OdooCall(
            model: model, method: "search", inOrder: [("domain", .list(domain))],
            named: ["limit": .integer(Int64(limit)), "order": .text(order)],
            context: ["active_test": .flag(!isWithArchived)], effect: .read)
    }

    /// Of all records, archived ones, too.
    static func count(_ model: String) -> OdooCall {
        OdooCall(
            model: model, method: "search_count", inOrder: [("domain", .list([]))],
            context: ["active_test": .flag(false)],
            effect: .read)
    }

    static func create(_ model: String, _ values: [OdooValue], effect: Effect = .once) -> OdooCall {
        OdooCall(model: model, method: "create", inOrder: [("vals_list", .list(values))], effect: effect)
    }

    static func write(_ model: String, _ ids: [Int64], _ values: [String: OdooValue]) -> OdooCall {
        OdooCall(
            model: model, method: "write", ids: ids, inOrder: [("vals", .object(values))],
            context: ["tracking_disable": true], effect: .batch)
    }

    static func unlink(_ model: String, _ ids: [Int64]) -> OdooCall {
        OdooCall(model: model, method: "unlink", ids: ids, effect: .batch)
    }
}
