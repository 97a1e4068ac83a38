import Domain

/// Meta's error envelope.
/// Shape: `{"error":{message, type, code, error_subcode?, error_data? (object or string), is_transient?, fbtrace_id,
/// error_user_title?, error_user_msg?}}`. Branch on `code`, never on the HTTP status. Source: Cloud API, "Error codes".
struct GraphError: Equatable, Sendable {
    let code: Int
    let subcode: Int?
    let message: String
    let details: String?
    let isTransient: Bool
    let traceID: String?

    /// Nil when the body is no such envelope.
    init?(body: JSON) {
        let error = body["error"]
        guard error.isObject, let code = error["code"].integer.flatMap({ Int(exactly: $0) }) else { return nil }
        let data = error["error_data"]
        self.code = code
        subcode = error["error_subcode"].integer.flatMap { Int(exactly: $0) }
        message = error["message"].text ?? ""
        details = data["details"].text ?? data.text ?? error["error_user_msg"].text
        isTransient = error["is_transient"].flag ?? false
        traceID = error["fbtrace_id"].text
    }

    /// One line for the operator, with the id that Meta's support asks for.
    var vendorText: String {
        var parts = [message]
        if let details, !message.contains(details) { parts.append(details) }
        if let subcode { parts.append("subcode \(subcode)") }
        if let traceID { parts.append("fbtrace_id \(traceID)") }
        return parts.filter { !$0.isEmpty }.joined(separator: "; ")
    }
}
