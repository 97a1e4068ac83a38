import Domain

extension HubSpotFailure {
    /// The failure of one property; nil where HubSpot names none. `errors[].context.propertyName` has it, or the list in the
    /// message, `[{"isValid":false,"error":"INVALID_EMAIL","name":"email",…}]`; of a value that another record has,
    /// `propertyName=…` in the middle of a sentence.
    /// - Parameter rule: nil: by the code.
    func refusedField(
        _ error: HubSpotError?, _ text: String, code: String, _ rule: RefusedField.Rule? = nil
    ) -> CallFailure? {
        for detail in error?.errors ?? [] {
            guard let name = detail.context?["propertyName"]?.values.first else { continue }
            let found = RefusedField.Rule(hubSpot: detail.code ?? code, text)
            return FieldAdvice.refused(name, rule ?? found, "HubSpot", code: code, text)
        }
        guard let name = Self.name(in: text) else { return nil }
        return FieldAdvice.refused(
            name, rule ?? RefusedField.Rule(hubSpot: Self.code(in: text) ?? code, text), "HubSpot", code: code, text)
    }

    private static func name(in text: String) -> String? {
        if text.hasPrefix("Contact already exists") { return "email" }
        for pattern in [/"name":\s*"([A-Za-z0-9_]+)"/, /propertyName=([A-Za-z0-9_]+)/, /that value of ([A-Za-z0-9_]+)/]
        {
            if let match = text.firstMatch(of: pattern) { return String(match.1) }
        }
        return nil
    }

    private static func code(in text: String) -> String? {
        text.firstMatch(of: /"error":\s*"([A-Z_]+)"/).map { String($0.1) }
    }
}

extension RefusedField.Rule {
    /// - Parameter code: `INVALID_OPTION`, `INVALID_EMAIL`, …
    fileprivate init(hubSpot code: String, _ text: String) {
        self =
            switch code {
            case "PROPERTY_DOESNT_EXIST": .missing
            case "INVALID_OPTION": .choice
            case "INVALID_OWNER", "INVALID_OWNER_ID", "INVALID_USER": .reference
            case "READ_ONLY_VALUE", "CALCULATED_PROPERTY": .readOnly
            case _ where code.contains("REQUIRED"): .required
            case _ where code.contains("LENGTH") || code.contains("TOO_LONG") || text.contains("too long"): .tooLong
            case _ where code.contains("UNIQUE") || text.contains("already has that value"): .unique
            case _ where code.contains("VALIDATION_RULE") || code.contains("REGEX"): .validation
            case _ where code.hasPrefix("INVALID_"): .kind
            default: .other
            }
    }
}
