/// Rules a new template must keep before it is reviewed. Source: Cloud API, "Templates: components", Graph API v25.0.
enum TemplateCreationCheck {
    struct Draft: Sendable {
        let name: String
        let language: String
        let category: String
        let parameterFormat: String
        let components: JSON
        /// Set when the review will refuse it.
        let rejection: String?
    }

    static func read(_ json: JSON) throws(GraphError) -> Draft {
        let root = Field(json: json, path: "")
        let name = try root.text("name", max: 512)
        guard name.allSatisfy({ $0.isASCII && ($0.isLowercase || $0.isNumber || $0 == "_") }) else {
            throw problem("Message template name can only have lowercase letters and underscores", 2_388_051)
        }
        let language = try root.text("language", max: 10)
        let category = try root.text("category", max: 20).uppercased()
        guard ["MARKETING", "UTILITY", "AUTHENTICATION"].contains(category) else {
            throw .parameter("Param category must be one of {UTILITY, MARKETING, AUTHENTICATION}")
        }
        let format = (json["parameter_format"]?.text ?? "POSITIONAL").uppercased()
        let components = try root.items("components", 1...10)
        var rejection: String?
        var hasBody = false
        for component in components {
            if component.json["type"]?.text?.uppercased() == "BODY" { hasBody = true }
            rejection = try check(component, category: category, format: format) ?? rejection
        }
        guard hasBody else { throw problem("Message template body is missing", 2_388_043) }
        return Draft(
            name: name, language: language, category: category, parameterFormat: format,
            components: json["components"] ?? [], rejection: rejection)
    }

    /// The reason for which the review will refuse the template, if any.
    private static func check(_ component: Field, category: String, format: String) throws(GraphError) -> String? {
        switch component.json["type"]?.text?.uppercased() {
        case "BODY" where category == "AUTHENTICATION": return nil
        case "BODY": return try checkBody(component, format: format)
        case "HEADER":
            if component.json["format"]?.text?.uppercased() == "TEXT" {
                let text = try component.text("text", max: 60)
                if TemplateVariables(in: text).count > 1 {
                    throw problem("The header has more than one variable", 2_388_047)
                }
            }
        case "FOOTER":
            let text = component.json["text"]?.text ?? ""
            if text.unicodeScalars.count > 60 || text.contains("{{") {
                throw problem("The footer has a variable or more than 60 characters", 2_388_073)
            }
        case "BUTTONS": try checkButtons(component.items("buttons", 1...10))
        case "CAROUSEL", "LIMITED_TIME_OFFER": break
        default: throw .parameter("Param \(component.path)['type'] is not a known component.")
        }
        return nil
    }

    private static func checkBody(_ component: Field, format: String) throws(GraphError) -> String? {
        let text = try component.text("text", max: 1024)
        let variables = TemplateVariables(in: text)
        if variables.isMalformed { throw problem("Variables in the body have mismatched braces", 2_388_072) }
        if variables.isAtEdge {
            throw problem("Variables can't be at the start or end of the template", 2_388_299)
        }
        guard variables.count > 0 else { return nil }
        if format == "POSITIONAL", !variables.isPositional || !variables.isSequential {
            throw problem("Variables must be numbered from {{1}} without gaps", 2_388_072)
        }
        if text.split(whereSeparator: \.isWhitespace).count < variables.count * 2 + 1 {
            throw problem("This template has too many variables for its length", 2_388_293)
        }
        let example = component.json["example"]
        guard example?["body_text"] != nil || example?["body_text_named_params"] != nil else {
            throw problem("The body has variables without examples", 2_388_072)
        }
        return variables.areAdjacent ? "INVALID_FORMAT" : nil
    }

    private static func checkButtons(_ buttons: [Field]) throws(GraphError) {
        var counts: [String: Int] = [:]
        for button in buttons {
            let type = try button.text("type", max: 40).uppercased()
            counts[type, default: 0] += 1
            if type != "OTP", type != "COPY_CODE", type != "REQUEST_CONTACT_INFO" {
                _ = try button.text("text", max: 25)
            }
            if type == "URL" { _ = try button.text("url", max: 2000) }
        }
        let limits = ["URL": 2, "PHONE_NUMBER": 1, "COPY_CODE": 1, "OTP": 1, "FLOW": 1, "REQUEST_CONTACT_INFO": 1]
        for (type, limit) in limits where counts[type, default: 0] > limit {
            throw .parameter("A template has at most \(limit) buttons of type \(type).")
        }
    }

    static func problem(_ message: String, _ subcode: Int) -> GraphError {
        GraphError(
            status: 400, code: 100, message: "Invalid parameter", subcode: subcode, userTitle: message,
            userMessage: message)
    }
}
