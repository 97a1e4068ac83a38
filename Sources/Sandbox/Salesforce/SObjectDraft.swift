/// The values of one write, checked against the fields.
struct SObjectDraft: Sendable {
    /// Nil empties the field.
    private(set) var values: [(field: Int, text: String?)] = []

    /// - Parameter isNew: whether the fields a new record needs must be there.
    init(_ json: JSON, _ schema: SObjectSchema, isNew: Bool) throws(SalesforceError) {
        try Self.checkNames(json, schema)
        for member in Self.members(json) {
            guard let number = schema.number(of: member.key) else { continue }
            let field = schema.fields[number]
            guard field.isWritable else { throw Self.readOnly(field, isNew: isNew) }
            values.append((number, try Self.text(member.value, field)))
        }
        try checkRequired(schema, isNew: isNew)
    }

    /// The value that is written into a field; nil when the field is left alone, some nil when it is emptied.
    subscript(field: Int) -> String?? { values.last { $0.field == field }.map(\.text) }

    mutating func set(_ field: Int, _ text: String) {
        values.removeAll { $0.field == field }
        values.append((field, text))
    }

    /// A column that does not exist fails a whole collection: Salesforce reads all records before it writes one.
    static func checkNames(_ json: JSON, _ schema: SObjectSchema) throws(SalesforceError) {
        guard json.members != nil else { throw .bad("JSON_PARSER_ERROR", "A record is a JSON object.") }
        for member in members(json) where schema.number(of: member.key) == nil {
            throw .unknownField(member.key, of: schema.name)
        }
    }

    private static func members(_ json: JSON) -> [JSONObject.Member] {
        (json.members?.members ?? []).filter { $0.key != "attributes" && $0.key.lowercased() != "id" }
    }

    private static func readOnly(_ field: SObjectField, isNew: Bool) -> SalesforceError {
        .bad(
            "INVALID_FIELD_FOR_INSERT_UPDATE",
            "Unable to create/update fields: \(field.name). Please check the security settings of this field and verify "
                + "that it is read/write for your profile or permission set.", fields: [field.name])
    }

    private func checkRequired(_ schema: SObjectSchema, isNew: Bool) throws(SalesforceError) {
        let missing = schema.fields.indices.filter { number in
            guard schema.fields[number].isRequired else { return false }
            switch self[number] {
            case nil: return isNew
            case .some(let text): return text == nil
            }
        }.map { schema.fields[$0].name }
        guard missing.isEmpty else {
            throw .bad(
                "REQUIRED_FIELD_MISSING", "Required fields are missing: [\(missing.joined(separator: ", "))]",
                fields: missing)
        }
    }

    /// The value as it is kept; nil for an empty one.
    private static func text(_ json: JSON, _ field: SObjectField) throws(SalesforceError) -> String? {
        if json.isNull { return nil }
        switch field.kind {
        case .boolean:
            guard let flag = json.flag ?? json.text.flatMap({ Bool($0.lowercased()) }) else {
                throw wrongType(field, json)
            }
            return String(flag)
        case .double:
            guard let number = json.decimal else { throw wrongType(field, json) }
            return "\(number)"
        case .datetime, .date:
            guard let text = json.text, let time = SalesforceTime.milliseconds(text) else {
                throw wrongType(field, json)
            }
            return field.kind == .date ? String(text.prefix(10)) : SalesforceTime.text(time)
        case .reference:
            guard let text = json.text, let id = SalesforceID.full(text) else {
                throw .bad(
                    "MALFORMED_ID", "\(field.label): id value of incorrect type: \(json.text?.prefix(40) ?? "")",
                    fields: [field.name])
            }
            return id
        case .id, .string, .textarea, .phone, .email, .url, .picklist, .multipicklist: return try plain(json, field)
        }
    }

    private static func plain(_ json: JSON, _ field: SObjectField) throws(SalesforceError) -> String? {
        guard let text = json.identifier ?? json.flag.map({ String($0) }) else { throw wrongType(field, json) }
        if text.isEmpty { return nil }
        if text.utf16.count > field.length {
            throw .bad(
                "STRING_TOO_LONG",
                "\(field.label): data value too large: \(text.prefix(60)) (max length=\(field.length))",
                fields: [field.name])
        }
        if field.kind == .email, !isEmail(text) {
            throw .bad("INVALID_EMAIL_ADDRESS", "\(field.label): invalid email address: \(text)", fields: [field.name])
        }
        let words = field.kind == .multipicklist ? text.split(separator: ";").map(String.init) : [text]
        if field.isRestricted, !words.allSatisfy(field.options.contains) {
            throw .bad(
                "INVALID_OR_NULL_FOR_RESTRICTED_PICKLIST",
                "\(field.label): bad value for restricted picklist field: \(text)", fields: [field.name])
        }
        return text
    }

    private static func wrongType(_ field: SObjectField, _ json: JSON) -> SalesforceError {
        .bad(
            "INVALID_TYPE_ON_FIELD_IN_RECORD", "\(field.label): value not of required type: \(json.text ?? "?")",
            fields: [field.name])
    }

    private static func isEmail(_ text: String) -> Bool {
        let parts = text.split(separator: "@", omittingEmptySubsequences: false)
        return parts.count == 2 && !parts[0].isEmpty && parts[1].contains(".") && !parts[1].hasSuffix(".")
            && !text.contains(where: \.isWhitespace)
    }
}
