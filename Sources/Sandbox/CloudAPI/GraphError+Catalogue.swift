/// Titles and HTTP statuses of the codes the sandbox gives, also when a fault asks for one.
extension GraphError {
    static let titles: [Int: String] = [
        0: "AuthException",
        1: "API Unknown",
        2: "API Service",
        3: "API Method",
        4: "Application request limit reached",
        10: "Permission Denied",
        33: "Parameter value is not valid",
        100: "Invalid parameter",
        190: "Access token has expired",
        200: "API Permission",
        368: "Temporarily blocked for policies violations",
        80007: "Rate limit issues",
        130429: "Rate limit hit",
        130472: "User's number is part of an experiment",
        131000: "Something went wrong",
        131005: "Access denied",
        131008: "Required parameter is missing",
        131009: "Parameter value is not valid",
        131016: "Service unavailable",
        131020: "Group operation failed",
        131021: "Recipient cannot be sender",
        131026: "Message undeliverable",
        131030: "Recipient phone number not in allowed list",
        131031: "Business account has been locked",
        131037: "WhatsApp provided number needs display name approval before message can be sent.",
        131042: "Business eligibility payment issue",
        131045: "Incorrect certificate",
        131047: "Re-engagement message",
        131048: "Spam rate limit hit",
        131049: "This message was not delivered to maintain healthy ecosystem engagement.",
        131050: "Unable to deliver the message. This recipient has chosen to stop receiving marketing messages.",
        131051: "Unsupported message type",
        131052: "Media download error",
        131053: "Media upload error",
        131056: "(Business Account, Consumer Account) pair rate limit hit",
        131057: "Account in maintenance mode",
        131062: "Business-scoped User ID (BSUID) recipients are not supported for this message.",
        132000: "Number of parameters does not match the expected number of params",
        132001: "Template name does not exist in the translation",
        132005: "Translated text too long",
        132007: "Template format character policy violated",
        132012: "Parameter format does not match format in the created template",
        132015: "Template is paused",
        132016: "Template is disabled",
        132018: "There was an issue with the parameters in your template",
        133004: "Server temporarily unavailable",
        133005: "Two step verification PIN mismatch",
        133010: "Phone number not registered",
        133016: "Account register deregister rate limit exceeded",
        135000: "Generic user error",
    ]

    static let statuses: [Int: Int] = [
        0: 401, 2: 503, 3: 500, 10: 403, 190: 401, 200: 403, 368: 403, 131000: 500, 131005: 403, 131016: 500,
        131031: 403, 131045: 500, 131057: 500, 132001: 404, 133004: 503,
    ]

    /// What a fault's `graph_code` answers.
    static func catalogued(_ code: Int) -> GraphError {
        switch code {
        case 0, 190: deadToken
        default: messaging(code, "Asked for by a fault of the sandbox.")
        }
    }
}
