import Domain

extension ZohoFailure {
    /// The failure of one field; nil where Zoho names none.
    func refusedField(_ item: ZohoItem, _ text: String, code: String) -> CallFailure? {
        guard let name = item.details?.api_name, !name.isEmpty else { return nil }
        return FieldAdvice.refused(name, RefusedField.Rule(zoho: item), "Zoho", code: code, text)
    }
}

extension RefusedField.Rule {
    fileprivate init(zoho item: ZohoItem) {
        self =
            switch item.code {
            case "MANDATORY_NOT_FOUND", "EXPECTED_FIELD_MISSING": .required
            case "DUPLICATE_DATA": .unique
            case "INVALID_DATA" where item.details?.maximum_length?.text != nil: .tooLong
            case "INVALID_DATA" where item.details?.expected_data_type != nil: .kind
            case "NOT_ALLOWED", "CANNOT_BE_UPDATED": .readOnly
            case "VALIDATION_RULE_FAILED": .validation
            default: .other
            }
    }
}
