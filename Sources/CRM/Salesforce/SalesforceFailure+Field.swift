import Domain

extension SalesforceFailure {
    /// The failure of one field; nil where Salesforce names none: in `fields`, or as the first word of
    /// `duplicate value found: X duplicates value on record with id: …`.
    /// - Parameter rule: nil: by the code.
    func refusedField(
        _ error: SalesforceError, _ code: String, _ text: String, _ rule: RefusedField.Rule? = nil
    ) -> CallFailure? {
        let duplicate = text.firstMatch(of: /duplicate value found: ([A-Za-z0-9_]+) duplicates/)
        guard let name = error.fields?.first ?? duplicate.map({ String($0.1) }) else { return nil }
        return FieldAdvice.refused(
            name, rule ?? RefusedField.Rule(salesforce: code), "Salesforce", code: code, text)
    }
}

extension RefusedField.Rule {
    /// Source: Salesforce, SOAP API Developer Guide, "StatusCode".
    fileprivate init(salesforce code: String) {
        self =
            switch code {
            case "REQUIRED_FIELD_MISSING": .required
            case "STRING_TOO_LONG": .tooLong
            case "INVALID_OR_NULL_FOR_RESTRICTED_PICKLIST": .choice
            case "INVALID_EMAIL_ADDRESS", "INVALID_TYPE_ON_FIELD_IN_RECORD", "NUMBER_OUTSIDE_VALID_RANGE",
                "INVALID_PHONE_NUMBER":
                .kind
            case "FIELD_INTEGRITY_EXCEPTION", "MALFORMED_ID": .reference
            case "FIELD_CUSTOM_VALIDATION_EXCEPTION": .validation
            default: .other
            }
    }
}
