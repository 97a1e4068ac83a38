/// Records as Salesforce shows them.
struct RecordView {
    let object: Int
    let state: SalesforceState
    /// For example `v66.0`: addresses in answers are written in the version of the call.
    let version: String

    private var schema: SObjectSchema { state[object].schema }

    /// `attributes` and these fields; null where they are empty.
    func json(_ record: SObjectRecord, fields: [Int]) -> JSON {
        let id = state.id(record, of: object)
        var json = JSONObject()
        json.reserve(fields.count + 1)
        json.append(
            "attributes",
            ["type": JSON(schema.name), "url": JSON("/services/data/\(version)/sobjects/\(schema.name)/\(id)")])
        for field in fields { json.append(schema.fields[field].name, value(record, field)) }
        return .object(json)
    }

    /// With every field that the user may see.
    func json(_ record: SObjectRecord) -> JSON {
        json(record, fields: schema.fields.indices.filter { schema.fields[$0].isVisible })
    }

    private func value(_ record: SObjectRecord, _ field: Int) -> JSON {
        let definition = schema.fields[field]
        switch definition.source {
        case .id: return JSON(state.id(record, of: object))
        case .created: return JSON(SalesforceTime.text(record.createdAt))
        case .modified: return JSON(SalesforceTime.text(record.modifiedAt))
        case .isDeleted: return JSON(record.isDeleted)
        case .master:
            return record.masterNumber.map { JSON(SalesforceID.text(prefix: schema.prefix, number: $0)) } ?? .null
        case .fullName: return Self.fullName(record, schema).map { JSON($0) } ?? .null
        case .stored: break
        }
        guard let text = record[field] else { return definition.kind == .boolean ? false : .null }
        switch definition.kind {
        case .boolean: return JSON(text == "true")
        case .double: return Double(text).map { JSON($0) } ?? .null
        case .id, .string, .textarea, .phone, .email, .url, .datetime, .date, .picklist, .multipicklist, .reference:
            return JSON(text)
        }
    }

    static func fullName(_ record: SObjectRecord, _ schema: SObjectSchema) -> String? {
        let parts = ["FirstName", "LastName"].compactMap { schema.number(of: $0) }.compactMap { record[$0] }
        return parts.isEmpty ? nil : parts.joined(separator: " ")
    }
}
