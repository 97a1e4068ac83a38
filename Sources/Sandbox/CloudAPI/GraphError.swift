/// A refusal in the Graph API's words. Codes and titles: Cloud API, "Error codes", Graph API v25.0.
struct GraphError: Error, Equatable, Sendable {
    let status: Int
    let code: Int
    let message: String
    var type = "OAuthException"
    var subcode: Int?
    var details: String?
    var userTitle: String?
    var userMessage: String?

    var answer: Answer {
        .json(
            [
                "error": [
                    "message": JSON(message), "type": JSON(type), "code": JSON(code),
                    "error_data": details.map { ["messaging_product": "whatsapp", "details": JSON($0)] },
                    "error_subcode": subcode.map { JSON($0) },
                    "is_transient": [1, 2, 131_016].contains(code) ? true : nil,
                    "error_user_title": userTitle.map { JSON($0) }, "error_user_msg": userMessage.map { JSON($0) },
                    "fbtrace_id": JSON(Self.traceID()),
                ]
            ], status: status)
    }

    /// The same problem as an item of `errors[]` in a webhook.
    var webhookItem: JSON {
        let title = GraphError.titles[code] ?? message
        return [
            "code": JSON(code), "title": JSON(title), "message": JSON(title),
            "error_data": ["details": JSON(details ?? title)],
            "href": "/documentation/business-messaging/whatsapp/support/error-codes",
        ]
    }

    /// An error of the messaging API: its title stands in the message behind the code.
    static func messaging(_ code: Int, _ details: String) -> GraphError {
        GraphError(
            status: statuses[code] ?? 400, code: code, message: "(#\(code)) \(titles[code] ?? "Unknown error")",
            details: details)
    }

    /// Code 100, with the text Meta gives in `message` itself.
    static func parameter(_ message: String) -> GraphError {
        GraphError(status: 400, code: 100, message: "(#100) \(message)", details: message)
    }

    static func missing(_ name: String) -> GraphError {
        .messaging(131_008, "The parameter \(name) is required.")
    }

    static func unknownObject(_ id: String, method: String) -> GraphError {
        GraphError(
            status: 400, code: 100,
            message: "Unsupported \(method.lowercased()) request. Object with ID '\(id.prefix(100))' does not exist, "
                + "cannot be loaded due to missing permissions, or does not support this operation",
            type: "GraphMethodException", subcode: 33)
    }

    static let noToken = GraphError(
        status: 401, code: 104, message: "An access token is required to request this resource.")
    static let wrongToken = GraphError(
        status: 401, code: 190, message: "Invalid OAuth access token - Cannot parse access token")
    static let deadToken = GraphError(
        status: 401, code: 190, message: "Error validating access token: Session has expired.", subcode: 463)

    private static func traceID() -> String {
        let letters = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_-")
        return "A" + String((0..<22).map { _ in letters[Int.random(in: 0..<letters.count)] })
    }
}
