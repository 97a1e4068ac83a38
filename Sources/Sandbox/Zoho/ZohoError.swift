/// A refusal in Zoho's words: as a whole answer, or as what became of one record of several.
/// Source: Zoho CRM API v8, "Status Codes and Error Messages", and its published schemas.
struct ZohoError: Error, Equatable, Sendable {
    var status: Int
    let code: String
    let message: String
    var details: JSON = [:]

    init(_ code: String, _ message: String, status: Int = 400, details: JSON = [:]) {
        self.status = status
        self.code = code
        self.message = message
        self.details = details
    }

    var json: JSON {
        ["code": JSON(code), "details": details, "message": JSON(message), "status": "error"]
    }

    var answer: Answer { .json(json, status: status) }

    // MARK: Whole calls

    static let unauthenticated = Self("AUTHENTICATION_FAILURE", "Authentication failed", status: 401)
    static let deadToken = Self("INVALID_TOKEN", "invalid oauth token", status: 401)
    static let noSuchURL = Self(
        "INVALID_URL_PATTERN", "Please check if the URL trying to access is a correct one", status: 404)
    static let wrongMethod = Self(
        "INVALID_REQUEST_METHOD", "The http request method type is not a valid one", status: 405)
    static let invalidModule = Self(
        "INVALID_MODULE", "the module name given seems to be invalid", details: ["resource_path_index": 0])
    static let tooMany = Self("TOO_MANY_REQUESTS", "Too many requests fired in concurrent", status: 429)
    static let outOfCredits = Self(
        "TOO_MANY_REQUESTS", "The API credits of the last 24 hours are used up", status: 429)

    static func missingParameter(_ name: String) -> Self {
        Self("REQUIRED_PARAM_MISSING", "One of the expected parameter is missing", details: ["param_name": JSON(name)])
    }

    static func invalidParameter(_ name: String) -> Self {
        Self(
            "PATTERN_NOT_MATCHED", "Please check whether the input values are correct",
            details: ["param_name": JSON(name)])
    }

    static func invalidBody(_ name: String, expected: String) -> Self {
        Self(
            "INVALID_DATA", "invalid data",
            details: [
                "expected_data_type": JSON(expected), "api_name": JSON(name), "json_path": JSON("$.\(name)"),
            ])
    }

    static func tooLong(_ name: String, path: String, maximum: Int) -> Self {
        Self(
            "INVALID_DATA", "invalid data",
            details: ["maximum_length": JSON(maximum), "api_name": JSON(name), "json_path": JSON(path)])
    }

    // MARK: Single records

    static func invalid(_ name: String, path: String, expected: String? = nil) -> Self {
        Self(
            "INVALID_DATA", "invalid data",
            details: [
                "expected_data_type": expected.map { JSON($0) }, "api_name": JSON(name), "json_path": JSON(path),
            ])
    }

    static func missing(_ name: String, path: String) -> Self {
        Self(
            "MANDATORY_NOT_FOUND", "required field not found",
            details: ["api_name": JSON(name), "json_path": JSON(path)])
    }

    static func wrongID(_ id: String?, path: String) -> Self {
        Self(
            "INVALID_DATA", "the id given seems to be invalid",
            details: ["id": id.map { JSON($0) }, "api_name": "id", "json_path": JSON(path)])
    }

    static func ambiguous(_ name: String, path: String) -> Self {
        Self(
            "AMBIGUITY_DURING_PROCESSING", "Ambiguity while processing the request",
            details: ["ambiguity_due_to": [["api_name": JSON(name), "json_path": JSON(path)]]])
    }

    /// Several wrong fields of one record are told of together.
    static func together(_ errors: [ZohoError]) -> Self? {
        guard errors.count > 1 else { return errors.first }
        return Self(
            "MULTIPLE_OR_MULTI_ERRORS", "Multiple errors in the request",
            details: ["errors": .array(errors.map(\.json))])
    }

    static let asked = Self("INVALID_DATA", "asked for by a fault of the sandbox")
}
