/// A call of a model's method, however it came: JSON-2 names every argument, RPC puts some in order.
struct OdooCall: Sendable {
    let model: String
    let method: String
    /// The records it is called on; nil for methods of the model.
    let ids: [Int64]?
    private let ordered: [JSON]
    let named: JSONObject
    let context: JSON
    let isJSON2: Bool

    /// Methods that are called on records: in RPC their ids come first.
    private static let onRecords: Set<String> = [
        "read", "write", "unlink", "message_post", "action_merge", "exists", "name_get", "has_access",
    ]

    /// The names of the arguments, in their order. The methods of the sandbox's Odoo are these.
    private static let signatures: [String: [String]] = [
        "search": ["domain", "offset", "limit", "order"], "search_count": ["domain", "limit"],
        "search_read": ["domain", "fields", "offset", "limit", "order"], "read": ["fields", "load"],
        "create": ["vals_list"], "write": ["vals"], "unlink": [], "fields_get": ["allfields", "attributes"],
        "load": ["fields", "data"], "name_search": ["name", "domain", "operator", "limit"], "name_get": [],
        "exists": [], "check_access_rights": ["operation", "raise_exception"], "has_access": ["operation"],
        "context_get": [], "check_object_reference": ["module", "xml_id", "raise_on_access_error"],
        "add": ["number", "message"], "remove": ["number", "message"], "action_merge": [],
        "message_post": [
            "body", "subject", "message_type", "email_from", "author_id", "parent_id", "subtype_xmlid", "subtype_id",
            "partner_ids", "attachments", "attachment_ids", "body_is_html",
        ],
    ]

    /// JSON-2: the body of `POST /json/2/{model}/{method}`.
    init(model: String, method: String, body: JSONObject) throws(OdooError) {
        var named = JSONObject()
        for member in body.members where !["ids", "context"].contains(member.key) {
            named.append(member.key, member.value)
        }
        let ids = (body["ids"]?.items ?? []).compactMap(\.wholeNumber)
        self.model = model
        self.method = method
        self.named = named
        ordered = []
        context = body["context"] ?? [:]
        isJSON2 = true
        try Self.check(model, method)
        let isOnRecords = Self.onRecords.contains(method)
        guard isOnRecords || ids.isEmpty else { throw .unprocessable("cannot call \(model).\(method) with ids") }
        self.ids = isOnRecords ? ids : nil
        try checkNames()
    }

    /// RPC: `execute_kw`'s positional and named arguments.
    init(model: String, method: String, arguments: [JSON], named: JSONObject) throws(OdooError) {
        var named = named
        context = named["context"] ?? [:]
        named["context"] = nil
        self.model = model
        self.method = method
        self.named = named
        isJSON2 = false
        try Self.check(model, method)
        if Self.onRecords.contains(method) {
            guard let first = arguments.first else { throw .type("\(method)() takes the ids of records first") }
            ids = first.wholeNumber.map { [$0] } ?? (first.items ?? []).compactMap(\.wholeNumber)
            ordered = Array(arguments.dropFirst())
        } else {
            ids = nil
            ordered = arguments
        }
        try checkNames()
    }

    /// An argument by its name or its place.
    subscript(name: String) -> JSON? {
        if let value = named[name] { return value }
        guard let place = Self.signatures[method]?.firstIndex(of: name), place < ordered.count else { return nil }
        return ordered[place]
    }

    /// A required one.
    func argument(_ name: String) throws(OdooError) -> JSON {
        guard let value = self[name] else { throw wrong("missing a required argument: '\(name)'") }
        return value
    }

    private static func check(_ model: String, _ method: String) throws(OdooError) {
        guard !method.hasPrefix("_") else {
            throw .access(
                "Private methods (such as '\(model.prefix(60)).\(method.prefix(60))') cannot be called remotely.")
        }
        guard signatures[method] != nil else {
            throw .notFound("The method '\(model.prefix(60)).\(method.prefix(60))' does not exist")
        }
    }

    private func checkNames() throws(OdooError) {
        let known = Self.signatures[method] ?? []
        guard ordered.count <= known.count else { throw .type("too many positional arguments") }
        // `message_post` says itself which others it takes.
        guard method != "message_post" else {
            guard ordered.isEmpty else { throw .type("message_post() takes 1 positional argument") }
            return
        }
        if let unknown = named.keys.first(where: { !known.contains($0) && !($0 == "vals" && method == "create") }) {
            throw wrong("got an unexpected keyword argument '\(unknown.prefix(60))'")
        }
    }

    /// JSON-2 compares the arguments with the method's before it calls it.
    private func wrong(_ text: String) -> OdooError { isJSON2 ? .unprocessable(text) : .type(text) }
}
