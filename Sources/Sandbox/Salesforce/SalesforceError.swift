/// A refusal in Salesforce's words. As a whole answer it is an array of such objects; within a collection the code is
/// called `statusCode` instead of `errorCode`.
/// Source: Salesforce, REST API Developer Guide, "Status codes and error responses" and "sObject Collections".
struct SalesforceError: Error, Equatable, Sendable {
    let status: Int
    let code: String
    let message: String
    var fields: [String]?
    /// The nested result of a duplicate rule.
    var duplicateResult: JSON?

    var answer: Answer { .json([json], status: status) }

    var json: JSON {
        [
            "duplicateResult": duplicateResult, "message": JSON(message), "errorCode": JSON(code),
            "fields": fields.map { JSON($0) },
        ]
    }

    /// As one of `errors[]` of a record in a collection.
    var item: JSON {
        [
            "statusCode": JSON(code), "message": JSON(message), "fields": JSON(fields ?? []),
            "duplicateResult": duplicateResult,
        ]
    }

    static func bad(_ code: String, _ message: String, fields: [String]? = nil) -> SalesforceError {
        SalesforceError(status: 400, code: code, message: message, fields: fields)
    }

    static let notFound = SalesforceError(
        status: 404, code: "NOT_FOUND", message: "The requested resource does not exist")
    static let deleted = SalesforceError(
        status: 404, code: "ENTITY_IS_DELETED", message: "entity is deleted", fields: [])
    static let session = SalesforceError(
        status: 401, code: "INVALID_SESSION_ID", message: "Session expired or invalid")
    static let locked = bad(
        "UNABLE_TO_LOCK_ROW", "unable to obtain exclusive access to this record", fields: [])
    static let limit = SalesforceError(
        status: 403, code: "REQUEST_LIMIT_EXCEEDED", message: "TotalRequests Limit exceeded.")
    static let method = SalesforceError(
        status: 405, code: "METHOD_NOT_ALLOWED", message: "HTTP Method not allowed for this resource.")

    static func unknownType(_ name: String) -> SalesforceError {
        bad("INVALID_TYPE", "sObject type '\(name.prefix(80))' is not supported.")
    }

    static func unknownField(_ name: String, of type: String) -> SalesforceError {
        bad("INVALID_FIELD", "No such column '\(name.prefix(80))' on sobject of type \(type)")
    }

    static func forbidden(_ message: String) -> SalesforceError {
        SalesforceError(status: 403, code: "INSUFFICIENT_ACCESS", message: message)
    }

    /// What a fault that only gives a status looks like.
    static func plain(_ status: Int) -> SalesforceError {
        switch status {
        case 401: session
        case 403: limit
        case 404: notFound
        case 503: SalesforceError(status: 503, code: "SERVER_UNAVAILABLE", message: "The server is unavailable.")
        case 500...:
            SalesforceError(status: status, code: "UNKNOWN_EXCEPTION", message: "An unexpected error occurred.")
        default:
            SalesforceError(
                status: status, code: "UNKNOWN_EXCEPTION", message: "asked for by a fault of the sandbox")
        }
    }
}
